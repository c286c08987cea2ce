"""What a written telephone number means, and why one is turned away."""

from dataclasses import dataclass
from enum import StrEnum

from vungxanh.refusals import RefusalError, Words


class Kind(StrEnum):
    """What kind of line a number is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    FOREIGN = "foreign"


class Issuer(StrEnum):
    """The operator that was given a prefix; not the one that serves the number today."""

    VIETTEL = "Viettel"
    VINAPHONE = "VinaPhone"
    MOBIFONE = "MobiFone"
    VIETNAMOBILE = "Vietnamobile"
    GMOBILE = "Gmobile"
    ITEL = "iTel"
    WINTEL = "Wintel"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number.

    `e164` is unique for a line ("+84912345678"): compare and keep this. `national` is as dialled
    inside the country, with its 0 ("0912345678"; of services without, "19009095"); of a foreign
    number the digits after the country code. `issuer` is None for all but mobiles;
    `may_be_ported` says that the number may be served by another operator today. `was_eleven`:
    written in the form of eleven digits that was closed in 2019, and converted.
    """

    e164: str
    national: str
    kind: Kind
    issuer: Issuer | None = None
    may_be_ported: bool = False
    was_eleven: bool = False


class Reason(StrEnum):
    """Why a text is no telephone number."""

    EMPTY = "empty"
    SIGNS = "signs"
    SEVERAL = "several"
    SHORT = "short"
    LONG = "long"
    PREFIX = "prefix"
    FOREIGN = "foreign"


class BadPhoneError(RefusalError):
    """A text that is no telephone number; `reason` says why, the sentence what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__("phones.bad_number", _WORDS[reason], field="phone")
        self.reason = reason


_WORDS = {
    Reason.EMPTY: Words(
        "Chưa có số điện thoại. Nhập số, ví dụ 0912 345 678.",
        "There is no telephone number. Enter one, as 0912 345 678.",
    ),
    Reason.SIGNS: Words(
        "Số điện thoại có chữ hoặc dấu lạ. Chỉ nhập chữ số, ví dụ 0912 345 678.",
        "The telephone number has letters or odd signs. Enter digits only, as 0912 345 678.",
    ),
    Reason.SEVERAL: Words(
        "Có nhiều số điện thoại trong một ô. Nhập mỗi ô một số.",
        "There are several telephone numbers in one field. Enter one in each.",
    ),
    Reason.SHORT: Words(
        "Số điện thoại thiếu chữ số. Di động có 10 chữ số, cố định 11 chữ số kể cả mã vùng.",
        "Digits are missing in the telephone number. Mobiles have 10, landlines 11 with the area "
        "code.",
    ),
    Reason.LONG: Words(
        "Số điện thoại thừa chữ số. Di động có 10 chữ số, cố định 11 chữ số kể cả mã vùng; "
        "số nước ngoài bắt đầu bằng dấu +.",
        "The telephone number has too many digits. Mobiles have 10, landlines 11 with the area "
        "code; foreign numbers begin with +.",
    ),
    Reason.PREFIX: Words(
        "Đầu số này chưa cấp cho nhà mạng hay tỉnh nào. Kiểm tra lại các chữ số đầu.",
        "No operator and no province has this prefix. Check the first digits.",
    ),
    Reason.FOREIGN: Words(
        "Số nước ngoài không đúng. Nhập dấu +, mã nước rồi đến số, ví dụ +49 30 123456.",
        "The foreign number is not right. Enter +, the country code and the number, as "
        "+49 30 123456.",
    ),
}
