"""Rows with blanks among their figures: each figure in its column, where only one way fits."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from vungxanh.engines.letters.tables.types import EMPTY, RawCell, RawRow

# A share shows a per cent sign or one or two decimals.
_SHARE: Final = re.compile(r".*%|[-−]?\d+[.,]\d{1,2}")
_MOST_COLUMNS: Final = 10


def fitted_figures(rows: Sequence[Sequence[RawCell]], n_columns: int) -> list[RawRow]:
    """Each row with exactly `n_columns` cells.

    Too many figures are cut off; too few stand where shares and counts of the full rows allow
    only one arrangement, else all cells are blank: nothing tells what they belong to.
    """
    full = [row for row in rows if len(row) == n_columns]
    kinds = [_is_share_column([row[i].text for row in full]) for i in range(n_columns)]
    return [_fitted(row, kinds) for row in rows]


def _is_share_column(texts: Sequence[str]) -> bool | None:
    """Whether a column holds shares; None if its cells differ."""
    found = {_is_share(text) for text in texts if any(c.isdecimal() for c in text)}
    return found.pop() if len(found) == 1 else None


def _is_share(text: str) -> bool:
    return _SHARE.fullmatch(text) is not None


def _fitted(row: Sequence[RawCell], kinds: Sequence[bool | None]) -> RawRow:
    n_columns = len(kinds)
    if len(row) >= n_columns:
        return tuple(row[:n_columns])
    ways = _ways(row, kinds) if n_columns <= _MOST_COLUMNS else []
    at = dict(zip(ways[0], row, strict=True)) if len(ways) == 1 else {}
    return tuple(at.get(i, EMPTY) for i in range(n_columns))


def _ways(row: Sequence[RawCell], kinds: Sequence[bool | None]) -> list[tuple[int, ...]]:
    """The arrangements in which every figure stands in a column of its kind."""
    written = [_is_share(cell.text) for cell in row]
    return [
        places
        for places in combinations(range(len(kinds)), len(row))
        if all(kinds[i] in (None, is_share) for i, is_share in zip(places, written, strict=True))
    ]
