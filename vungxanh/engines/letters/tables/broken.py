"""Tables that a machine broke over lines: rows put together again from names and figures."""

from collections import Counter
from collections.abc import Sequence

from vungxanh.engines.letters.tables.fitting import fitted_figures
from vungxanh.engines.letters.tables.headlines import head_row, head_top
from vungxanh.engines.letters.tables.rows import Line, cell_of, text_of
from vungxanh.engines.letters.tables.streamrows import StreamRow, numbered_rows, plain_rows
from vungxanh.engines.letters.tables.streams import runs_of
from vungxanh.engines.letters.tables.types import RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import is_letter_part


def read_broken(lines: Sequence[Line]) -> list[RawTable]:
    """The tables whose rows are numbered, or at least are names followed by figures."""
    runs = runs_of(lines)
    found: list[RawTable] = []
    at = 0
    while at < len(runs):
        rows, end = numbered_rows(runs, at)
        if not rows:
            rows, end = plain_rows(runs, at)
        table = _table(lines, rows, found[-1].last + 1 if found else 0) if rows else None
        if table is not None:
            found.append(table)
        at = end if table is not None else at + 1
    return found


def _table(lines: Sequence[Line], rows: Sequence[StreamRow], floor: int) -> RawTable | None:
    """The rows with their head, if they are a table at all."""
    units = [row for row in rows if not row.is_group]
    n_figures = Counter(len(row.figures) for row in units).most_common(1)[0][0]
    if not n_figures or any(is_letter_part(text_of(row.name)) for row in rows):
        return None
    for row in rows:
        row.balance(n_figures)
    is_numbered = any(row.order for row in rows)
    has_text = any(row.has_words_beside for row in rows)
    first = rows[0].tokens[0].line.number
    top = floor + head_top(lines[floor:first], is_numbered=is_numbered)
    if not _is_table(units, n_figures, is_headed=top < first):
        return None
    head = head_row(lines[top:first], is_numbered + 1 + n_figures + has_text)
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
    is_numbered = any(row.order for row in rows)  # a total then may lack a rank
    if not is_numbered and n_even < len(rows):
        return False
    if 2 * n_even < len(rows) and not (is_headed and n_even > 1):
        return False
    return is_headed or (len(rows) > 1 and n_figures > 1)


def _cells(row: StreamRow, figures: RawRow, *, is_numbered: bool, has_text: bool) -> RawRow:
    name, beside = [*row.above, *row.name], list(row.after)
    if not row.has_words_beside:
        name, beside = name + beside, []
    order = (cell_of([row.order] if row.order else []),) if is_numbered else ()
    text = (cell_of(beside),) if has_text else ()
    return (*order, cell_of(name), *figures, *text)
