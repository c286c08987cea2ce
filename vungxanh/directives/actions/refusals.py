"""What is refused at letters, and why; each sentence says what to do."""

from vungxanh.accounts.queries import authorised
from vungxanh.accounts.values import Standing, era_of
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.models import ReceivedLetter
from vungxanh.locations import queries as locations
from vungxanh.refusals import RefusalError, Words

RECEIVE = "directives.receive"


class DirectivesError(RefusalError):
    """A letter or an act on it that is refused."""


class ChangedMeanwhileError(DirectivesError):
    """Somebody else changed the item after the officer had opened it."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Mục này vừa được sửa ở một cửa sổ khác nên chưa lưu, để không ghi đè lên nhau. "
            "Xem bản mới nhất trên trang rồi sửa lại nếu còn cần.",
            en="This item was just changed in another window, so nothing was saved over it. "
            "Look at the newest form on the page and change it again if that is still needed.",
        )
        super().__init__("directives.changed_meanwhile", words)


class PartOfAreaError(DirectivesError):
    """The letter is of a unit of which only a part lies in the officer's area."""

    status = 403

    def __init__(self, letter: ReceivedLetter) -> None:
        unit = letter.unit
        words = Words(
            vi=f"Chỉ một phần của {unit.name} ({era_of(unit.id).vi}) thuộc địa bàn của bạn, nên "
            "bạn xem được văn bản mà không sửa được. Chuyển cho cán bộ của đơn vị đó.",
            en=f"Only a part of {unit.name} ({era_of(unit.id).en}) lies in your area, so you can "
            "read the letter but not change it. Pass it to an officer of that unit.",
        )
        super().__init__("directives.part_of_area", words)


def must_own(letter: ReceivedLetter | None, *, by: Viewer) -> ReceivedLetter:
    """The letter, for an officer of its area; to others it is not there.

    Who may read it because a part of its unit lies in their area is told why that is not enough.
    """
    by.require(RECEIVE)
    read = authorised(
        letter, viewer=by, needs=queries.VIEW, unit=lambda one: one.unit, kind="letter"
    )
    if queries.standing_of(by, read) is Standing.PART:
        raise PartOfAreaError(read)
    return authorised(read, viewer=by, needs=RECEIVE, unit=lambda one: one.unit, acting=True)


def _is_own(unit_id: str, *, by: Viewer) -> bool:
    return queries.standing(by, locations.unit(unit_id)) is Standing.WHOLE


def must_receive_for(*, unit_id: str, by: Viewer) -> None:
    """Refuse who lacks the capability, and who works for another area."""
    by.require(RECEIVE)
    if "system" not in by.roles and not _is_own(unit_id, by=by):
        raise DirectivesError(
            "directives.outside_area",
            Words(
                "Đơn vị này không thuộc địa bàn của bạn. Chọn đơn vị của mình, "
                "hoặc chuyển văn bản cho cán bộ phụ trách.",
                "This unit is not in your area. Choose your own unit, "
                "or pass the letter to the officer in charge.",
            ),
            field="unit",
        )


def wrong_state() -> DirectivesError:
    """The letter is not where it would have to be."""
    return DirectivesError(
        "directives.wrong_state",
        Words(
            "Văn bản đang ở trạng thái khác, có thể do một cửa sổ khác. Tải lại trang để xem.",
            "The letter is in another state, perhaps from another window. Reload the page.",
        ),
    )


def unknown_item() -> DirectivesError:
    """No item has this key."""
    return DirectivesError(
        "directives.unknown_item",
        Words(
            "Không còn mục này trong văn bản, có thể do vừa hoàn tác. Tải lại trang để xem.",
            "This item is no longer in the letter, perhaps undone just now. Reload the page.",
        ),
    )


def not_confirmed() -> DirectivesError:
    """Nothing becomes a target that nobody has confirmed, or that asks for nothing countable."""
    return DirectivesError(
        "directives.not_confirmed",
        Words(
            "Mục này chưa được xác nhận, hoặc không giao một tỷ lệ hay con số đếm được. "
            "Xác nhận mục trước, rồi đặt thành chỉ tiêu.",
            "This item is not confirmed, or asks for no share or number that is counted. "
            "Confirm the item first, then make it a target.",
        ),
    )


def cannot_undo() -> DirectivesError:
    """The items of a change were changed again."""
    return DirectivesError(
        "directives.cannot_undo",
        Words(
            "Chưa hoàn tác được: mục này đã được sửa tiếp sau đó. Hoàn tác lần sửa mới hơn trước.",
            "Not undone: the item was changed again later. Undo the newer change first.",
        ),
    )


def cannot_merge() -> DirectivesError:
    """Only two different orders that stand can be one."""
    return DirectivesError(
        "directives.cannot_merge",
        Words(
            "Chỉ gộp được hai việc khác nhau còn trong văn bản. Chọn một việc khác.",
            "Only two different orders that still stand can be merged. Choose another one.",
        ),
        field="other",
    )


def cannot_split() -> DirectivesError:
    """The words with which the second part begins are not inside the order."""
    return DirectivesError(
        "directives.cannot_split",
        Words(
            "Không thấy các chữ này trong việc, hoặc chúng đứng ngay đầu. "
            "Chép đúng vài chữ mở đầu phần thứ hai.",
            "These words are not inside the order, or they begin it. "
            "Copy the first few words of the second part exactly.",
        ),
        field="second",
    )


def words_not_found(n_places: int) -> DirectivesError:
    """Words that are not in the letter, or stand there several times."""
    if n_places:
        return DirectivesError(
            "directives.words_not_unique",
            Words(
                f"Các chữ này có ở {n_places} chỗ trong văn bản. Chép thêm vài chữ trước hoặc sau.",
                f"These words stand at {n_places} places of the letter. Copy a few more words.",
            ),
            field="quote",
        )
    return DirectivesError(
        "directives.words_not_found",
        Words(
            "Không thấy các chữ này trong văn bản. Chép đúng nguyên văn từ phần văn bản bên cạnh.",
            "These words are not in the letter. Copy them exactly from the text beside.",
        ),
        field="quote",
    )
