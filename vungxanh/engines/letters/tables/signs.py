"""Lines whose cells are parted by a sign: blocks of them, and their cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.types import EMPTY, RawCell
from vungxanh.engines.letters.tables.vocabulary import is_designator, is_note, is_order_head

_RULE: Final = re.compile(r"[\s|│┃:+=─━═┼├┤┌┐└┘┬┴╋╞╡╪-]+")
_DASHES: Final = ("--", "==", "──", "━━", "══")
_MOST_COLUMNS: Final = 100
_LONGEST_LINE: Final = 4_000
_MOST_BLANK: Final = 3  # blank lines inside a block, where its lines have equally many cells
_LONGEST_REST: Final = 60  # characters of a line that is the rest of a cell


@dataclass(frozen=True, slots=True)
class Sign:
    """What parts the cells of a line."""

    name: str
    pattern: re.Pattern[str]
    has_rules: bool = False

    def count(self, line: Line) -> int:
        """How often it stands in a line; 0 where there are too many for a table."""
        if not self.pattern.search(line.text) or len(line.text) > _LONGEST_LINE:
            return 0
        n_signs = len(self.pattern.findall(line.text))
        return n_signs if n_signs <= _MOST_COLUMNS else 0

    def is_rule(self, line: Line) -> bool:
        """Whether a line of dashes only parts rows."""
        if not self.has_rules or not any(dashes in line.text for dashes in _DASHES):
            return False
        return _RULE.fullmatch(line.text) is not None


TAB: Final = Sign("cells_between_tabs", re.compile(r"\t"))
PIPE: Final = Sign("cells_between_pipes", re.compile(r"(?<!\\)[|│┃]"), has_rules=True)


@dataclass(slots=True)
class Row:
    """The cells of a row and the lines from which to which it goes."""

    cells: list[RawCell]
    first: Line
    last: Line


def blocks_of(lines: Sequence[Line], sign: Sign) -> list[list[Line]]:
    """Lines with the sign that follow each other, rules among them.

    A blank line does not end a block, nor do several before a line of as many cells; nor does a
    line without the sign, where the line above lacks cells that the line below has.
    """
    blocks: list[list[Line]] = []
    for i, line in enumerate(lines):
        n_signs = sign.count(line)
        block = blocks[-1] if blocks else []
        if n_signs or sign.is_rule(line):
            if not _goes_on(block, line, sign):
                blocks.append([])
            blocks[-1].append(line)
        elif _is_rest(block, line, sign) and any(map(sign.count, lines[i + 1 : i + 2])):
            block.append(line)
    return blocks


def _goes_on(block: Sequence[Line], line: Line, sign: Sign) -> bool:
    if not block or block[-1].number != line.number - 1 or line.n_blank > _MOST_BLANK:
        return False
    is_even = sign.count(block[-1]) == sign.count(line) and not is_order_head(line.text)
    return line.n_blank < 2 or is_even


def _is_rest(block: Sequence[Line], line: Line, sign: Sign) -> bool:
    """Whether a line without the sign goes on with the last cell of an unfinished row."""
    if not block or block[-1].number != line.number - 1 or sign.has_rules or line.n_blank:
        return False
    n_signs = max(sign.count(above) for above in block[:3])
    is_new = is_designator(line.text) or is_note(line.text) or len(line.text) > _LONGEST_REST
    return 0 < sign.count(block[-1]) < n_signs and not is_new


def rows_of(block: Sequence[Line], sign: Sign) -> list[Row]:
    """The rows of a block: lines, or all lines between two rules of a grid."""
    kept = [line for line in block if not sign.is_rule(line)]
    rows = [Row(_split(line, sign), line, line) for line in kept]
    if sign.has_rules:
        edges = _edges(kept)
        for row in rows:
            row.cells = row.cells[edges]
    if any(line.text.lstrip()[:1] in tuple("+├╞┌") for line in block):
        return _between_rules(rows, block, sign)
    return rows if sign.has_rules else _rejoined(rows)


def _split(line: Line, sign: Sign) -> list[RawCell]:
    edges = [match.span() for match in sign.pattern.finditer(line.text)]
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), len(line.text)]
    return [line.cell(start, end) for start, end in zip(starts, ends, strict=True)]


def _edges(lines: Sequence[Line]) -> slice:
    """Which cells are left of those that stand outside the outer pipes, where all have them."""
    bare = [line.text.strip() for line in lines]
    is_open = all(PIPE.pattern.match(text) for text in bare)
    is_shut = all(PIPE.pattern.match(text[-1]) for text in bare)
    return slice(1 if is_open else None, -1 if is_shut else None)


def _between_rules(rows: Sequence[Row], block: Sequence[Line], sign: Sign) -> list[Row]:
    """The lines between two rules as one row."""
    joined: list[Row] = []
    written = iter(rows)
    is_new = True
    for line in block:
        if sign.is_rule(line):
            is_new = True
            continue
        row = next(written)
        if is_new or not joined:
            joined.append(row)
        else:
            _join_cells(joined[-1], row)
        is_new = False
    return joined


def _join_cells(row: Row, other: Row) -> None:
    n_cells = max(len(row.cells), len(other.cells))
    above = row.cells + [EMPTY] * (n_cells - len(row.cells))
    under = other.cells + [EMPTY] * (n_cells - len(other.cells))
    row.cells = [a.joined(b) for a, b in zip(above, under, strict=True)]
    row.last = other.last


def _rejoined(rows: Sequence[Row]) -> list[Row]:
    """Rows broken inside a cell are put together, as long as they do not grow too wide."""
    width = max((len(row.cells) for row in rows), default=0)
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is not None and _are_halves(last, row, width):
            middle = last.cells[-1].joined(row.cells[0])
            last.cells = [*last.cells[:-1], middle, *row.cells[1:]]
            last.last = row.last
        else:
            joined.append(row)
    return joined


def _are_halves(row: Row, rest: Row, width: int) -> bool:
    n_cells = len(row.cells) + len(rest.cells) - 1
    is_open = len(row.cells) < width and bool(row.cells[-1].text) and bool(rest.cells[0].text)
    return is_open and n_cells <= width and not rest.cells[0].text[0].isdecimal()
