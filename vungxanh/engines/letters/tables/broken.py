"""Tables that a machine broke over lines: rows put together again from names and figures."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from vungxanh.engines.letters.tables.depth import is_numbering
from vungxanh.engines.letters.tables.fitting import fitted_figures
from vungxanh.engines.letters.tables.headwords import head_cells
from vungxanh.engines.letters.tables.rows import Line, cell_of, text_of
from vungxanh.engines.letters.tables.streamrows import StreamRow, numbered_rows, plain_rows
from vungxanh.engines.letters.tables.streams import runs_of
from vungxanh.engines.letters.tables.types import EMPTY, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import is_letter_part, is_name_head, is_order_head

_HIGHEST_HEAD: Final = 60  # lines above the first row
_LONGEST_HEAD_LINE: Final = 360


def read_broken(lines: Sequence[Line]) -> list[RawTable]:
    """The tables whose rows are numbered, or at least are names followed by figures."""
    runs = runs_of(lines)
    found: list[RawTable] = []
    at = 0
    while at < len(runs):
        rows, end = numbered_rows(runs, at)
        if not rows:
            rows, end = plain_rows(runs, at)
        table = _table(lines, rows, found[-1].last if found else -1) if rows else None
        if table is not None:
            found.append(table)
        at = end if table is not None else at + 1
    return found


def _table(lines: Sequence[Line], rows: Sequence[StreamRow], floor: int) -> RawTable | None:
    """The rows with their head, if they are a table at all."""
    n_figures = Counter(len(row.figures) for row in rows).most_common(1)[0][0]
    if not n_figures or any(is_letter_part(text_of(row.name)) for row in rows):
        return None
    for row in rows:
        row.balance(n_figures)
    is_numbered = any(row.order for row in rows)
    has_text = any(row.has_words_beside for row in rows)
    first = rows[0].tokens[0].line.number
    top = _head_top(lines, first, floor, is_numbered=is_numbered)
    if not _is_table(rows, n_figures, is_headed=top < first):
        return None
    head = _head(lines, top, first, is_numbered + 1 + n_figures + has_text)
    fitted = fitted_figures(
        [[cell_of([token]) for token in row.figures] for row in rows], n_figures
    )
    body = tuple(
        _cells(row, figures, is_numbered=is_numbered, has_text=has_text)
        for row, figures in zip(rows, fitted, strict=True)
    )
    rule = "rows_numbered" if is_numbered else "rows_of_names_and_figures"
    last = max(token.line.number for token in rows[-1].tokens)
    return RawTable(rule, (head, *body), 1, top, last)


def _is_table(rows: Sequence[StreamRow], n_figures: int, *, is_headed: bool) -> bool:
    n_even = sum(len(row.figures) == n_figures for row in rows)
    if 2 * n_even < len(rows) or (rows[-1].order is None and n_even < len(rows)):
        return False
    return is_headed or (len(rows) > 1 and n_figures > 1)


def _head_top(lines: Sequence[Line], first: int, floor: int, *, is_numbered: bool) -> int:
    """The line where the head begins; `first` if no head is known."""
    known = is_order_head if is_numbered else is_name_head
    for number in range(first - 1, max(floor, first - _HIGHEST_HEAD), -1):
        text = lines[number].text
        if len(text) > _LONGEST_HEAD_LINE or is_letter_part(text):
            break
        if known(text) and not text.rstrip().endswith((".", ";", ":")):
            return number
    return first


def _head(lines: Sequence[Line], top: int, first: int, n_columns: int) -> RawRow:
    taken = [line for line in lines[top:first] if not _is_of_numbers(line)]
    cells = head_cells(taken, n_columns)
    return (*cells, *[EMPTY] * (n_columns - len(cells)))


def _is_of_numbers(line: Line) -> bool:
    """Whether a line only numbers the columns."""
    runs = runs_of([line])
    return len(runs) == 1 and (
        runs[0].is_figures or is_numbering(tuple(cell_of([token]) for token in runs[0].tokens))
    )


def _cells(row: StreamRow, figures: RawRow, *, is_numbered: bool, has_text: bool) -> RawRow:
    name, beside = [*row.above, *row.name], list(row.after)
    if not row.has_words_beside:
        name, beside = name + beside, []
    order = (cell_of([row.order] if row.order else []),) if is_numbered else ()
    text = (cell_of(beside),) if has_text else ()
    return (*order, cell_of(name), *figures, *text)
