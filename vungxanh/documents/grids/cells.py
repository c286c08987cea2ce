"""A grid of cells as it was written: the frozen form of a sheet, a CSV file or pasted text."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from vungxanh.refusals import Words

# What a cell holds. A CSV cell is always text: what its digits mean is decided by its column.
# (`datetime` is a `date`.)
CellValue = str | int | Decimal | bool | date | None

_LETTERS = 26


def column_letters(column: int) -> str:
    """Spreadsheet letters of a column counted from 1: 1 is A, 27 is AA.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(row: int, column: int) -> Words:
    """Where a cell stands, as a person would say it; row and column count from 1."""
    letters = column_letters(column)
    return Words(vi=f"dòng {row}, cột {letters}", en=f"row {row}, column {letters}")


class Cell(NamedTuple):
    """One cell: where it stands (from 1), the text as written, and the typed value.

    `percent` says that the sheet shows the number times 100 with a % sign (the value stays the
    fraction); `decimals` is how many decimals the sheet shows, where its format says so;
    `merged` marks a copy of the upper left cell of a merged area.
    """

    row: int
    column: int
    text: str = ""
    value: CellValue = None
    percent: bool = False
    decimals: int | None = None
    merged: bool = False

    @property
    def name(self) -> str:
        """The spreadsheet name, "C4"."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def place(self) -> Words:
        """The place in words: "dòng 4, cột C"."""
        return place_of(self.row, self.column)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written here."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of cells. Row i, column j stands at `rows[i - 1][j - 1]`, blank ones included.

    `kind` is "xlsx", "csv" or "text" (pasted); `sheet` only in a workbook; `encoding` and
    `separator` only in text; `warnings` are what a person should know about how it was read.
    """

    name: str
    kind: str
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    warnings: tuple[Words, ...] = ()

    @property
    def n_columns(self) -> int:
        """Width of the rectangle."""
        return len(self.rows[0]) if self.rows else 0
