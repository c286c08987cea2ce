"""Rows out of a stream of runs: a number, a name, figures, and the number of the next row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.tables.rows import Token, by_line, gap_between, text_of
from vungxanh.engines.letters.tables.streams import Run
from vungxanh.engines.letters.tables.vocabulary import (
    begins_name,
    is_letter_part,
    is_note,
    is_total,
)

_DEEPEST_NAME: Final = 3  # lines of the first name of rows without numbers


@dataclass(slots=True)
class StreamRow:
    """A row on its way: what stands above its line, in it, and after its figures."""

    order: Token | None
    name: list[Token]
    figures: list[Token]
    above: list[Token] = field(default_factory=list)
    after: list[Token] = field(default_factory=list)
    is_total: bool = False

    @property
    def tokens(self) -> list[Token]:
        """All of it in the order of the letter."""
        order = [self.order] if self.order else []
        return [*self.above, *order, *self.name, *self.figures, *self.after]

    def balance(self, n_figures: int) -> None:
        """A number at the end of the name is a figure where one is lacking, and the reverse."""
        if len(self.figures) == n_figures - 1 and self.name and self.name[-1].is_figure:
            self.figures.insert(0, self.name.pop())
        elif len(self.figures) == n_figures + 1 and self._has_close_figure():
            self.name.append(self.figures.pop(0))

    def _has_close_figure(self) -> bool:
        last, first = (self.name or self.above)[-1], self.figures[0]
        is_same_line = last.line.number == first.line.number
        return is_same_line and first.text.isdecimal() and gap_between(last, first) == 1

    @property
    def has_words_beside(self) -> bool:
        """Whether words stand after the figures in the same line."""
        if not self.after or not self.figures:
            return False
        return self.after[0].line.number == self.figures[-1].line.number


def numbered_rows(runs: Sequence[Run], at: int) -> tuple[list[StreamRow], int]:
    """Rows 1, 2, 3 from the run that holds the first number; where to read on."""
    rows: list[StreamRow] = []
    start, here = at, _first(runs, at)
    while here is not None:
        at, is_before_name = here
        row = _named(runs, at) if is_before_name else _centred(runs, at)
        if row is None:
            break
        rows.append(row)
        at += 2 * is_before_name
        here = _next(runs, at, rows)
    if rows:
        _share_out(rows, runs[start - 1] if start else None)
        _take_rest(runs, at, rows)
        _take_total_above(runs, start, rows)
    return rows, at + 1


Here = tuple[int, bool]  # the run of a row's number, and whether its name follows this run


def _first(runs: Sequence[Run], at: int) -> Here | None:
    run = runs[at]
    if run.is_figures and run.order == 1:
        return at, True
    is_inside = run.is_figures and len(run.tokens) > 1 and run.tokens[0].order == 1
    return (at, False) if is_inside and _next(runs, at, [_centred(runs, at)]) else None


def _named(runs: Sequence[Run], at: int) -> StreamRow | None:
    """The row whose number is the last figure of a run, before its name."""
    if at + 1 >= len(runs) or not runs[at + 1].is_name:
        return None
    figures = list(runs[at + 2].tokens) if at + 2 < len(runs) else []
    return StreamRow(runs[at].tokens[-1], list(runs[at + 1].tokens), figures)


def _centred(runs: Sequence[Run], at: int) -> StreamRow:
    """The row whose number is the first figure of a run, its name above and under it."""
    return StreamRow(runs[at].tokens[0], [], list(runs[at].tokens[1:]))


def _next(runs: Sequence[Run], at: int, rows: Sequence[StreamRow]) -> Here | None:
    """Where the row after `rows` has its number; `at` is the run of the last row's figures.

    The number is no figure of the last row, and words up to it come after that row's figures.
    """
    number = len(rows) + 1
    if at < len(runs) and _is_next(runs, at, rows):
        rows[-1].figures.pop()
        return at, True
    if at + 2 >= len(runs) or not runs[at + 1].is_name:
        return None
    words = runs[at + 2].tokens
    if len(words) == 1 and _is_next(runs, at + 2, rows):
        rows[-1].after = list(runs[at + 1].tokens)
        return at + 2, True
    if len(words) > 1 and words[0].order == number:
        rows[-1].after = list(runs[at + 1].tokens)
        return at + 2, False
    return None


def _is_next(runs: Sequence[Run], at: int, rows: Sequence[StreamRow]) -> bool:
    """Whether the run at `at` ends with the number of the row after `rows`."""
    run = runs[at]
    if run.order != len(rows) + 1 or at + 1 >= len(runs) or not runs[at + 1].is_name:
        return False
    is_full = len(rows) > 1 and len(run.tokens) == len(rows[0].figures)
    return not (is_full and is_total(text_of(runs[at + 1].lines[0])))


def _share_out(rows: Sequence[StreamRow], before: Run | None) -> None:
    """Tokens between two rows go to the name above, from a type word on to the name below."""
    for row, below in pairwise(rows):
        if row.after and row.figures:
            lines = by_line(row.after)
            starts = [i for i, line in enumerate(lines) if i and begins_name(text_of(line))]
            cut = len(lines) if below.name else (len(lines) + 1) // 2
            if starts and not begins_name(text_of(below.name)):
                cut = starts[0]
            row.after, below.above = _joined(lines[:cut]), _joined(lines[cut:])
    usual = _usual(len(by_line(row.above)) for row in rows[1:])
    n_above = usual or (not rows[0].name)
    if n_above and before is not None:
        rows[0].above = _joined(before.lines[-n_above:])


def _take_rest(runs: Sequence[Run], at: int, rows: list[StreamRow]) -> None:
    """What follows the last row, whose figures are the run at `at`: the end of its name, a total.

    As many lines belong to the last name as to most names before it.
    """
    if at + 1 >= len(runs):
        return
    lines = runs[at + 1].lines
    n_after = _usual(len(by_line(row.after)) for row in rows[:-1])
    if n_after and not any(_is_end(line) for line in lines[:n_after]):
        rows[-1].after = _joined(lines[:n_after])
        lines = lines[n_after:]
    name = _joined(lines)
    if at + 2 < len(runs) and name and is_total(text_of(name)):
        rows.append(StreamRow(None, name, list(runs[at + 2].tokens), is_total=True))


def _take_total_above(runs: Sequence[Run], start: int, rows: list[StreamRow]) -> None:
    """A total that stands over the first row."""
    figures = runs[start].tokens[:-1]
    if not figures or not start or len(figures) != len(rows[0].figures):
        return
    name = runs[start - 1].lines[-1]
    if is_total(text_of(name)):
        rows.insert(0, StreamRow(None, list(name), list(figures), is_total=True))


def _is_end(line: Sequence[Token]) -> bool:
    text = text_of(line)
    return is_note(text) or is_total(text) or is_letter_part(text) or text.endswith((".", ";"))


def _usual(numbers: Iterable[int]) -> int:
    counted = Counter(numbers).most_common(1)
    return counted[0][0] if counted else 0


def _joined(lines: Iterable[Sequence[Token]]) -> list[Token]:
    return [token for line in lines for token in line]


def plain_rows(runs: Sequence[Run], at: int) -> tuple[list[StreamRow], int]:
    """Rows without numbers: words and then as many figures each time, two at least."""
    rows: list[StreamRow] = []
    if runs[at].is_figures or at + 1 >= len(runs) or len(runs[at + 1].tokens) < 2:
        return rows, at
    n_figures = len(runs[at + 1].tokens)
    while at + 1 < len(runs) and len(runs[at + 1].tokens) == n_figures:
        if rows and not runs[at].is_name:
            break
        words, figures = runs[at].tokens, runs[at + 1].tokens
        is_sum = is_total(runs[at].text)
        rows.append(StreamRow(None, list(words), list(figures), is_total=is_sum))
        at += 2
    is_numbered = any(
        all(row.figures[at].order == i for i, row in enumerate(rows, start=1)) for at in (0, -1)
    )
    if len(rows) < 2 or is_numbered:
        return [], at
    rows[0].name = _last_name(rows[0].name)
    return rows, at


def _last_name(words: Sequence[Token]) -> list[Token]:
    """The last line, or from the last type word on that begins one of the last lines."""
    lines = by_line(words)
    near = range(max(0, len(lines) - _DEEPEST_NAME), len(lines))
    begins = [i for i in near if begins_name(text_of(lines[i]))]
    return _joined(lines[begins[-1] if begins else -1 :])
