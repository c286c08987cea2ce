"""The lines of a head that stands over its table without standing over its columns."""

import re
from collections.abc import Sequence
from typing import Final

from vungxanh.engines.letters.tables.headwords import head_cells
from vungxanh.engines.letters.tables.numbering import is_numbering
from vungxanh.engines.letters.tables.rows import Line, cell_of
from vungxanh.engines.letters.tables.types import EMPTY, RawRow
from vungxanh.engines.letters.tables.vocabulary import is_letter_part, is_name_head, is_order_head

_LETTER: Final = re.compile(r"\s*\(?[A-Z]\)?\s*")
_HIGHEST: Final = 60  # lines above the first row
_LONGEST_LINE: Final = 360


def head_top(lines: Sequence[Line], *, is_numbered: bool) -> int:
    """The first of the last lines that are the head of the table under them; their end if none.

    A table whose rows are numbered has a head that begins with the number of the row.
    """
    known = is_order_head if is_numbered else is_name_head
    for at in range(len(lines) - 1, max(0, len(lines) - _HIGHEST) - 1, -1):
        text = lines[at].text
        if len(text) > _LONGEST_LINE or not text or is_letter_part(text):
            break
        if known(text) and not text.rstrip().endswith((".", ";", ":")):
            return at
    return len(lines)


def head_row(lines: Sequence[Line], n_columns: int) -> RawRow:
    """Exactly `n_columns` heads out of the lines of a head; blank where words are too few."""
    cells = head_cells([line for line in lines if not _is_of_numbers(line)], n_columns)
    return (*cells, *[EMPTY] * (n_columns - len(cells)))


def _is_of_numbers(line: Line) -> bool:
    """Whether a line only numbers the columns, or some of them: a letter, a number."""
    if _LETTER.fullmatch(line.text):
        return True
    if all(token.is_figure for token in line.tokens):
        return True
    return is_numbering(tuple(cell_of([token]) for token in line.tokens))
