"""Why bytes of phones are turned away."""

from vungxanh.refusals import RefusalError, Words


class ProtocolError(RefusalError):
    """Bytes that a protocol does not allow."""


def wrong_length(name: str, n: int, expected: int) -> ProtocolError:
    """A key or an identifier is too short or too long."""
    code = "protocol.wrong_length"
    return ProtocolError(
        code,
        Words(
            f"{name} dài {n} byte, phải là {expected}: kiểm tra lại chuỗi đã chép.",
            f"{name} has {n} bytes, it must have {expected}: check what was copied.",
        ),
        field=name,
    )


def out_of_bounds(name: str, value: int, bounds: tuple[int, int]) -> ProtocolError:
    """A number that the protocol does not allow."""
    code = "protocol.out_of_bounds"
    least, most = bounds
    return ProtocolError(
        code,
        Words(
            f"{name} là {value}, phải từ {least} đến {most}: sửa lại.",
            f"{name} is {value}, it must be from {least} to {most}: mend it.",
        ),
        field=name,
    )


def not_keys(where: str) -> ProtocolError:
    """No list of keys as Bluezone published them."""
    code = "protocol.not_f0_keys"
    return ProtocolError(
        code,
        Words(
            f"Không phải danh sách khóa F0 của Bluezone ({where}): lấy lại tệp JSON đã công bố.",
            f"This is no list of Bluezone's F0 keys ({where}): take the published JSON file again.",
        ),
        where=where,
    )
