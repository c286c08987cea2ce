"""Lines set in columns: their pieces, and the columns that the pieces of many lines stand in."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.tables.pieces import Piece, pieces_of
from vungxanh.engines.letters.tables.rows import Line, gap_between
from vungxanh.engines.letters.tables.types import RawCell
from vungxanh.engines.letters.tables.vocabulary import is_letter_part

_LONGEST_PIECE: Final = 60
_MOST_PIECES: Final = 40
_GAP: Final = re.compile(r"\S(?: | *\t)\s+\S|\S\t\S")
_FIGURE: Final = re.compile(r"[\d–—…-]")


@dataclass(frozen=True)
class SetLine:
    """A line as a part of a table set in columns."""

    line: Line

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces; none where it cannot belong to a table."""
        is_fit = self.line.may_be_row and not is_letter_part(self.line.text)
        return tuple(pieces_of(self.line)) if is_fit else ()

    @property
    def text(self) -> str:
        """The line without blanks at its ends."""
        return self.line.text.strip()

    @cached_property
    def is_anchor(self) -> bool:
        """Whether pieces with a figure among them stand beside each other, as in a row."""
        text = self.line.text
        if not self.line.may_be_row or not _GAP.search(text) or not _FIGURE.search(text):
            return False
        return self.is_short and self.is_parted and any(p.is_figure for p in self.pieces)

    @property
    def is_parted(self) -> bool:
        """Whether two blanks part pieces somewhere."""
        return any(gap_between(a.tokens[-1], b.tokens[0]) > 1 for a, b in pairwise(self.pieces))

    @property
    def is_short(self) -> bool:
        """Whether its pieces are as short as cells are."""
        return 0 < len(self.pieces) <= _MOST_PIECES and all(
            piece.end - piece.start <= _LONGEST_PIECE for piece in self.pieces
        )


class Columns:
    """The columns that the pieces of some lines stand in, from left to right."""

    def __init__(self, lines: Iterable[SetLine]) -> None:
        self.edges: list[tuple[int, int]] = []
        for start, end in sorted((p.start, p.end) for line in lines for p in line.pieces):
            if self.edges and start < self.edges[-1][1]:
                self.edges[-1] = (self.edges[-1][0], max(end, self.edges[-1][1]))
            else:
                self.edges.append((start, end))

    def __len__(self) -> int:
        return len(self.edges)

    def under(self, start: int, end: int) -> list[int]:
        """The columns that a stretch overlaps."""
        return [i for i, (a, b) in enumerate(self.edges) if a < end and start < b]

    def nearest(self, piece: Piece) -> int:
        """The column in or next to which a piece stands."""
        after = bisect_left(self.edges, (piece.end, 0))
        near = range(max(0, after - 2), min(len(self.edges), after + 1))
        return min(near, key=lambda i: self._distance(i, piece))

    def _distance(self, i: int, piece: Piece) -> tuple[int, int]:
        """How far a column is from a piece; of those it overlaps the one it lies on most."""
        start, end = self.edges[i]
        common = min(end, piece.end) - max(start, piece.start)
        return (max(-common, 0), -common)

    def widen(self, pieces: Sequence[Piece]) -> None:
        """Takes in pieces of a head that stand over no column, where their neighbours are taken."""
        held = {i for piece in pieces for i in self.under(piece.start, piece.end)}
        for piece in pieces:
            is_over_none = not self.under(piece.start, piece.end)
            if is_over_none and self.nearest(piece) in held:
                self.edges.append((piece.start, piece.end))
        self.edges.sort()

    def is_crowded(self, line: SetLine) -> bool:
        """Whether two pieces of a line that blanks part fall into one column."""
        return any(
            self.nearest(a) == self.nearest(b) and b.start - a.end > 1
            for a, b in pairwise(line.pieces)
        )

    def fill(self, row: list[RawCell], line: SetLine) -> None:
        """Adds the pieces of a line to the cells of a row."""
        for piece in line.pieces:
            i = self.nearest(piece)
            row[i] = row[i].joined(piece.cell)
