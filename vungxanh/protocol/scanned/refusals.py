"""Why a scanned text, or a key to check it with, is turned away; no sentence holds any of it."""

from vungxanh.protocol.refusals import ProtocolError
from vungxanh.refusals import Words


class ScannedError(ProtocolError):
    """A scanned text that is none of the codes known here."""


def too_long(most: int) -> ScannedError:
    """More characters than a QR code holds."""
    code = "protocol.qr_too_long"
    return ScannedError(
        code,
        Words(
            f"Nội dung dài hơn {most} ký tự, không thể là một mã QR. Quét lại mã.",
            f"This has more than {most} characters, which no QR code holds. Scan it again.",
        ),
        field="qr",
    )


def hidden_characters() -> ScannedError:
    """Characters that do not show: controls, marks of direction."""
    code = "protocol.qr_hidden"
    return ScannedError(
        code,
        Words(
            "Nội dung có ký tự ẩn (điều khiển, đổi chiều chữ), thường thấy ở mã giả. Đừng dùng mã "
            "này.",
            "This holds characters that do not show (controls, marks of direction), as forged "
            "codes do. Do not use it.",
        ),
        field="qr",
    )


def strange_link() -> ScannedError:
    """A link that is no code known here."""
    code = "protocol.strange_link"
    return ScannedError(
        code,
        Words(
            "Mã QR này chứa một liên kết lạ, không phải mã đã biết. Liên kết không được mở; đừng "
            "tự mở.",
            "This QR code holds a strange link and is none of the known codes. The link was not "
            "opened; do not open it either.",
        ),
        field="qr",
    )


def unknown() -> ScannedError:
    """None of the codes known here."""
    code = "protocol.unknown_qr"
    return ScannedError(
        code,
        Words(
            "Không nhận ra mã QR này. Quét lại, hoặc nhập bằng tay.",
            "This QR code is not known. Scan it again, or enter it by hand.",
        ),
        field="qr",
    )


def bad_key() -> ScannedError:
    """No public key by which codes are signed."""
    code = "protocol.bad_qr_key"
    return ScannedError(
        code,
        Words(
            "Không phải khóa công khai Ed25519 hay P-256 (SPKI dạng base64, hoặc PEM). Lấy lại "
            "khóa từ nơi phát hành mã.",
            "This is no public key of Ed25519 or P-256 (SPKI as base64, or PEM). Ask who issues "
            "the codes for it.",
        ),
        field="public_key",
    )
