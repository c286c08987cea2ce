"""How many of the first rows are the head, and whether the rest looks like a table's body."""

import re
from collections.abc import Sequence
from typing import Final

from vungxanh.engines.checks.numerals import is_blank, numeral
from vungxanh.engines.letters.tables.meanings import heads_of, meanings_of
from vungxanh.engines.letters.tables.numbering import is_numbering
from vungxanh.engines.letters.tables.types import RawRow

_ORDER: Final = re.compile(r"\d{1,4}[.)]?|[IVX]{1,5}\.?")
_DEEPEST: Final = 4


def depth_of_head(rows: Sequence[RawRow]) -> int:
    """The number of rows above the first row that holds a figure; 1 where none does.

    A row that numbers the columns belongs to the head.
    """
    for depth, row in enumerate(rows[: _DEEPEST + 1]):
        if is_numbering(row):
            return depth + 1 if depth else 0
        if depth and has_figure(row):
            return depth
        if not depth and has_figure(row) and not _is_head(row):
            return 0
    return 1 if len(rows) > _DEEPEST or _is_head(rows[0]) else min(1, len(rows))


def has_figure(row: RawRow) -> bool:
    """Whether a number stands in a row, that of the row itself included."""
    return any(_ORDER.fullmatch(cell.text) or numeral(cell.text) for cell in row if cell.text)


def _is_head(row: RawRow) -> bool:
    return n_meant([row]) > 1


def n_meant(rows: Sequence[RawRow]) -> int:
    """How many columns have a head that is understood."""
    if not rows:
        return 0
    meanings = meanings_of(heads_of(rows, len(rows[0])))
    return sum(meaning.role != "other" for meaning in meanings)


def is_listed(body: Sequence[RawRow], n_head: int) -> bool:
    """Whether most rows have figures beside words, or three cells and more."""
    if not body:
        return False
    n_figured = sum(_is_figured(row) for row in body)
    n_wide = sum(sum(bool(cell.text) for cell in row) > 2 for row in body)
    return 2 * n_figured > len(body) or (n_head > 0 and 2 * n_wide > len(body))


def _is_figured(row: RawRow) -> bool:
    later = [cell.text for cell in row[1:] if cell.text]
    n_figures = sum(numeral(text) is not None or is_blank(text) for text in later)
    return n_figures > 0 and any(not numeral(cell.text) for cell in row if cell.text)
