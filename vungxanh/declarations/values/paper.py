"""Sheets of paper as officers enter them, and why one is turned away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from vungxanh.people.values.entries import NewPerson
from vungxanh.refusals import RefusalError, Words

ENTER: Final = "declarations.enter"
MOST_PRINTED: Final = 50
UNDONE_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, repr=False)
class TypedSheet:
    """What was typed of one sheet; `person` is somebody of the register, or begun as `new`."""

    number: str
    answers: Mapping[str, object]
    signed_on: date
    person: int | None = None
    new: NewPerson | None = None
    lang: str = "vi"


@dataclass(frozen=True, slots=True)
class Entered:
    """A sheet that was kept: its row, and the colour and advice that its answers gave."""

    id: UUID
    number: str
    colour: str
    is_ill: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet of a pile, to be checked against the paper."""

    id: UUID
    number: str
    at: datetime
    colour: str
    is_ill: bool
    may_undo: bool
    is_undone: bool


class BadNumberError(RefusalError):
    """The number of a sheet that cannot be one."""

    def __init__(self) -> None:
        words = Words(
            vi="Số tờ không đúng: 12 chữ số in dưới mã QR ở góc trên bên phải. Gõ lại, hoặc quét "
            "mã.",
            en="This is no sheet number: 12 digits below the QR code at the top right. Type it "
            "again, or scan the code.",
        )
        super().__init__("declarations.bad_sheet_number", words, field="number")


class OtherFormError(RefusalError):
    """A sheet of another form than the pile."""

    def __init__(self, form: str) -> None:
        words = Words(
            vi=f"Tờ này là mẫu {form}, khác mẫu của chồng. Để riêng ra, nhập ở chồng của mẫu đó.",
            en=f"This sheet is of form {form}, not that of the pile. Put it aside for a pile of "
            "its own.",
        )
        super().__init__("declarations.sheet_of_other_form", words, field="number")


class SheetEnteredError(RefusalError):
    """A sheet whose number was entered already."""

    status = 409

    def __init__(self, who: str, when: str) -> None:
        words = Words(
            vi=f"Số tờ này {who} đã nhập lúc {when}. Nếu là tờ phô tô, lấy số mới bên dưới và ghi "
            "lên tờ.",
            en=f"{who} entered this number at {when}. If the sheet is a photocopy, take a new "
            "number below and write it on the sheet.",
        )
        super().__init__("declarations.sheet_known", words, field="number")


class SheetsUsedUpError(RefusalError):
    """A version has no further numbers."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Mẫu này đã hết số tờ. Báo người quản lý biểu mẫu ra phiên bản mới.",
            en="This version has no sheet numbers left. Ask for a new version of the form.",
        )
        super().__init__("declarations.sheets_used_up", words)


class TooLateToUndoError(RefusalError):
    """A sheet that was entered longer ago, or whose person was called already."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Quá 10 phút, hoặc trạm y tế đã nhận việc gọi: không hoàn tác được nữa. Nhập tờ "
            "khai đúng, tờ mới thay tờ cũ.",
            en="More than ten minutes have passed, or the station has taken the call: this cannot "
            "be undone. Enter the right declaration; the newer one counts.",
        )
        super().__init__("declarations.sheet_kept", words)


class NobodySaidError(RefusalError):
    """A declaration for somebody without name or choice of a person."""

    def __init__(self) -> None:
        words = Words(
            vi="Chưa rõ là ai: chọn một người đã có, hoặc ghi họ tên và xã, phường.",
            en="Whose sheet is it? Choose somebody known, or write name and commune.",
        )
        super().__init__("declarations.nobody_said", words, field="name")


class NotTakenError(RefusalError):
    """A declaration that is not kept, for a reason that no answer mends."""

    status = 409

    def __init__(self, reason: str) -> None:
        words = Words(
            vi="Chưa lưu được tờ khai này: mẫu đã thôi dùng, hoặc không còn người này trong sổ. "
            "Tải lại trang rồi nhập lại.",
            en="This declaration was not kept: its form was retired, or the person is no longer "
            "in the register. Reload the page and enter it again.",
        )
        super().__init__("declarations.not_taken", words, where=reason)
