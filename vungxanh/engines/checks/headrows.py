"""Where the head of a table stands: one row or two, under a title, above a numbering row."""

import re
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks.heads import meaning_of
from vungxanh.engines.checks.numerals import numeral
from vungxanh.engines.checks.types import CheckError, Column
from vungxanh.refusals import Words

_DEEPEST: Final = 40
# "(1)", "2", "A", "(5)=(3)/(4)": a row that numbers the columns under official heads.
_NUMBERING: Final = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Head:
    """The columns, the grid rows (from 1) that make the head, and where the body begins."""

    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    body: int

    def first(self, role: str) -> Column | None:
        """The leftmost column of a role."""
        return next((column for column in self.columns if column.role == role), None)


def find_head(grid: Grid) -> Head:
    """The head that names a place and a figure; of several the one that names most columns.

    Raises `checks.no_head` if no row does.
    """
    found: list[tuple[tuple[int, int, int], Head]] = []
    for start in range(min(len(grid.rows), _DEEPEST)):
        for depth in (1, 2):
            head = _head(grid, start, depth)
            if head is not None:
                found.append(((_n_named(head), -depth, -start), head))
    if not found:
        code = "checks.no_head"
        raise CheckError(code, _NO_HEAD)
    return max(found, key=lambda entry: entry[0])[1]


_NO_HEAD: Final = Words(
    "Không thấy dòng đầu bảng: cần một cột tên hoặc mã địa bàn (“Địa phương”, “unit”) và ít nhất"
    " một cột số liệu (ví dụ “Số Bluezoner có số điện thoại”, “Dân số”, “smartphones”).",
    "No head was found: the table needs a column with names or codes of areas (“Địa phương”,"
    " “unit”) and at least one of figures (such as “Dân số”, “smartphones”).",
)


def _n_named(head: Head) -> int:
    return sum(column.role != "other" for column in head.columns)


def _head(grid: Grid, start: int, depth: int) -> Head | None:
    rows = grid.rows[start : start + depth]
    if len(rows) < depth or any(_has_figures(row) for row in rows):
        return None
    columns = tuple(_columns(rows))
    roles = {column.role for column in columns}
    if not roles & {"unit", "name"} or not roles & {"count", "share"}:
        return None
    body = start + depth
    is_numbered = body < len(grid.rows) and _is_numbering(grid.rows[body])
    numbers = tuple(range(start + 1, body + 1))
    return Head(columns, numbers, body + 1 if is_numbered else body)


def _columns(rows: tuple[tuple[Cell, ...], ...]) -> list[Column]:
    columns: list[Column] = []
    above = ""
    for cells in zip(*rows, strict=True):
        texts = [*(cell.text for cell in cells[:-1]), _own(rows[-1], cells[-1])]
        if len(texts) > 1:
            # A wide upper head stands over the first of its columns only in CSV.
            above = texts[0] or (above if texts[-1] else "")
            texts[0] = above
        columns.append(_column(cells[0].column, texts))
    return columns


def _own(row: tuple[Cell, ...], cell: Cell) -> str:
    """The text of a cell of the lowest head row; a wide head names only its first column there."""
    left = row[cell.column - 2] if cell.column > 1 else None
    is_spread = cell.merged and left is not None and left.text == cell.text
    return "" if is_spread else cell.text


def _column(position: int, texts: list[str]) -> Column:
    head = " ".join(dict.fromkeys(text for text in texts if text))
    meant = meaning_of(head)
    return Column(position, head, meant.role, meant.element, meant.numerator, meant.base)


def _has_figures(row: tuple[Cell, ...]) -> bool:
    written = [cell for cell in row if cell.text and not cell.merged]
    numbers = [c for c in written if not isinstance(c.value, str) or numeral(c.text)]
    return bool(numbers)


def _is_numbering(row: tuple[Cell, ...]) -> bool:
    """Letters from A, then numbers from 1, and nothing else."""
    marks = [_NUMBERING.fullmatch(cell.text) for cell in row if cell.text]
    if len(marks) <= 1 or not all(marks):
        return False
    written = [mark.group(1).upper() for mark in marks if mark]
    numbers = [mark for mark in written if mark.isdecimal()]
    letters = [mark for mark in written if not mark.isdecimal()]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)] and letters == list(
        ascii_uppercase[: len(letters)]
    )
