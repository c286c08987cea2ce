"""Tables that a machine broke over lines: rows put together again from names and figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.tables.headwords import head_cells
from vungxanh.engines.letters.tables.rows import Line, cell_of
from vungxanh.engines.letters.tables.streams import Run, Word, by_line, runs_of, text_of
from vungxanh.engines.letters.tables.types import EMPTY, RawCell, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import (
    begins_name,
    is_letter_part,
    is_name_head,
    is_order_head,
    is_total,
)

_LONGEST_NAME: Final = 25  # words
_MOST_LINES: Final = 8  # of a name
_HIGHEST_HEAD: Final = 60  # lines above the first row
_LONGEST_HEAD_LINE: Final = 90


@dataclass(slots=True)
class _Row:
    """A row on its way: what stands before, in and after its figures."""

    order: Word | None
    name: list[Word]
    figures: list[Word]
    after: list[Word] = field(default_factory=list)
    is_total: bool = False


def read_broken(lines: Sequence[Line]) -> list[RawTable]:
    """The tables whose rows are numbered, or at least are names followed by figures."""
    runs = runs_of(lines)
    found: list[RawTable] = []
    at = 0
    while at < len(runs):
        rows, end = _numbered(runs, at)
        if not rows:
            rows, end = _plain(runs, at)
        table = _table(lines, rows, found[-1].last if found else -1) if rows else None
        if table is not None:
            found.append(table)
        at = end if table is not None else at + 1
    return found


def _numbered(runs: Sequence[Run], at: int) -> tuple[list[_Row], int]:
    """Rows numbered 1, 2, 3 from the run whose last figure is the first number."""
    rows: list[_Row] = []
    if not runs[at].is_figures or runs[at].order != 1:
        return rows, at
    while (row := _row(runs, at, rows)) is not None:
        rows.append(row)
        at += 2
        if at < len(runs) and _is_next(runs, at, rows):
            row.figures.pop()
        elif at + 2 < len(runs) and _is_next(runs, at + 2, rows) and len(runs[at + 2].words) == 1:
            row.after = list(runs[at + 1].words)
            at += 2
        else:
            break
    _take_total(runs, at, rows)
    return rows, at + 1


def _row(runs: Sequence[Run], at: int, rows: Sequence[_Row]) -> _Row | None:
    """The row whose number is the last figure of the run at `at`."""
    if at + 1 >= len(runs) or not _is_name(runs[at + 1]):
        return None
    figures = list(runs[at + 2].words) if at + 2 < len(runs) else []
    return _Row(runs[at].words[-1], list(runs[at + 1].words), figures)


def _is_name(run: Run) -> bool:
    return len(run.words) <= _LONGEST_NAME and len(run.lines) <= _MOST_LINES


def _is_next(runs: Sequence[Run], at: int, rows: Sequence[_Row]) -> bool:
    """Whether the run at `at` ends with the number of the row after `rows`."""
    run = runs[at]
    if run.order != len(rows) + 1 or at + 1 >= len(runs) or not _is_name(runs[at + 1]):
        return False
    is_full = len(rows) > 1 and len(run.words) == len(rows[0].figures)
    return not (is_full and is_total(runs[at + 1].lines[0][0].token.line.text.strip()))


def _take_total(runs: Sequence[Run], at: int, rows: list[_Row]) -> None:
    """The total under the last row, whose figures are the run at `at`."""
    if at + 2 >= len(runs) or not runs[at + 2].is_figures:
        return
    words = runs[at + 1]
    if is_total(words.text):
        figures = list(runs[at + 2].words)
        rows.append(_Row(None, list(words.words), figures, is_total=True))


def _plain(runs: Sequence[Run], at: int) -> tuple[list[_Row], int]:
    """Rows without numbers: words and then as many figures each time, two at least."""
    rows: list[_Row] = []
    if runs[at].is_figures or at + 1 >= len(runs) or len(runs[at + 1].words) < 2:
        return rows, at
    n_figures = len(runs[at + 1].words)
    while at + 1 < len(runs) and len(runs[at + 1].words) == n_figures:
        if rows and not _is_name(runs[at]):
            break
        words, figures = runs[at].words, runs[at + 1].words
        is_sum = is_total(runs[at].text)
        rows.append(_Row(None, list(words), list(figures), is_total=is_sum))
        at += 2
    if len(rows) < 2:
        return [], at
    _cut_first(rows[0])
    return rows, at


def _cut_first(row: _Row) -> None:
    """The name of the first row is the last line above its figures, or from its type word on."""
    lines = by_line(row.name)
    begins = [i for i, line in enumerate(lines[-3:], len(lines[-3:])) if begins_name(text_of(line))]
    start = len(lines) - 1
    tail = [i for i in range(max(0, len(lines) - 3), len(lines)) if begins_name(text_of(lines[i]))]
    if begins and tail:
        start = tail[-1]
    row.name = [word for line in lines[start:] for word in line]


def _table(lines: Sequence[Line], rows: list[_Row], floor: int) -> RawTable | None:
    """The rows with their head, if they are a table at all."""
    counted = Counter(len(row.figures) for row in rows)
    n_figures = counted.most_common(1)[0][0]
    if not n_figures or any(is_letter_part(text_of(row.name)) for row in rows):
        return None
    _share_out(rows)
    is_numbered = rows[0].order is not None
    has_text = _has_text_column(rows)
    n_columns = is_numbered + 1 + n_figures + has_text
    first_line = (rows[0].order or rows[0].name[0]).token.line.number
    top = _head_top(lines, first_line, floor, is_numbered=is_numbered)
    head = _head(lines, top, first_line, n_columns)
    if not _is_table(rows, n_figures, is_headed=top < first_line):
        return None
    body = tuple(_cells(row, n_figures, is_numbered=is_numbered, has_text=has_text) for row in rows)
    rule = "rows_numbered" if is_numbered else "rows_of_names_and_figures"
    return RawTable(rule, (head, *body), 1, top, _last_line(rows))


def _is_table(rows: Sequence[_Row], n_figures: int, *, is_headed: bool) -> bool:
    n_even = sum(len(row.figures) == n_figures for row in rows)
    if 2 * n_even < len(rows) or (rows[0].order is None and n_even < len(rows)):
        return False
    return is_headed or (len(rows) > 1 and n_figures > 1)


def _share_out(rows: list[_Row]) -> None:
    """Words between two rows go to the name above, from a type word on to the name below."""
    for above, below in pairwise(rows):
        if not above.after or not above.figures:
            continue
        lines = by_line(above.after)
        starts = [i for i, line in enumerate(lines) if i and begins_name(text_of(line))]
        if starts and not begins_name(text_of(below.name)):
            below.name[:0] = [word for line in lines[starts[0] :] for word in line]
            above.after = [word for line in lines[: starts[0]] for word in line]


def _is_beside(row: _Row) -> bool:
    """Whether words stand after the figures of a row in the same line."""
    if not row.after or not row.figures:
        return False
    return row.after[0].token.line.number == row.figures[-1].token.line.number


def _has_text_column(rows: Sequence[_Row]) -> bool:
    return any(_is_beside(row) for row in rows)


def _head_top(lines: Sequence[Line], first: int, floor: int, *, is_numbered: bool) -> int:
    """The line where the head begins; `first` if no head is known."""
    known = is_order_head if is_numbered else is_name_head
    highest = max(floor, first - _HIGHEST_HEAD)
    for number in range(first - 1, highest, -1):
        text = lines[number].text
        if len(text) > _LONGEST_HEAD_LINE * 4 or is_letter_part(text):
            break
        if known(text) and not text.rstrip().endswith((".", ";", ":")):
            return number
    return first


def _head(lines: Sequence[Line], top: int, first: int, n_columns: int) -> RawRow:
    taken = [line for line in lines[top:first] if not _is_numbering(line)]
    cells = head_cells(taken, n_columns)
    return (*cells, *[EMPTY] * (n_columns - len(cells)))


def _is_numbering(line: Line) -> bool:
    runs = runs_of([line])
    return len(runs) == 1 and runs[0].is_figures


def _cells(row: _Row, n_figures: int, *, is_numbered: bool, has_text: bool) -> RawRow:
    name, beside = list(row.name), list(row.after)
    if not (has_text and _is_beside(row)):
        name, beside = name + beside, []
    figures = _fitted(row, n_figures)
    order = (_cell([row.order] if row.order else []),) if is_numbered else ()
    return (*order, _cell(name), *figures, *((_cell(beside),) if has_text else ()))


def _fitted(row: _Row, n_figures: int) -> tuple[RawCell, ...]:
    """Exactly `n_figures` cells; too few figures say nothing about their columns."""
    if len(row.figures) < n_figures:
        return (EMPTY,) * n_figures
    return tuple(_cell([word]) for word in row.figures[:n_figures])


def _cell(words: Sequence[Word]) -> RawCell:
    return cell_of(word.token for word in words)


def _last_line(rows: Sequence[_Row]) -> int:
    last = rows[-1]
    words = [*last.name, *last.figures, *last.after]
    return max(word.token.line.number for word in words)
