"""Tables whose lines part their cells with a sign: TAB (from DOCX and PDF) or a pipe (Markdown)."""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.letters.tables.depth import depth_of_head, is_listed, n_meant
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.signs import PIPE, TAB, Sign, blocks_of, rows_of
from vungxanh.engines.letters.tables.types import EMPTY, RawCell, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import is_letter_part, is_order_head, is_total

_MOST_CELLS: Final = 100_000
_FEWEST: Final = 3  # columns of a table whose head only numbers the rows


def read_tabs(lines: Sequence[Line]) -> list[RawTable]:
    """Tables whose cells are parted by TAB."""
    return _read(lines, TAB)


def read_pipes(lines: Sequence[Line]) -> list[RawTable]:
    """Tables whose cells are parted by pipes; lines of dashes only part rows."""
    return _read(lines, PIPE)


def _read(lines: Sequence[Line], sign: Sign) -> list[RawTable]:
    tables = (_table(block, sign) for block in blocks_of(lines, sign))
    return [table for table in tables if table is not None]


def _table(block: Sequence[Line], sign: Sign) -> RawTable | None:
    if sum(sign.count(line) for line in block) > _MOST_CELLS:
        return None
    written = rows_of(block, sign)
    while written and any(is_letter_part(cell.text) for cell in written[0].cells):
        written.pop(0)
    width = max((len(row.cells) for row in written), default=0)
    if width < 2 or width * len(written) > _MOST_CELLS:
        return None
    rows = _without_bare_columns(_filled([row.cells for row in written], width))
    n_head = depth_of_head(rows)
    rules = {line.number for line in block if sign.is_rule(line)}
    if not _is_table(rows, n_head, is_ruled=bool(rules)):
        return None
    first, last = written[0].first.number, written[-1].last.number
    return RawTable(
        sign.name, rows, n_head, first - (first - 1 in rules), last + (last + 1 in rules)
    )


def _filled(rows: Sequence[Sequence[RawCell]], width: int) -> list[RawRow]:
    """Rows of full width.

    A total in merged cells has its figures on the right. Wide cells of an upper head stand over
    what is written in the row under it.
    """
    filled = [_padded(row, width) for row in rows]
    if len(rows) > 1 and 1 < len(rows[0]) < width == len(rows[1]):
        filled[0] = _spread(rows[0], rows[1]) or filled[0]
    return filled


def _padded(cells: Sequence[RawCell], width: int) -> RawRow:
    missing = width - len(cells)
    if missing and cells and is_total(cells[0].text):
        return (cells[0], *[EMPTY] * missing, *cells[1:])
    return (*cells, *[EMPTY] * missing)


def _spread(upper: Sequence[RawCell], under: Sequence[RawCell]) -> RawRow | None:
    """Each upper cell over a blank cell or over a run of written ones; None if that fails."""
    row: list[RawCell] = []
    waiting = list(upper)
    for i, cell in enumerate(under):
        is_covered = cell.text and i and under[i - 1].text
        if not is_covered and not waiting:
            return None
        row.append(EMPTY if is_covered else waiting.pop(0))
    return None if waiting else tuple(row)


def _without_bare_columns(rows: Sequence[RawRow]) -> tuple[RawRow, ...]:
    """The rows without columns in which nothing is written."""
    kept = [i for i in range(len(rows[0])) if any(row[i].text for row in rows)]
    return tuple(tuple(row[i] for i in kept) for row in rows)


def _is_table(rows: Sequence[RawRow], n_head: int, *, is_ruled: bool) -> bool:
    """Whether rows of cells are a table and no letterhead, signature or list."""
    width = len(rows[0])
    is_counted = width >= _FEWEST and n_head > 0 and is_order_head(rows[0][0].text)
    if is_counted or (width > 1 and n_meant(rows[:n_head]) > 1):
        return True
    if width < 2 or any(is_letter_part(cell.text) for row in rows for cell in row):
        return False
    is_wide = len(rows) > 1 and (n_head > 0 or width >= _FEWEST)
    return is_ruled or (is_wide and is_listed(rows[n_head:], n_head))
