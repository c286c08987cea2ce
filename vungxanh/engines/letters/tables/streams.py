"""The stream of a letter: runs of words and runs of figures, whatever the line breaks are.

Where a machine broke a table over lines, its rows still follow each other as words (the name)
and figures; readers of rows work on these runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from vungxanh.engines.letters.tables.rows import Line, Token, by_line, text_of

_LONGEST_NAME: Final = 150  # characters
_MOST_LINES: Final = 8  # of a name


@dataclass(frozen=True, slots=True)
class Run:
    """Words or figures that follow each other."""

    is_figures: bool
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words with one blank between."""
        return text_of(self.tokens)

    @property
    def order(self) -> int | None:
        """The number of the row that begins with the last figure of the run."""
        return self.tokens[-1].order

    @property
    def lines(self) -> list[tuple[Token, ...]]:
        """The words line by line."""
        return by_line(self.tokens)

    @property
    def is_name(self) -> bool:
        """Whether this is as short as a name, and not read already."""
        length = sum(len(token.text) for token in self.tokens)
        is_new = all(token.text for token in self.tokens)
        return length <= _LONGEST_NAME and is_new and len(self.lines) <= _MOST_LINES


def runs_of(lines: Sequence[Line]) -> list[Run]:
    """The runs of a stretch of lines."""
    every = (token for line in lines for token in line.stream)
    return [Run(kind, tuple(group)) for kind, group in groupby(every, key=lambda t: t.is_figure)]
