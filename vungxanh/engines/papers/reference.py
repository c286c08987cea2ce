"""The slow twin: every paper that a text could number, letter by letter."""

from collections.abc import Iterator
from string import ascii_uppercase, digits
from typing import Final

from vungxanh.engines.papers.tables import PROVINCES
from vungxanh.engines.papers.types import Kind

_ANY: Final = ascii_uppercase + digits
# What may stand at each place of a whole number, and how many zeros at its head may be lost.
SHAPES: Final[tuple[tuple[Kind, tuple[str, ...], int], ...]] = (
    (Kind.CMND, (digits,) * 9, 1),
    (Kind.CCCD, (*(digits,) * 3, "0123", *(digits,) * 8), 2),
    (Kind.BHYT, (ascii_uppercase, ascii_uppercase, "12345", *(digits,) * 12), 0),
    (Kind.BHYT, (digits,) * 10, 1),
    *((Kind.PASSPORT, (_ANY,) * length, 0) for length in (6, 7, 8, 9)),
)


def possible(number: str) -> Iterator[tuple[Kind, str, int]]:
    """Kind, whole number and zeros added, for each paper that `number` (plain) could be."""
    for kind, places, most in SHAPES:
        n_lost = len(places) - len(number)
        is_lost = 0 < n_lost <= most and not number.startswith("0")
        whole = "0" * n_lost + number if is_lost else number
        if len(whole) == len(places) and _fits(kind, whole, places):
            yield kind, whole, len(whole) - len(number)


def _fits(kind: Kind, whole: str, places: tuple[str, ...]) -> bool:
    if any(letter not in allowed for letter, allowed in zip(whole, places, strict=True)):
        return False
    if kind is Kind.PASSPORT:
        return any(letter in digits for letter in whole)
    if kind is Kind.CCCD and whole.startswith("0"):
        return any(whole.startswith(f"0{code}") for code in PROVINCES)
    return True
