"""Why a write of an organisation is refused: each sentence says what to do."""

from datetime import date

from vungxanh.locations.values.entries import written_day
from vungxanh.locations.values.organisations import Entry
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words


def changed_since() -> OrganisationError:
    """The refusal for a write over somebody else's."""
    return OrganisationError(
        "locations.organisation_changed_since",
        Words(
            "Tổ chức này vừa được người khác sửa. Tải lại trang, xem rồi làm lại.",
            "Somebody else has just changed this organisation. Reload the page and look again.",
        ),
    )


def exists(entry: Entry) -> OrganisationError:
    """The refusal for a second one of the same name and kind in a unit."""
    return OrganisationError(
        "locations.organisation_exists",
        Words(
            f"“{entry.name}” đã có trong địa bàn này, cùng loại. Mở tổ chức đã có để sửa.",
            f"“{entry.name}” is already there in this area, of the same kind. Change that one.",
        ),
        field="name",
    )


def loop() -> OrganisationError:
    """The refusal for a parent that lies below."""
    return OrganisationError(
        "locations.parent_loop",
        Words(
            "Tổ chức cấp trên lại nằm dưới tổ chức này. Chọn tổ chức cấp trên khác.",
            "The parent lies below this organisation. Choose another parent.",
        ),
        field="parent",
    )


def own_successor() -> OrganisationError:
    """The refusal for one that would follow itself."""
    return OrganisationError(
        "locations.successor_is_self",
        Words(
            "Tổ chức không thể kế thừa chính mình, dù qua tổ chức khác. Chọn tổ chức khác.",
            "An organisation cannot follow itself, not even through others. Choose another.",
        ),
        field="successor",
    )


def successor_without_end() -> OrganisationError:
    """The refusal for a successor without a day of ending."""
    return OrganisationError(
        "locations.successor_without_end",
        Words(
            "Có tổ chức kế thừa thì phải có ngày thôi hoạt động.",
            "With a successor there must be a day on which the organisation ended.",
        ),
        field="valid_to",
    )


def successor_not_then(name: str, on: date) -> OrganisationError:
    """The refusal for a successor that did not exist on the day."""
    return OrganisationError(
        "locations.successor_not_then",
        Words(
            f"“{name}” chưa có hoặc không còn vào ngày {written_day(on)}. Xem lại ngày.",
            f"“{name}” did not exist on {written_day(on)}. Check the days.",
        ),
        field="successor",
    )


def closed_already(entry: Entry) -> OrganisationError:
    """The refusal for closing again."""
    on = written_day(entry.valid_to)
    return OrganisationError(
        "locations.organisation_closed_already",
        Words(
            f"“{entry.name}” đã thôi hoạt động từ {on}. Muốn sửa ngày thì hoàn tác lần đóng.",
            f"“{entry.name}” ended on {on} already. Undo that to set another day.",
        ),
        field="on",
    )


def end_before_start(start: date, end: date) -> OrganisationError:
    """The refusal for an end that is not after the start."""
    return OrganisationError(
        "locations.end_before_start",
        Words(
            f"Thôi hoạt động từ {written_day(end)}, không sau ngày bắt đầu {written_day(start)}. "
            "Xem lại hai ngày.",
            f"It ends on {written_day(end)}, which is not after its start on "
            f"{written_day(start)}. Check the two days.",
        ),
        field="on",
    )


def merge_needs_two() -> OrganisationError:
    """The refusal for a merger of fewer than two."""
    return OrganisationError(
        "locations.merge_needs_two",
        Words(
            "Chọn từ hai tổ chức trở lên để sáp nhập. Một tổ chức thì dùng “Đóng tổ chức”.",
            "Choose two or more organisations to merge. For one, close it with a successor.",
        ),
        field="organisations",
    )


def in_use(name: str) -> OrganisationError:
    """The refusal for taking back one that others name."""
    return OrganisationError(
        "locations.organisation_in_use",
        Words(
            f"Chưa hoàn tác được: tổ chức khác đang ghi “{name}” là cấp trên hoặc tổ chức "
            "kế thừa. Sửa các tổ chức đó trước.",
            f"Not undone: other organisations name “{name}” as parent or successor. "
            "Change those first.",
        ),
    )
