"""Checks at the door of every protocol: lengths of keys, bounds of numbers."""

from vungxanh.protocol import refusals


def exactly(content: bytes, n: int, *, name: str, where: str | None = None) -> bytes:
    """The same bytes. Raises `protocol.wrong_length`, with the place in a file."""
    if len(content) != n:
        raise refusals.wrong_length(name, (len(content), n), where=where)
    return content


def within(value: int, bounds: tuple[int, int], *, name: str, where: str | None = None) -> int:
    """The same number. Raises `protocol.out_of_bounds`, with the place in a file."""
    if not bounds[0] <= value <= bounds[1]:
        raise refusals.out_of_bounds(name, value, bounds, where=where)
    return value
