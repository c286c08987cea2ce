"""The stream of a letter: runs of words and runs of figures, whatever the line breaks are.

Where a machine broke a table over lines, its rows still follow each other as words (the name)
and figures; readers of rows work on these runs.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from vungxanh.engines.letters.tables.rows import Line, Token, gap_between, tokens_of
from vungxanh.engines.letters.tables.vocabulary import wants_number

_NUMBER_OF_NAME: Final = re.compile(r"[1-9]\d?")
_ORDER: Final = re.compile(r"0?(\d{1,3})[.)]?")
# "(1)", "(5)=(3)/(4)", "4=3/2": what numbers the columns under official heads.
_NUMBERING: Final = re.compile(r"\(\d{1,2}\)(=\S{1,20})?|\d{1,2}=\S{1,20}")


@dataclass(frozen=True, slots=True)
class Word:
    """A token and what it is here: a figure may be part of a name, a dash a blank cell."""

    token: Token
    is_figure: bool
    is_first: bool

    @property
    def order(self) -> int | None:
        """The number of a row, if this could be one: it begins a line."""
        match = _ORDER.fullmatch(self.token.text) if self.is_first else None
        return int(match.group(1)) if match else None


@dataclass(frozen=True, slots=True)
class Run:
    """Words or figures that follow each other; `at` is the place of the first in the stream."""

    is_figures: bool
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with one blank between."""
        return " ".join(word.token.text for word in self.words)

    @property
    def order(self) -> int | None:
        """The number of the row that begins with the last figure of the run."""
        return self.words[-1].order

    @property
    def lines(self) -> list[tuple[Word, ...]]:
        """The words line by line."""
        return by_line(self.words)


def by_line(words: Iterable[Word]) -> list[tuple[Word, ...]]:
    """Words grouped by the line they stand in."""
    return [tuple(group) for _, group in groupby(words, key=lambda w: w.token.line.number)]


def text_of(words: Iterable[Word]) -> str:
    """Words with one blank between."""
    return " ".join(word.token.text for word in words)


def runs_of(lines: Sequence[Line]) -> list[Run]:
    """The runs of a stretch of lines."""
    every = (word for line in lines if not line.is_blank for word in words_of(line))
    return [Run(kind, tuple(group)) for kind, group in groupby(every, key=lambda w: w.is_figure)]


def words_of(line: Line) -> list[Word]:
    """The tokens of a line, each with what it is there."""
    tokens = list(tokens_of(line))
    figures = [_is_figure(tokens, i) for i in range(len(tokens))]
    is_bare = all(figures[i] or token.is_dash for i, token in enumerate(tokens))
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i].is_dash:
            is_before = i + 1 == len(tokens) or figures[i + 1]
            figures[i] = is_bare or (i > 0 and (is_before or figures[i - 1]))
    return [Word(token, figures[i], i == 0) for i, token in enumerate(tokens)]


def _is_figure(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if i == 0 and _ORDER.fullmatch(token.text):
        return True
    if not token.is_figure:
        return len(token.text) < 30 and _NUMBERING.fullmatch(token.text) is not None
    before = tokens[i - 1] if i else None
    if before is None or not _NUMBER_OF_NAME.fullmatch(token.text):
        return True
    return gap_between(before, token) > 1 or not wants_number(before.text)
