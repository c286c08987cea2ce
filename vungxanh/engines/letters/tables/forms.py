"""Forms to be filled in: a head, and nothing under it."""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.letters.tables.headwords import head_cells
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.streams import runs_of
from vungxanh.engines.letters.tables.types import RawTable
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
        if _ends(line) and taken:
            break
        taken.append(line)
    if any(len(line.text) > _LONGEST_LINE for line in taken):
        return None
    head = head_cells(taken)
    if len(head) < _FEWEST or any(len(cell.text) > _LONGEST_HEAD for cell in head):
        return None
    return RawTable("form_to_fill_in", (head,), 1, top, taken[-1].number)


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
