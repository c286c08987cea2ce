"""Pieces of an aligned line: words that blanks keep together, figures each alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vungxanh.engines.letters.tables.rows import Line, Token, cell_of, gap_between
from vungxanh.engines.letters.tables.types import RawCell


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell or a part of one; `start` and `end` are columns of its line."""

    tokens: tuple[Token, ...]
    is_figure: bool

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end

    @property
    def cell(self) -> RawCell:
        """The piece as a cell."""
        return cell_of(self.tokens)

    @property
    def text(self) -> str:
        """Its words with one blank between."""
        return " ".join(token.text for token in self.tokens)


def pieces_of(line: Line) -> list[Piece]:
    """The pieces of a line: parted by two blanks, and figures from the words beside them.

    A figure between words stays with them ("người từ 18 tuổi").
    """
    return [piece for group in _groups(line.tokens) for piece in _parted(group)]


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        if group and gap_between(group[-1], token) > 1:
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _parted(group: Sequence[Token]) -> Iterator[Piece]:
    first, last = 0, len(group)
    if group[0].order is not None and len(group) > 1:
        first = 1
        yield Piece((group[0],), is_figure=True)
    while last > first and group[last - 1].is_figure:
        last -= 1
    if last > first:
        yield Piece(tuple(group[first:last]), is_figure=False)
    for token in group[max(first, last) :]:
        yield Piece((token,), is_figure=True)
