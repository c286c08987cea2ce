"""Forms to be filled in: a head, and nothing under it."""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.letters.tables.headwords import head_cells
from vungxanh.engines.letters.tables.rows import Line, cell_of
from vungxanh.engines.letters.tables.streams import runs_of
from vungxanh.engines.letters.tables.types import EMPTY, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import (
    is_designator,
    is_letter_part,
    is_note,
    is_order_head,
)

_FEWEST: Final = 3  # columns
_MOST_LINES: Final = 40
_LONGEST_LINE: Final = 120
_LONGEST_HEAD: Final = 90  # characters of one column's head; longer ones are prose


def read_forms(lines: Sequence[Line]) -> list[RawTable]:
    """Heads that begin with the number of the line and end at a note or at the end."""
    found: list[RawTable] = []
    for i, line in enumerate(lines):
        if is_order_head(line.text) and (not found or i > found[-1].last):
            form = _form(lines, i)
            if form is not None:
                found.append(form)
    return found


def _form(lines: Sequence[Line], top: int) -> RawTable | None:
    taken: list[Line] = []
    for line in lines[top : top + _MOST_LINES]:
        if taken and (_ends(line) or _order(line) == 1):
            break
        taken.append(line)
    if any(len(line.text) > _LONGEST_LINE for line in taken):
        return None
    head = head_cells(taken)
    if len(head) < _FEWEST or any(len(cell.text) > _LONGEST_HEAD for cell in head):
        return None
    rows = _named_rows(lines[top + len(taken) :], len(head))
    if rows is None:
        return None
    return RawTable("form_to_fill_in", (head, *rows), 1, top, taken[-1].number + len(rows))


def _named_rows(lines: Sequence[Line], n_columns: int) -> list[RawRow] | None:
    """Rows 1, 2, 3 of a form that name who is to be filled in; None if figures are filled in."""
    rows: list[RawRow] = []
    for line in lines:
        if _order(line) != len(rows) + 1 or len(line.text) > _LONGEST_LINE:
            break
        order, *name = line.tokens
        if any(token.is_figure for token in name):
            return None
        rows.append((cell_of([order]), cell_of(name), *[EMPTY] * (n_columns - 2)))
    return rows


def _order(line: Line) -> int | None:
    return line.stream[0].order if line.text else None


def _ends(line: Line) -> bool:
    text = line.text.strip()
    runs = runs_of([line])
    is_only_figures = len(runs) == 1 and runs[0].is_figures
    return not text or (
        is_letter_part(text)
        or is_designator(text)
        or (is_note(text) and not text.lower().startswith("ghi chú"))
        or is_only_figures
    )
