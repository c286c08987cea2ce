"""Totals of a letter's table: counts are summed, shares recomputed from sums, never averaged."""

from collections.abc import Mapping, Sequence

from vungxanh.engines.checks.arithmetic import half_up, share
from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.checks.types import USERS
from vungxanh.engines.letters.types import CellValue, Number


def totals_of(
    rows: Sequence[Sequence[CellValue]],
    meanings: Sequence[Meaning],
    elements: Sequence[str | None],
) -> Mapping[str, Number]:
    """By element, over the lines of units. A count that a line lacks has no total, nor its share.

    A share is that of its own numerator and base, or of the users whom the table counts.
    """
    sums = _sums(rows, meanings)
    totals: dict[str, Number] = {}
    for meaning, name in zip(meanings, elements, strict=True):
        if name is None:
            continue
        if meaning.role == "count" and meaning.element in sums:
            totals[name] = sums[meaning.element]
        numerator = sums.get(meaning.numerator or _users(sums))
        base = sums.get(meaning.base or "")
        if meaning.role == "share" and numerator is not None and base:
            totals[name] = half_up(share(numerator, base))
    return totals


def _sums(rows: Sequence[Sequence[CellValue]], meanings: Sequence[Meaning]) -> dict[str, int]:
    """Of two columns of one element the left one counts."""
    sums: dict[str, int] = {}
    for column, meaning in enumerate(meanings):
        written = [row[column] for row in rows]
        counts = [value for value in written if isinstance(value, int)]
        if meaning.role == "count" and meaning.element and counts and len(counts) == len(written):
            sums.setdefault(meaning.element, sum(counts))
    return sums


def _users(sums: Mapping[str, int]) -> str:
    return next((element for element in USERS if element in sums), "")
