"""Why bytes of phones are turned away."""

from vungxanh.refusals import RefusalError, Words


class ProtocolError(RefusalError):
    """Bytes that a protocol does not allow."""


def wrong_length(name: str, lengths: tuple[int, int], *, where: str | None = None) -> ProtocolError:
    """A key or an identifier is too short or too long; `lengths` are what it has and must have."""
    code = "protocol.wrong_length"
    (n, expected), place = lengths, _place(where)
    return ProtocolError(
        code,
        Words(
            f"{name}{place} dài {n} byte, phải là {expected}: kiểm tra lại chuỗi đã chép.",
            f"{name}{place} has {n} bytes, it must have {expected}: check what was copied.",
        ),
        field=name,
        where=where,
    )


def out_of_bounds(
    name: str, value: int, bounds: tuple[int, int], *, where: str | None = None
) -> ProtocolError:
    """A number that the protocol does not allow."""
    code = "protocol.out_of_bounds"
    (least, most), place = bounds, _place(where)
    return ProtocolError(
        code,
        Words(
            f"{name}{place} là {value}, phải từ {least} đến {most}: sửa lại.",
            f"{name}{place} is {value}, it must be from {least} to {most}: mend it.",
        ),
        field=name,
        where=where,
    )


def _place(where: str | None) -> str:
    return "" if where is None else f" ({where})"


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


def too_many_slots(most: int) -> ProtocolError:
    """A list of cases whose identifiers nobody could look through."""
    code = "protocol.too_many_slots"
    millions = most // 10**6
    return ProtocolError(
        code,
        Words(
            f"Danh sách F0 có hơn {millions} triệu lượt phát: chia thành nhiều tệp.",
            f"The list of F0 has more than {millions} million slots: split it into several files.",
        ),
        field="data",
    )


def not_history(row: int) -> ProtocolError:
    """A line of a history that is no sighting."""
    code = "protocol.not_history"
    return ProtocolError(
        code,
        Words(
            f"Dòng {row} của lịch sử sai: cần mã mình, mã người khác (24 chữ số hex), dBm, thời "
            "điểm, cách nhau bằng tab.",
            f"Line {row} of the history is wrong: write own id, other's id (24 hex digits), dBm, "
            "moment, with tabs between.",
        ),
        where=f"line {row}",
    )


def not_own_key(name: str) -> ProtocolError:
    """No phone's own key as Bluezone gave it."""
    code = "protocol.not_own_key"
    return ProtocolError(
        code,
        Words(
            f"Không phải khóa máy (InfoF) của Bluezone ({name} sai): lấy lại từ máy.",
            f"This is no phone's own key (InfoF) of Bluezone ({name} is wrong): take it from the "
            "phone again.",
        ),
        field=name,
    )
