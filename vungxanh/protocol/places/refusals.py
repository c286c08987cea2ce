"""Why the code of a place is turned away; no sentence holds anything of it."""

from vungxanh.protocol.refusals import ProtocolError
from vungxanh.refusals import Words


class PlaceCodeError(ProtocolError):
    """A code that is not what it should be."""


def bad_short_code() -> PlaceCodeError:
    """Typed characters that are no short code: too many, too few, or one of them wrong."""
    code = "protocol.short_code"
    return PlaceCodeError(
        code,
        Words(
            "Mã điểm không đúng: mã có 9 ký tự như 7K3M-Q9XD-5. Xem lại trên bảng mã rồi gõ lại.",
            "This is no code of a place: it has 9 characters as 7K3M-Q9XD-5. Look at the poster "
            "and type it again.",
        ),
        field="code",
    )


def not_place_code() -> PlaceCodeError:
    """No code of a control point of this product, or a damaged one."""
    code = "protocol.not_place_code"
    return PlaceCodeError(
        code,
        Words(
            "Đây không phải mã điểm kiểm soát Vùng Xanh, hoặc mã bị hỏng. Quét lại, hoặc gõ mã "
            "điểm in dưới mã QR.",
            "This is no code of a control point of Vùng Xanh, or it is damaged. Scan it again, or "
            "type the short code below it.",
        ),
        field="qr",
    )


def newer_place_code() -> PlaceCodeError:
    """A code of a version that this program does not know."""
    code = "protocol.newer_place_code"
    return PlaceCodeError(
        code,
        Words(
            "Mã điểm này thuộc phiên bản mới hơn. Cập nhật phần mềm quét rồi quét lại.",
            "This code of a place is of a newer version. Update the scanning program and scan it "
            "again.",
        ),
        field="qr",
    )


def mixed_codes() -> PlaceCodeError:
    """An address that names one place, with the payload of another."""
    code = "protocol.mixed_place_codes"
    return PlaceCodeError(
        code,
        Words(
            "Mã QR này ghép từ hai mã khác nhau, có thể là mã giả. Đừng dùng; báo cho chủ điểm "
            "hoặc cán bộ.",
            "This QR code is put together from two codes and may be forged. Do not use it; tell "
            "the place's owner or an officer.",
        ),
        field="qr",
    )


def other_site() -> PlaceCodeError:
    """A code in our form that leads to another site than the one asked for."""
    code = "protocol.other_site"
    return PlaceCodeError(
        code,
        Words(
            "Mã QR này dẫn đến một trang khác, có thể là trang giả. Đừng mở; báo cho chủ điểm "
            "hoặc cán bộ.",
            "This QR code leads to another site, which may be a false one. Do not open it; tell "
            "the place's owner or an officer.",
        ),
        field="qr",
    )


def not_cwa_location() -> PlaceCodeError:
    """No location of Corona-Warn-App."""
    code = "protocol.not_cwa_location"
    return PlaceCodeError(
        code,
        Words(
            "Đây không phải mã địa điểm của Corona-Warn-App (Đức), hoặc mã bị hỏng. Quét lại mã.",
            "This is no location of Corona-Warn-App (Germany), or it is damaged. Scan it again.",
        ),
        field="qr",
    )


def not_nhs_venue() -> PlaceCodeError:
    """No venue of NHS COVID-19."""
    code = "protocol.not_nhs_venue"
    return PlaceCodeError(
        code,
        Words(
            "Đây không phải mã địa điểm của NHS COVID-19 (Anh), hoặc mã bị hỏng. Quét lại mã.",
            "This is no venue of NHS COVID-19 (England and Wales), or it is damaged. Scan it "
            "again.",
        ),
        field="qr",
    )


def not_es256() -> PlaceCodeError:
    """A token that is not signed by the one algorithm its format has."""
    code = "protocol.nhs_algorithm"
    return PlaceCodeError(
        code,
        Words(
            "Mã địa điểm NHS này không ký bằng ES256, nên là mã giả hoặc bị sửa. Đừng dùng.",
            "This NHS venue is not signed with ES256, so it is forged or was changed. Do not use "
            "it.",
        ),
        field="qr",
    )


def not_nz_location() -> PlaceCodeError:
    """No location of NZ COVID Tracer."""
    code = "protocol.not_nz_location"
    return PlaceCodeError(
        code,
        Words(
            "Đây không phải mã địa điểm của NZ COVID Tracer (New Zealand), hoặc mã bị hỏng. Quét "
            "lại mã.",
            "This is no location of NZ COVID Tracer (New Zealand), or it is damaged. Scan it "
            "again.",
        ),
        field="qr",
    )
