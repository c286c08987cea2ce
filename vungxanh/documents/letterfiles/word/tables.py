"""Where the cells of a Word table stand, and whether the table holds figures or only places text.

Letterheads and the end of a letter are tables of two columns without rules. Their columns are read
one after the other; every other table is read row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.phrases import are_figures, stands_in_two_columns
from vungxanh.documents.letterfiles.refusals import too_large
from vungxanh.documents.letterfiles.word.styles import Styles, whole
from vungxanh.refusals import Words

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
_NO_LINE: Final = frozenset({"none", "nil"})
_COLUMNS_OF_A_LAYOUT: Final = 2
_MOST_LAYOUT_ROWS: Final = 12
_INNER: Final = ("insideV", "left", "right", "start", "end")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its first column from 0, how many columns it covers, what it holds.

    `continues` says that the cell above covers it too.
    """

    column: int
    span: int
    continues: bool
    content: Element


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table; `is_ruled` says that lines are drawn between its columns."""

    rows: tuple[tuple[Place, ...], ...]
    n_columns: int
    is_ruled: bool

    def layout_columns(self, texts: dict[Element, str]) -> tuple[int, ...] | None:
        """The first columns of a table that only places text, None for a table to be kept.

        `texts` are the words of its cells.
        """
        filled = [place for row in self.rows for place in row if texts[place.content]]
        narrow = [place for place in filled if place.span < self.n_columns]
        columns = tuple(sorted({place.column for place in narrow})) or (0,)
        if len(columns) > _COLUMNS_OF_A_LAYOUT or len(self.rows) > _MOST_LAYOUT_ROWS:
            return None
        words = [texts[place.content] for place in filled]
        if self.is_ruled and len(columns) > 1 and not any(map(stands_in_two_columns, words)):
            return None
        last = [texts[place.content] for place in narrow if place.column == columns[-1]]
        return None if len(columns) > 1 and are_figures(last) else columns


def table_of(element: Element, styles: Styles, limits: Limits) -> Table:
    """The places of a table; deleted rows are not there. Refuses a table of too many cells."""
    rows: list[tuple[Place, ...]] = []
    n_columns = 0
    for row in _held(element, "tr"):
        if row.find("trPr/del") is not None:
            continue
        places = tuple(_places(row))
        rows.append(places)
        n_columns = max(n_columns, _width(row, places))
        if n_columns * len(rows) > limits.table_cells:
            raise too_large(Words("Bảng", "The table"), limits.table_cells, Words("ô", "cells"))
    return Table(tuple(rows), n_columns, _is_ruled(element, styles))


def _held(holder: Element, tag: str) -> Iterator[Element]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _held(child, tag)


def _places(row: Element) -> Iterator[Place]:
    column = _number(row, "trPr/gridBefore", 0)
    for cell in _held(row, "tc"):
        span = max(_number(cell, "tcPr/gridSpan", 1), 1)
        merged = cell.find("tcPr/vMerge")
        continues = merged is not None and merged.get("val", "continue") == "continue"
        yield Place(column, span, continues, cell)
        column += span


def _width(row: Element, places: tuple[Place, ...]) -> int:
    last = places[-1].column + places[-1].span if places else 0
    return last + _number(row, "trPr/gridAfter", 0)


def _number(element: Element, path: str, default: int) -> int:
    found = element.find(path)
    return default if found is None else whole(found.get("val"), default)


def _is_ruled(table: Element, styles: Styles) -> bool:
    own = table.find("tblPr/tblBorders")
    style = table.find("tblPr/tblStyle")
    if own is None and style is not None:
        own = styles.borders(style.get("val"))
    if own is not None and _draws(own, ("insideV",)):
        return not _all_cells_unruled(table)
    return any(_draws(borders, _INNER) for borders in table.findall("tr/tc/tcPr/tcBorders"))


def _all_cells_unruled(table: Element) -> bool:
    cells = table.findall("tr/tc")
    borders = [cell.find("tcPr/tcBorders") for cell in cells]
    return all(each is not None and _erases(each) for each in borders)


def _draws(borders: Element, sides: tuple[str, ...]) -> bool:
    found = [borders.find(side) for side in sides]
    return any(side is not None and side.get("val", "none") not in _NO_LINE for side in found)


def _erases(borders: Element) -> bool:
    """Whether a cell's own borders take those of its table away at both sides."""
    return not _draws(borders, _INNER) and any(borders.find(side) is not None for side in _INNER)
