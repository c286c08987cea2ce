"""What a person is asked about the columns of a table whose heads say too little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks.headrows import (
    DEEPEST,
    NO_MEANINGS,
    Meanings,
    columns_of,
    find_head,
    has_figures,
    head_keys,
)
from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.checks.types import CheckError, Column

Line = Sequence[Cell]

_N_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class HeadGuess:
    """A column: position from 1, head as written, a few of its cells, and what it seems to hold.

    `key` is under what `recognise(grid, heads=...)` is told what the column means.
    """

    position: int
    head: str
    key: str
    samples: tuple[str, ...]
    meaning: Meaning


def heads_of(grid: Grid, *, heads: Mapping[str, Meaning] | None = None) -> tuple[HeadGuess, ...]:
    """The columns of the most likely head, also where `recognise` refuses with `checks.no_head`.

    The likeliest head is the one that `recognise` takes; else the row without figures that names
    most columns, of several the last above the first figures. Columns without head and cells
    are left out.
    """
    told = heads or NO_MEANINGS
    rows, below = _likely(grid, told)
    columns = columns_of(rows, told)
    keyed = zip(columns, head_keys([column.head for column in columns]), strict=True)
    guesses = (
        HeadGuess(c.position, c.head, key, _samples(below, c.position), _meaning(c))
        for c, key in keyed
    )
    return tuple(guess for guess in guesses if guess.head or guess.samples)


def _meaning(column: Column) -> Meaning:
    return Meaning(column.role, column.element, column.numerator, column.base)


def _likely(grid: Grid, told: Meanings) -> tuple[Sequence[Line], Sequence[Line]]:
    """The rows of the head, and those under it."""
    try:
        head = find_head(grid, told)
    except CheckError:
        start = _fullest(grid, told)
        return grid.rows[start : start + 1], grid.rows[start + 1 :]
    return grid.rows[head.rows[0] - 1 : head.rows[-1]], grid.rows[head.body :]


def _fullest(grid: Grid, told: Meanings) -> int:
    above = grid.rows[:DEEPEST]
    figures = [place for place, row in enumerate(above) if has_figures(row, told)]
    until = figures[0] if figures and figures[0] else len(above)
    return max(range(until), key=lambda place: (_n_written(above[place]), place))


def _n_written(row: Line) -> int:
    return len({cell.text for cell in row if cell.text})


def _samples(rows: Sequence[Line], position: int) -> tuple[str, ...]:
    texts = (row[position - 1].text for row in rows if not row[position - 1].merged)
    return tuple(islice(filter(None, texts), _N_SAMPLES))
