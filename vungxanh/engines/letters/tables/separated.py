"""Tables whose lines part their cells with a sign: TAB (from DOCX and PDF) or a pipe (Markdown)."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from vungxanh.engines.letters.tables.depth import depth_of_head, is_listed, n_meant
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.types import EMPTY, RawCell, RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import is_letter_part, is_total

_RULE: Final = re.compile(r"[\s|│┃:+=─━┼├┤┌┐└┘┬┴╋-]+")
_PIPE: Final = re.compile(r"(?<!\\)[|│┃]")
_TAB: Final = re.compile(r"\t")
_MOST_COLUMNS: Final = 100
_MOST_CELLS: Final = 100_000
_LONGEST_LINE: Final = 4_000

Splits = Callable[[Line], list[RawCell]]


def read_tabs(lines: Sequence[Line]) -> list[RawTable]:
    """Tables whose cells are parted by TAB."""
    return _read(lines, "cells_between_tabs", _TAB)


def read_pipes(lines: Sequence[Line]) -> list[RawTable]:
    """Tables whose cells are parted by pipes; lines of dashes only part rows."""
    return _read(lines, "cells_between_pipes", _PIPE)


def _read(lines: Sequence[Line], rule: str, sign: re.Pattern[str]) -> list[RawTable]:
    found = []
    for block in _blocks(lines, sign):
        table = _table(block, rule, sign)
        if table is not None:
            found.append(table)
    return found


def _blocks(lines: Sequence[Line], sign: re.Pattern[str]) -> list[list[Line]]:
    """Lines with the sign that follow each other; one blank line does not end a block."""
    blocks: list[list[Line]] = []
    last = -2
    for line in lines:
        if not _is_row(line, sign):
            continue
        if line.number > last + 1 or line.n_blank > 1:
            blocks.append([])
        blocks[-1].append(line)
        last = line.number
    return blocks


def _is_row(line: Line, sign: re.Pattern[str]) -> bool:
    if not sign.search(line.text):
        return sign is _PIPE and _is_rule(line)
    return len(line.text) <= _LONGEST_LINE and len(sign.findall(line.text)) <= _MOST_COLUMNS


def _is_rule(line: Line) -> bool:
    """Whether a line of dashes only parts rows."""
    return "--" in line.text and _RULE.fullmatch(line.text) is not None


def _table(block: Sequence[Line], rule: str, sign: re.Pattern[str]) -> RawTable | None:
    kept = [line for line in block if not (sign is _PIPE and _is_rule(line))]
    if len(block) * 2 > _MOST_CELLS or not kept:
        return None
    edges = _edges(kept) if sign is _PIPE else slice(None)
    entries = [(line, _split(line, sign)[edges]) for line in kept]
    while entries and any(is_letter_part(cell.text) for cell in entries[0][1]):
        entries.pop(0)
    width = max((len(cells) for _, cells in entries), default=0)
    if width < 2 or width * len(entries) > _MOST_CELLS:
        return None
    rows = tuple(_padded(cells, width) for _, cells in entries)
    rows = _without_bare_columns(rows)
    n_head = depth_of_head(rows)
    if not _is_table(rows, n_head, is_ruled=len(kept) < len(block)):
        return None
    return RawTable(rule, rows, n_head, entries[0][0].number, entries[-1][0].number)


def _split(line: Line, sign: re.Pattern[str]) -> list[RawCell]:
    edges = [match.span() for match in sign.finditer(line.text)]
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), len(line.text)]
    return [line.cell(start, end) for start, end in zip(starts, ends, strict=True)]


def _edges(lines: Sequence[Line]) -> slice:
    """Which cells are left of those that stand outside the outer pipes, where all have them."""
    bare = [line.text.strip() for line in lines]
    is_open = all(_PIPE.match(text) for text in bare)
    is_shut = all(_PIPE.match(text[-1]) for text in bare)
    return slice(1 if is_open else None, -1 if is_shut else None)


def _padded(cells: Sequence[RawCell], width: int) -> RawRow:
    """A row of full width; a total in merged cells has its figures on the right."""
    missing = width - len(cells)
    if missing and cells and is_total(cells[0].text):
        return (cells[0], *[EMPTY] * missing, *cells[1:])
    return (*cells, *[EMPTY] * missing)


def _without_bare_columns(rows: tuple[RawRow, ...]) -> tuple[RawRow, ...]:
    """The rows without columns in which nothing is written."""
    kept = [i for i in range(len(rows[0])) if any(row[i].text for row in rows)]
    return tuple(tuple(row[i] for i in kept) for row in rows)


def _is_table(rows: Sequence[RawRow], n_head: int, *, is_ruled: bool) -> bool:
    """Whether rows of cells are a table and no letterhead, signature or list."""
    width = len(rows[0]) if rows else 0
    if width < 2 or any(is_letter_part(cell.text) for row in rows for cell in row):
        return False
    if is_ruled or n_meant(rows[:n_head]) > 1:
        return True
    if len(rows) < 2:
        return False
    return is_listed(rows[n_head:], n_head)
