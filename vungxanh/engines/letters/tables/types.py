"""What the readers of tables hand on: cells with their places, raw tables, and what was found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from vungxanh.documents.grids import Grid
from vungxanh.engines.checks import Table
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.types import LetterTable, Step

_PLACE: Final = re.compile(r"dòng (\d+)(?:, cột ([A-Z]{1,3}))?", re.IGNORECASE)
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class RawCell:
    """The words of a cell, blanks collapsed, and the stretches of the letter they stand in.

    A cell broken over lines beside other cells has several stretches.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()

    def joined(self, other: "RawCell") -> "RawCell":
        """This cell and a later piece of it."""
        text = f"{self.text} {other.text}".strip()
        return RawCell(text, (*self.spans, *other.spans))


EMPTY: Final = RawCell()
RawRow = tuple[RawCell, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as its shape gave it: head rows first, `n_head` of them, then the body.

    `first` and `last` are the numbers of its lines in the stretch that was read; `is_sure` says
    that each column stands under a head of its own.
    """

    rule: str
    rows: tuple[RawRow, ...]
    n_head: int
    first: int
    last: int
    is_sure: bool = False

    @property
    def head(self) -> tuple[RawRow, ...]:
        """The rows of the head."""
        return self.rows[: self.n_head]

    @property
    def body(self) -> tuple[RawRow, ...]:
        """The rows under the head."""
        return self.rows[self.n_head :]

    @property
    def fulness(self) -> int:
        """How many more cells say something than say nothing."""
        return sum(1 if cell.text else -1 for row in self.rows for cell in row)

    @property
    def lines(self) -> range:
        """The numbers of its lines."""
        return range(self.first, self.last + 1)


def apart(tables: Iterable[RawTable]) -> list[RawTable]:
    """The tables that share no line with an earlier one."""
    kept: list[RawTable] = []
    taken: set[int] = set()
    for table in tables:
        if taken.isdisjoint(table.lines):
            kept.append(table)
            taken.update(table.lines)
    return kept


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table of a letter, for the reading (`letter`), for the checks (`grid`, `table`).

    `table` is None where the checks know no head or no line in it. `cells` are the stretches of
    the letter by row and column of `grid`, both from 1; `steps` say which rule read what.
    """

    letter: LetterTable
    grid: Grid
    table: Table | None
    cells: Mapping[tuple[int, int], tuple[Span, ...]] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    def spans_at(self, where: str) -> tuple[Span, ...]:
        """Where "dòng 4, cột C" of a finding stands in the letter; a whole line without a column.

        Empty if the words name no cell with something written in it.
        """
        match = _PLACE.search(where)
        if match is None:
            return ()
        row, letters = int(match.group(1)), match.group(2)
        if letters:
            return self.cells.get((row, _column(letters.upper())), ())
        columns = range(1, self.grid.n_columns + 1)
        return tuple(span for column in columns for span in self.cells.get((row, column), ()))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
