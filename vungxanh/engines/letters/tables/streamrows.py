"""Rows out of a stream of runs: a number, a name, figures, and the number of the next row."""

import re
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

_GROUP: Final = re.compile(r"([IVX]{1,5}|[A-H])[.)]?")
_CODE: Final = re.compile(r"0\d{2,}.*|\d{9,}")
_FEWEST_FIGURES: Final = 2  # of rows without numbers
_FEWEST_ROWS: Final = 2
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
    is_group: bool = False

    @property
    def number(self) -> int | None:
        """The number of the row, if it has one."""
        return self.order.order if self.order else None

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
        before = runs[start - 1] if start else None
        _share_out(rows, before)
        _take_rest(runs, at, rows)
        if before is not None:
            _take_above(before, runs[start], rows)
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


def _next(runs: Sequence[Run], at: int, rows: list[StreamRow]) -> Here | None:
    """Where the row after `rows` has its number; `at` is the run of the last row's figures.

    The number is no figure of the last row, and words up to it come after that row's figures. A
    line that heads a group of rows becomes a row too.
    """
    number = (rows[-1].number or 0) + 1
    if _is_next(runs, at, rows, number=number):
        rows[-1].figures.pop()
        return at, True
    if at + 2 >= len(runs) or not runs[at + 1].is_name:
        return None
    between, tokens = runs[at + 1], runs[at + 2].tokens
    group = _group_in(between)
    is_alone = len(tokens) == 1 or group is not None
    if is_alone and any(
        _is_next(runs, at + 2, rows, number=n) for n in {number, 1 if group else number}
    ):
        rows[-1].after = list(between.tokens[: -len(group.tokens)] if group else between.tokens)
        if group is not None:
            group.figures = list(tokens[:-1])
            rows.append(group)
        return at + 2, True
    if len(tokens) > 1 and tokens[0].order == number:
        rows[-1].after = list(between.tokens)
        return at + 2, False
    return None


def _group_in(run: Run) -> StreamRow | None:
    """The line that heads a group of rows, at the end of a run: "II. Khu vực nông thôn"."""
    lines = run.lines
    starts = [i for i, line in enumerate(lines) if _GROUP.fullmatch(line[0].text)]
    words = _joined(lines[starts[-1] :]) if starts else []
    return StreamRow(words[0], words[1:], [], is_group=True) if len(words) > 1 else None


def _is_next(runs: Sequence[Run], at: int, rows: Sequence[StreamRow], *, number: int) -> bool:
    """Whether the run at `at` ends with the number of the row after `rows`."""
    if at + 1 >= len(runs) or runs[at].order != number or not runs[at + 1].is_name:
        return False
    is_full = len(rows) > 1 and len(runs[at].tokens) == len(rows[0].figures)
    return not (is_full and (at + 2 == len(runs) or _is_end(runs[at + 1].lines[0])))


def _share_out(rows: Sequence[StreamRow], before: Run | None) -> None:
    """Words between two rows go to the name above, from a type word on to the name below."""
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


def _take_above(before: Run, run: Run, rows: list[StreamRow]) -> None:
    """A total or the head of a group that stands over the first row."""
    figures = run.tokens[:-1]
    name = before.lines[-1]
    group = _group_in(before)
    if figures and len(figures) == len(rows[0].figures) and is_total(text_of(name)):
        rows.insert(0, StreamRow(None, list(name), list(figures), is_total=True))
    elif group is not None and len(figures) in (0, len(rows[0].figures)):
        group.figures = list(figures)
        rows.insert(0, group)


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
    n_figures = len(runs[at + 1].tokens) if at + 1 < len(runs) else 0
    if runs[at].is_figures or n_figures < _FEWEST_FIGURES:
        return rows, at
    while at + 1 < len(runs) and len(runs[at + 1].tokens) == n_figures and _ends_line(runs, at + 1):
        words, figures = runs[at], runs[at + 1].tokens
        if (rows and not words.is_name) or words.text.endswith(":"):
            break
        is_sum = is_total(words.text)
        rows.append(StreamRow(None, list(words.tokens), list(figures), is_total=is_sum))
        at += 2
    if len(rows) < _FEWEST_ROWS or _are_others(rows):
        return [], at
    rows[0].name = _last_name(rows[0].name)
    return rows, at


def _ends_line(runs: Sequence[Run], at: int) -> bool:
    """Whether nothing stands after the figures of a run in their line."""
    return at + 1 >= len(runs) or runs[at + 1].tokens[0].is_first


def _are_others(rows: Sequence[StreamRow]) -> bool:
    """Whether the figures are numbers of rows, or telephone numbers and codes."""
    is_numbered = any(
        all(row.figures[at].order == i for i, row in enumerate(rows, start=1)) for at in (0, -1)
    )
    codes = sum(_CODE.fullmatch(figure.text) is not None for r in rows for figure in r.figures)
    return is_numbered or codes >= len(rows)


def _last_name(words: Sequence[Token]) -> list[Token]:
    """The last line, or from the last type word on that begins one of the last lines."""
    lines = by_line(words)
    near = range(max(0, len(lines) - _DEEPEST_NAME), len(lines))
    begins = [i for i in near if begins_name(text_of(lines[i]))]
    return _joined(lines[begins[-1] if begins else -1 :])
