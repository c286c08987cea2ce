"""Tables set in columns with blanks: what stands under each other is one column."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.tables.depth import depth_of_head, is_listed, n_meant
from vungxanh.engines.letters.tables.pieces import Piece, pieces_of
from vungxanh.engines.letters.tables.rows import Line, gap_between
from vungxanh.engines.letters.tables.types import EMPTY, RawCell, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import (
    begins_name,
    is_attached,
    is_designator,
    is_letter_part,
    is_note,
    opens_head,
    opens_title,
)

_LONGEST_PIECE: Final = 60
_MOST_BETWEEN: Final = 5  # lines between two rows
_HIGHEST_HEAD: Final = 16  # lines above the first row
_MOST_COLUMNS: Final = 60
_MOST_PIECES: Final = 80


@dataclass(frozen=True, slots=True)
class _Set:
    """A line with its pieces; `is_anchor` says that a row of figures may stand in it."""

    line: Line
    pieces: tuple[Piece, ...]

    @property
    def is_anchor(self) -> bool:
        """Whether pieces with a figure among them stand beside each other."""
        return self.is_short and self.is_parted and any(p.is_figure for p in self.pieces)

    @property
    def is_parted(self) -> bool:
        """Whether two blanks part pieces somewhere."""
        return any(gap_between(a.tokens[-1], b.tokens[0]) > 1 for a, b in pairwise(self.pieces))

    @property
    def is_short(self) -> bool:
        """Whether this could be the rest of cells that were broken over lines."""
        pieces = self.pieces
        return len(pieces) <= _MOST_PIECES and all(
            piece.end - piece.start <= _LONGEST_PIECE for piece in pieces
        )


class _Columns:
    """The columns that the pieces of some lines stand in, from left to right."""

    def __init__(self, sets: Sequence[_Set]) -> None:
        self.edges: list[tuple[int, int]] = []
        for start, end in sorted((p.start, p.end) for s in sets for p in s.pieces):
            if self.edges and start < self.edges[-1][1]:
                self.edges[-1] = (self.edges[-1][0], max(end, self.edges[-1][1]))
            else:
                self.edges.append((start, end))

    def under(self, start: int, end: int) -> list[int]:
        """The columns that a stretch overlaps."""
        return [i for i, (a, b) in enumerate(self.edges) if a < end and start < b]

    def nearest(self, piece: Piece) -> int:
        """The column in or next to which a piece stands."""
        gaps = [max(a - piece.end, piece.start - b, 0) for a, b in self.edges]
        return gaps.index(min(gaps))

    def widened(self, pieces: Sequence[Piece]) -> None:
        """Takes in pieces of a head that stand over no column, where their neighbours are taken."""
        held = {i for piece in pieces for i in self.under(piece.start, piece.end)}
        for piece in pieces:
            is_over_none = not self.under(piece.start, piece.end)
            if is_over_none and self.nearest(piece) in held:
                self.edges.append((piece.start, piece.end))
        self.edges.sort()


def read_aligned(lines: Sequence[Line]) -> list[RawTable]:
    """Tables whose columns stand under each other, parted by two blanks or more."""
    sets = [_Set(line, tuple(pieces_of(line)) if _is_fit(line) else ()) for line in lines]
    found: list[RawTable] = []
    for block in _blocks(sets):
        floor = found[-1].last + 1 if found else 0
        table = _table(sets, block, floor)
        if table is not None:
            found.append(table)
    return found


def _is_fit(line: Line) -> bool:
    return len(line.text) <= 1_000 and not is_letter_part(line.text)


def _blocks(sets: Sequence[_Set]) -> list[list[_Set]]:
    """Runs of lines from one anchor to a last one, with nothing but short lines between."""
    blocks: list[list[_Set]] = []
    block: list[_Set] = []
    between: list[_Set] = []
    for entry in sets:
        if entry.is_anchor:
            block += [*between, entry] if block else [entry]
            between = []
        elif block and _is_between(entry) and len(between) < _MOST_BETWEEN:
            between.append(entry)
        elif block:
            blocks.append(block)
            block, between = [], []
    return [*blocks, block] if block else blocks


def _is_between(entry: _Set) -> bool:
    text = entry.line.text.strip()
    if not text:
        return True
    return bool(entry.pieces) and entry.is_short and not is_note(text) and not is_designator(text)


def _table(sets: Sequence[_Set], block: Sequence[_Set], floor: int) -> RawTable | None:
    anchors = [entry for entry in block if entry.is_anchor]
    columns = _Columns(anchors)
    if not 1 < len(columns.edges) <= _MOST_COLUMNS or not _fits(anchors, columns):
        return None
    first = block[0].line.number
    above, top = _above(sets, first, floor, columns)
    columns.widened([piece for entry in above for piece in entry.pieces])
    rows = [_head(above, columns)] if above else []
    rows += _rows(block, columns)
    n_head = depth_of_head(rows)
    if len(rows) < 2 or not (n_meant(rows[:n_head]) > 1 or is_listed(rows[n_head:], n_head)):
        return None
    return RawTable("cells_in_columns", tuple(rows), n_head, top, block[-1].line.number)


def _fits(anchors: Sequence[_Set], columns: _Columns) -> bool:
    """Whether in nearly all lines no two pieces fall into one column."""
    n_bad = sum(_is_crowded(entry, columns) for entry in anchors)
    return n_bad * 10 <= len(anchors)


def _is_crowded(entry: _Set, columns: _Columns) -> bool:
    return any(
        columns.nearest(a) == columns.nearest(b) and b.start - a.end > 1
        for a, b in pairwise(entry.pieces)
    )


def _above(
    sets: Sequence[_Set], first: int, floor: int, columns: _Columns
) -> tuple[list[_Set], int]:
    """The lines of the head over the first row, and the uppermost of them."""
    taken: list[_Set] = []
    for entry in reversed(sets[max(floor, first - _HIGHEST_HEAD) : first]):
        if entry.line.is_blank:
            continue
        if not entry.pieces or not entry.is_short or not _is_of_head(entry, columns):
            break
        taken.insert(0, entry)
    return taken, taken[0].line.number if taken else first


def _is_of_head(entry: _Set, columns: _Columns) -> bool:
    text = entry.line.text.strip()
    if is_attached(text) or is_designator(text) or text.endswith((".", ";", ":")):
        return False
    if len(entry.pieces) > 1:
        return True
    piece = entry.pieces[0]
    n_under = len(columns.under(piece.start, piece.end))
    return n_under < 2 and not (opens_title(text) and not opens_head(text))


def _head(above: Sequence[_Set], columns: _Columns) -> RawRow:
    """One row: the words over each column from top to bottom, wide ones over all they cover."""
    cells: list[RawCell] = [EMPTY] * len(columns.edges)
    for entry in above:
        for piece in entry.pieces:
            for part in _split_by_columns(piece, columns):
                wide = columns.under(part.start, part.end) or [columns.nearest(part)]
                for i in wide:
                    cells[i] = cells[i].joined(part.cell)
    return tuple(cells)


def _split_by_columns(piece: Piece, columns: _Columns) -> list[Piece]:
    """A piece over several columns, cut where the head of another column begins in it."""
    if len(columns.under(piece.start, piece.end)) < 2:
        return [piece]
    tokens = piece.tokens
    cuts = [i for i in range(1, len(tokens)) if _begins(tokens[i].text, tokens[i - 1].text)]
    edges = [0, *cuts, len(tokens)]
    return [Piece(tokens[a:b], is_figure=False) for a, b in pairwise(edges)]


def _begins(text: str, before: str) -> bool:
    return text[:1].isupper() and opens_head(text) and not before.endswith(("/", "-"))


def _rows(block: Sequence[_Set], columns: _Columns) -> list[RawRow]:
    """A row for each anchor; other lines go on a row, or begin the next at a type word."""
    rows: list[list[RawCell]] = []
    waiting: list[_Set] = []
    for entry in block:
        if not entry.is_anchor:
            waiting += [entry] if entry.pieces else []
            continue
        n_above = _n_above(waiting) if rows else 0
        row: list[RawCell] = [EMPTY] * len(columns.edges)
        for before in waiting[:n_above]:
            _fill(rows[-1], before, columns)
        for later in (*waiting[n_above:], entry):
            _fill(row, later, columns)
        rows.append(row)
        waiting = []
    return [tuple(row) for row in rows]


def _n_above(waiting: Sequence[_Set]) -> int:
    """How many of the lines between two rows belong to the row above."""
    begins = [i for i, entry in enumerate(waiting) if begins_name(entry.pieces[0].text)]
    return begins[0] if begins else len(waiting)


def _fill(row: list[RawCell], entry: _Set, columns: _Columns) -> None:
    for piece in entry.pieces:
        i = columns.nearest(piece)
        row[i] = row[i].joined(piece.cell)
