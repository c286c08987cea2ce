"""Checks at the door of every protocol: lengths of keys, bounds of numbers."""

from vungxanh.protocol import refusals


def exactly(content: bytes, n: int, *, name: str) -> bytes:
    """The same bytes. Raises `protocol.wrong_length`."""
    if len(content) != n:
        raise refusals.wrong_length(name, len(content), n)
    return content


def within(value: int, bounds: tuple[int, int], *, name: str) -> int:
    """The same number. Raises `protocol.out_of_bounds`."""
    if not bounds[0] <= value <= bounds[1]:
        raise refusals.out_of_bounds(name, value, bounds)
    return value
