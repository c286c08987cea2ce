"""Why a scanned personal QR code is turned away; no sentence holds anything of it."""

from vungxanh.protocol.refusals import ProtocolError
from vungxanh.refusals import Words


class PersonalCodeError(ProtocolError):
    """A QR code that is not what it should be, or words that it cannot hold."""


def not_personal_qr() -> PersonalCodeError:
    """No personal QR by Decision 1405."""
    code = "protocol.not_personal_qr"
    return PersonalCodeError(
        code,
        Words(
            "Đây không phải mã QR cá nhân theo Quyết định 1405. Quét lại mã, hoặc nhập số điện "
            "thoại hay số giấy tờ.",
            "This is no personal QR code of Decision 1405. Scan it again, or enter the telephone "
            "or identity number.",
        ),
        field="qr",
    )


def not_card_qr() -> PersonalCodeError:
    """No QR of a citizen's identity card with a chip."""
    code = "protocol.not_card_qr"
    return PersonalCodeError(
        code,
        Words(
            "Đây không phải mã QR trên thẻ CCCD gắn chip. Quét lại mã trên thẻ, hoặc nhập số CCCD.",
            "This is not the QR code of a citizen's card with a chip. Scan the card again, or "
            "enter its number.",
        ),
        field="qr",
    )


def not_insurance_qr() -> PersonalCodeError:
    """No QR of a health insurance card."""
    code = "protocol.not_insurance_qr"
    return PersonalCodeError(
        code,
        Words(
            "Đây không phải mã QR trên thẻ BHYT. Quét lại mã trên thẻ, hoặc nhập số thẻ.",
            "This is not the QR code of a health insurance card. Scan the card again, or enter "
            "its number.",
        ),
        field="qr",
    )


def not_own_code() -> PersonalCodeError:
    """No personal code of this product, or a damaged one."""
    code = "protocol.not_own_code"
    return PersonalCodeError(
        code,
        Words(
            "Đây không phải mã Vùng Xanh, hoặc mã bị hỏng. Mở lại mã trên máy rồi quét lần nữa.",
            "This is no code of Vùng Xanh, or it is damaged. Open the code again and scan once "
            "more.",
        ),
        field="qr",
    )


def newer_own_code() -> PersonalCodeError:
    """A code of a version that this program does not know."""
    code = "protocol.newer_own_code"
    return PersonalCodeError(
        code,
        Words(
            "Mã này thuộc phiên bản mới hơn. Cập nhật phần mềm quét rồi quét lại.",
            "This code is of a newer version. Update the scanning program and scan it again.",
        ),
        field="qr",
    )


def bad_field(name: str) -> PersonalCodeError:
    """A word that a payload cannot hold."""
    code = "protocol.personal_field"
    return PersonalCodeError(
        code,
        Words(
            f"Mục {name} để trống, quá dài hoặc có ký tự không ghi được vào mã QR. Sửa mục này.",
            f"{name} is empty, too long or has characters that the QR code cannot hold. Mend it.",
        ),
        field=name,
    )
