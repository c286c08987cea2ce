"""Tables set in columns with blanks: what stands under each other is one column."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.tables.columns import Columns, SetLine
from vungxanh.engines.letters.tables.depth import depth_of_head, is_listed, n_meant
from vungxanh.engines.letters.tables.headlines import head_row, head_top
from vungxanh.engines.letters.tables.pieces import Piece
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.types import EMPTY, RawCell, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import (
    begins_name,
    is_attached,
    is_designator,
    is_note,
    is_total,
    opens_head,
    opens_title,
)

_GROUP: Final = re.compile(r"([IVX]{1,5}|[A-H])[.)]?")
_MOST_BETWEEN: Final = 5  # lines between two rows
_HIGHEST_HEAD: Final = 16  # lines above the first row
_MOST_COLUMNS: Final = 60


@dataclass(slots=True)
class _Block:
    """Lines from the first row to the last, and the short lines that follow."""

    lines: list[SetLine] = field(default_factory=list)
    tail: list[SetLine] = field(default_factory=list)

    @property
    def anchors(self) -> list[SetLine]:
        """The lines with figures, one for each row."""
        return [line for line in self.lines if line.is_anchor]


@dataclass(slots=True)
class _Row:
    """The lines of a row: above that of its figures, this one, and under it."""

    anchor: SetLine
    above: list[SetLine] = field(default_factory=list)
    under: list[SetLine] = field(default_factory=list)

    @property
    def lines(self) -> list[SetLine]:
        """All lines from the top."""
        return [*self.above, self.anchor, *self.under]


def read_aligned(lines: Sequence[Line]) -> list[RawTable]:
    """Tables whose columns stand under each other, parted by two blanks or more."""
    every = [SetLine(line) for line in lines]
    found: list[RawTable] = []
    for block in _blocks(every):
        table = _table(every, block, found[-1].last + 1 if found else 0)
        if table is not None:
            found.append(table)
    return found


def _blocks(lines: Sequence[SetLine]) -> list[_Block]:
    """Runs of lines from one anchor to a last one, with nothing but short lines between."""
    blocks: list[_Block] = []
    block = _Block()
    for line in lines:
        if line.is_anchor:
            block.lines += [*block.tail, line]
            block.tail = []
        elif block.lines and _is_between(line) and len(block.tail) < _MOST_BETWEEN:
            block.tail.append(line)
        elif block.lines:
            blocks.append(block)
            block = _Block()
    return [*blocks, block] if block.lines else blocks


def _is_between(line: SetLine) -> bool:
    text = line.text
    return line.is_short and not is_note(text) and not is_designator(text)


def _table(lines: Sequence[SetLine], block: _Block, floor: int) -> RawTable | None:
    columns = Columns(block.anchors)
    if not 1 < len(columns) <= _MOST_COLUMNS or _is_crowded(block.anchors, columns):
        return None
    above = _above(lines[floor : block.lines[0].line.number], columns)
    while above and _is_group(above[-1]):
        block.lines.insert(0, above.pop())
    rows = _rows(block, above)
    head, top = _head(lines[floor : rows[0].lines[0].line.number], above, columns)
    cells = [*head, *(_cells(row, columns) for row in rows)]
    n_head = depth_of_head(cells)
    if not _is_table(cells, n_head):
        return None
    last = rows[-1].lines[-1].line.number
    is_sure = any(line.is_parted for line in above) and all(cell.text for cell in cells[0])
    return RawTable("cells_in_columns", tuple(cells), n_head, top, last, is_sure=is_sure)


def _is_table(cells: Sequence[RawRow], n_head: int) -> bool:
    """Whether a head is understood, or enough rows have figures: without any head three."""
    body = cells[n_head:]
    if body and n_meant(cells[:n_head]) > 1:
        return True
    return len(body) > (1 if n_head else 2) and is_listed(body, n_head)


def _is_crowded(anchors: Sequence[SetLine], columns: Columns) -> bool:
    """Whether in more than every tenth line pieces that blanks part fall into one column."""
    return sum(columns.is_crowded(line) for line in anchors) * 10 > len(anchors)


def _above(before: Sequence[SetLine], columns: Columns) -> list[SetLine]:
    """Of the lines before the first row those of the head over its columns."""
    taken: list[SetLine] = []
    for line in reversed(before[-_HIGHEST_HEAD:]):
        if not line.is_short or not _is_of_head(line, columns):
            break
        taken.insert(0, line)
    return taken


def _is_of_head(line: SetLine, columns: Columns) -> bool:
    text = line.text
    if is_attached(text) or is_designator(text) or text.endswith((".", ";", ":")):
        return False
    if line.is_parted:
        return True
    n_under = len(columns.under(line.pieces[0].start, line.pieces[-1].end))
    return n_under < 2 and not (opens_title(text) and not opens_head(text))


def _rows(block: _Block, above: list[SetLine]) -> list[_Row]:
    """The rows with the lines around that of their figures.

    Between two rows a type word begins the name below. The first row takes from the head, and the
    last from what follows, as many lines as most rows have.
    """
    rows: list[_Row] = []
    waiting: list[SetLine] = []
    for line in block.lines:
        if not line.is_anchor and not _is_group(line):
            waiting += [] if _is_page_number(line) else [line]
            continue
        cut = _n_above(waiting)
        if rows:
            rows[-1].under = waiting[:cut]
        rows.append(_Row(line, above=waiting[cut:]))
        waiting = []
    _end_rows(rows, block.tail, above)
    return rows


def _is_group(line: SetLine) -> bool:
    """Whether a line heads a group of rows: "II   Khu vực nông thôn"."""
    return len(line.pieces) > 1 and _GROUP.fullmatch(line.pieces[0].text) is not None


def _is_page_number(line: SetLine) -> bool:
    return bool(line.line.n_blank) and len(line.pieces) == 1 and line.pieces[0].is_figure


def _n_above(waiting: Sequence[SetLine]) -> int:
    """How many of the lines between two rows belong to the row above."""
    begins = [i for i, line in enumerate(waiting) if begins_name(line.pieces[0].text)]
    return begins[0] if begins else len(waiting)


def _end_rows(rows: Sequence[_Row], tail: Sequence[SetLine], above: list[SetLine]) -> None:
    n_above = _usual(len(row.above) for row in rows[1:])
    n_under = _usual(len(row.under) for row in rows[:-1])
    if n_above and len(above) > n_above:
        rows[0].above = above[-n_above:]
        del above[-n_above:]
    if not is_total(rows[-1].anchor.text) and not any(is_total(line.text) for line in tail):
        rows[-1].under = list(tail[:n_under])


def _usual(numbers: Iterable[int]) -> int:
    counted = Counter(numbers).most_common(1)
    return counted[0][0] if counted else 0


def _cells(row: _Row, columns: Columns) -> RawRow:
    cells: list[RawCell] = [EMPTY] * len(columns)
    for line in row.lines:
        columns.fill(cells, line)
    return tuple(cells)


def _head(
    before: Sequence[SetLine], above: Sequence[SetLine], columns: Columns
) -> tuple[list[RawRow], int]:
    """The head as one row, if there is one, and the number of its first line or of the row under.

    `above` are the lines over the columns; of the lines `before` the table others may be a head
    that a machine broke.
    """
    if any(line.is_parted for line in above):
        columns.widen([piece for line in above for piece in line.pieces])
        return [_head_in_columns(above, columns)], above[0].line.number
    lines = [line.line for line in before]
    top = head_top(lines, is_numbered=True)
    n_above = len(lines) - top
    first = lines[-1].number + 1 if lines else 0
    return ([head_row(lines[top:], len(columns))] if n_above else []), first - n_above


def _head_in_columns(above: Sequence[SetLine], columns: Columns) -> RawRow:
    """One row: the words over each column from top to bottom, wide ones over all they cover."""
    cells: list[RawCell] = [EMPTY] * len(columns)
    for piece in (piece for line in above for piece in line.pieces):
        for part in _split_by_columns(piece, columns):
            for i in columns.under(part.start, part.end) or [columns.nearest(part)]:
                cells[i] = cells[i].joined(part.cell)
    return tuple(cells)


def _split_by_columns(piece: Piece, columns: Columns) -> list[Piece]:
    """A piece over several columns, cut where the head of another column begins in it."""
    if len(columns.under(piece.start, piece.end)) < 2:
        return [piece]
    tokens = piece.tokens
    cuts = [i for i in range(1, len(tokens)) if _begins(tokens[i].text, tokens[i - 1].text)]
    edges = [0, *cuts, len(tokens)]
    return [Piece(tokens[a:b], is_figure=False) for a, b in pairwise(edges)]


def _begins(text: str, before: str) -> bool:
    return text[:1].isupper() and opens_head(text) and not before.endswith(("/", "-"))
