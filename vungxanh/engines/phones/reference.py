"""The slow twin: every number of Vietnam that a text could be, by every way of writing one.

That the set never holds two lines is the proof that stripping "84" and adding a lost zero do not
get in each other's way.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final

from vungxanh.engines.phones.tables import AREAS, BECAME, ISSUED
from vungxanh.engines.phones.types import Kind

BEFORE: Final = ("", "0", "84", "840", "0084", "00840", "+84", "+840")
"""What is written before the digits that stay."""

IGNORED: Final = " .-()[]\u00a0\u2013"
_DIGITS: Final = "0123456789"

Reading = tuple[str, Kind, bool]
"""E.164, kind, and whether it was one of eleven digits."""


def readings(text: str) -> set[Reading]:
    """Every reading of a text of digits, + and `IGNORED`; none where it is no number here."""
    written = "".join(letter for letter in text if letter not in IGNORED)
    found: set[Reading] = set()
    for before in BEFORE:
        if written.startswith(before):
            found.update(_complete(written[len(before) :]))
    return found


def _complete(rest: str) -> Iterator[Reading]:
    """What `rest` is as a whole number without 0 and country code."""
    if any(letter not in _DIGITS for letter in rest):
        return
    for start, length, became, kind in _shapes():
        if rest.startswith(start) and len(rest) == length:
            yield f"+84{became}{rest[len(start) :]}", kind, became != start


def _shapes() -> Iterator[tuple[str, int, str, Kind]]:
    """How each number begins, its length, what the beginning became, its kind."""
    for prefix in ISSUED:
        yield prefix[1:], 9, prefix[1:], Kind.MOBILE
    for old, new in BECAME.items():
        yield old[1:], 10, new[1:], Kind.MOBILE
    for area in AREAS:
        yield area, 10, area, Kind.LANDLINE
    for service, length in product(("1800", "1900"), (8, 9, 10)):
        yield service, length, service, Kind.SERVICE
