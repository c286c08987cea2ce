"""Where the head of a table stands: one row or two, under a title, above a numbering row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Final

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks.heads import NOTE, Meaning, is_note, meaning_of
from vungxanh.engines.checks.numerals import numeral
from vungxanh.engines.checks.types import CheckError, Column
from vungxanh.engines.names import fold
from vungxanh.refusals import Words

Meanings = Mapping[str, Meaning]
NO_MEANINGS: Final[Meanings] = {}
DEEPEST: Final = 40
# "(1)", "2", "A", "(5)=(3)/(4)": a row that numbers the columns under official heads.
_NUMBERING: Final = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?")


@dataclass(frozen=True)
class Head:
    """The columns, the grid rows (from 1) that make the head, and where the body begins."""

    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    body: int

    def first(self, role: str) -> Column | None:
        """The leftmost column of a role."""
        return self._firsts.get(role)

    @cached_property
    def _firsts(self) -> Mapping[str, Column]:
        return {column.role: column for column in reversed(self.columns)}

    @cached_property
    def figures(self) -> tuple[Column, ...]:
        """The columns of counts, shares and ranks."""
        return tuple(c for c in self.columns if c.role in ("count", "share", "rank"))


def find_head(grid: Grid, heads: Meanings = NO_MEANINGS) -> Head:
    """The head that names a place and a figure; of several the one that names most columns.

    `heads` say what columns mean by their keys (`head_keys`), before the engine's own words do.
    Raises `checks.no_head` if no row names both.
    """
    found: list[tuple[tuple[int, int, int], Head]] = []
    for start in range(min(len(grid.rows), DEEPEST)):
        for depth in (1, 2):
            head = head_at(grid, start, depth=depth, heads=heads)
            if head is not None:
                found.append(((_n_named(head), -depth, -start), head))
    if not found:
        code = "checks.no_head"
        raise CheckError(code, _NO_HEAD)
    return max(found, key=lambda entry: entry[0])[1]


def other_heads(grid: Grid, head: Head, heads: Meanings = NO_MEANINGS) -> tuple[int, ...]:
    """The rows (from 1) of further tables on the sheet; the same head once more is none."""
    own = _roles(head)
    found = []
    for start, row in enumerate(grid.rows):
        if start + 1 in head.rows or sum(bool(c.text) for c in row) < 2 or has_figures(row, heads):
            continue
        other = head_at(grid, start, depth=1, heads=heads)
        if other is not None and _roles(other) != own:
            found.append(start + 1)
    return tuple(found)


def _roles(head: Head) -> set[tuple[int, str, str | None]]:
    return {
        (c.position, c.role, c.element) for c in head.columns if c.role not in ("other", "note")
    }


def head_keys(heads: Sequence[str]) -> tuple[str, ...]:
    """The key of each column of a head, from the left: its folded words, "#2" at their second use.

    A column without words is "#1", the next one without "#2".

    >>> head_keys(["Số lượng", "so luong (%)", "", ""])
    ('so luong', 'so luong#2', '#1', '#2')
    """
    seen: dict[str, int] = {}
    keys = []
    for folded in (fold(head) for head in heads):
        seen[folded] = seen.get(folded, 0) + 1
        is_plain = folded and seen[folded] == 1
        keys.append(folded if is_plain else f"{folded}#{seen[folded]}")
    return tuple(keys)


_NO_HEAD: Final = Words(
    "Không thấy dòng đầu bảng: cần một cột tên hoặc mã địa bàn (“Địa phương”, “unit”) và ít nhất"
    " một cột số liệu (ví dụ “Số Bluezoner có số điện thoại”, “Dân số”, “smartphones”).",
    "No head was found: the table needs a column with names or codes of areas (“Địa phương”,"
    " “unit”) and at least one of figures (such as “Dân số”, “smartphones”).",
)


def _n_named(head: Head) -> int:
    return sum(column.role != "other" for column in head.columns)


def head_at(grid: Grid, start: int, *, depth: int, heads: Meanings) -> Head | None:
    """The head in the rows from `start` (from 0), `depth` of them; None if they make none."""
    rows = grid.rows[start : start + depth]
    if len(rows) < depth or any(has_figures(row, heads) for row in rows):
        return None
    columns = columns_of(rows, heads)
    roles = {column.role for column in columns}
    if not roles & {"unit", "name"} or not roles & {"count", "share"}:
        return None
    body = start + depth
    is_numbered = body < len(grid.rows) and _is_numbering(grid.rows[body])
    numbers = tuple(range(start + 1, body + 1))
    return Head(columns, numbers, body + 1 if is_numbered else body)


def columns_of(rows: Sequence[Sequence[Cell]], heads: Meanings) -> tuple[Column, ...]:
    """The columns under one head row or two, with what `heads` or their own words say."""
    written = [" ".join(dict.fromkeys(filter(None, texts))) for texts in _texts(rows)]
    keyed = zip(head_keys(written), written, rows[0], strict=True)
    return tuple(_column(cell.column, head, heads.get(key)) for key, head, cell in keyed)


def _texts(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    above = ""
    for cells in zip(*rows, strict=True):
        texts = [*(cell.text for cell in cells[:-1]), _own(rows[-1], cells[-1])]
        if len(texts) > 1:
            # A wide upper head stands over the first of its columns only in CSV.
            above = texts[0] or (above if texts[-1] else "")
            texts[0] = above
        yield texts


def _own(row: Sequence[Cell], cell: Cell) -> str:
    """The text of a cell of the lowest head row; a wide head names only its first column there."""
    left = row[cell.column - 2] if cell.column > 1 else None
    is_spread = cell.merged and left is not None and left.text == cell.text
    return "" if is_spread else cell.text


def _column(position: int, head: str, told: Meaning | None) -> Column:
    meant = told or (NOTE if is_note(head) else meaning_of(head))
    return Column(position, head, meant.role, meant.element, meant.numerator, meant.base)


def has_figures(row: Sequence[Cell], heads: Meanings = NO_MEANINGS) -> bool:
    """Whether a row holds numbers, which heads do not, unless somebody said what they mean."""
    return any(
        cell.text
        and not cell.merged
        and (not isinstance(cell.value, str) or numeral(cell.text) is not None)
        and not (heads and fold(cell.text) in heads)
        for cell in row
    )


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
