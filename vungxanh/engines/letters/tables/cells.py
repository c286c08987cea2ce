"""From words in cells to numbers, by the meaning of each column and the evidence of its cells."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.checks.numerals import (
    Evidence,
    Kind,
    Numeral,
    evidence_of,
    is_blank,
    numeral,
    settled,
)
from vungxanh.engines.checks.types import MarkRole
from vungxanh.engines.letters.types import CellValue

# A telephone number, a code: digits that are no quantity.
_CODE: Final = re.compile(r"0\d[\d.\s-]*|\d{9,}")
_ORDER: Final = re.compile(r"(\d{1,4})[.)]?")
_KINDS: Final[dict[str, Kind]] = {"share": "share", "count": "count", "rank": "count"}
_OTHER: Final = {",": ".", ".": ","}
_ALIKE: Final = 3  # cells that group alike tell that their sign groups


def evidence_around(texts: Iterable[str]) -> Evidence:
    """What the cells of a whole table tell about its signs: where "," is decimal "." groups."""
    told = evidence_of(numeral(text) for text in texts)
    decimals = {sign for role, sign in told if role == "decimal"}
    grouping = {sign for role, sign in told if role == "groups"}
    grouping |= {other for sign, other in _OTHER.items() if sign in decimals}
    marks: set[tuple[MarkRole, str]] = {("groups", sign) for sign in grouping - decimals}
    return frozenset(marks)


def values_of(texts: Sequence[str], meaning: Meaning, around: Evidence) -> list[CellValue]:
    """The values of a column's cells; None where nothing is written or only a dash.

    `around` decides what the column itself leaves open.

    >>> values_of(["1.090", "–", "12"], Meaning("count"), frozenset())
    [1090, None, 12]
    >>> values_of(["1.090", "0912345678"], Meaning("other"), frozenset())
    ['1.090', '0912345678']
    """
    if meaning.role == "order":
        return [_order(text) for text in texts]
    kind = _KINDS.get(meaning.role)
    if kind is None and meaning.role != "other":
        return [None if _is_empty(text, meaning) else text for text in texts]
    read = [None if _CODE.fullmatch(text) and kind is None else numeral(text) for text in texts]
    evidence = _evidence(read) or around
    return [
        _value(text, number, kind=kind, evidence=evidence) if not _is_empty(text, meaning) else None
        for text, number in zip(texts, read, strict=True)
    ]


def _is_empty(text: str, meaning: Meaning) -> bool:
    """Whether a cell says nothing; an "x" is a mark where no figures are expected."""
    return is_blank(text) and (meaning.role != "other" or text.lower() != "x")


def _order(text: str) -> CellValue:
    match = _ORDER.fullmatch(text)
    return int(match.group(1)) if match else text or None


def _evidence(read: Sequence[Numeral | None]) -> Evidence:
    """What a column tells about its signs; many numbers that all group alike tell it too."""
    told = evidence_of(read)
    numbers = [number for number in read if number is not None]
    signs = {number.open_sign for number in numbers if number.open_sign}
    n_open = sum(number.open_sign is not None for number in numbers)
    n_parted = n_open + sum(bool(number.evidence) for number in numbers)
    if len(signs) == 1 and not told and n_open == n_parted >= _ALIKE:
        return frozenset({("groups", signs.pop())})
    return told


def _value(
    text: str, number: Numeral | None, *, kind: Kind | None, evidence: Evidence
) -> CellValue:
    certain = settled(number, kind, evidence) if number else None
    if certain is None:
        return text
    whole = certain.value == certain.value.to_integral_value() and not certain.decimals
    return int(certain.value) if whole else Decimal(certain.value)
