"""One page to lines of text: tables row by row, columns one after the other, the rest downwards."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median_low
from typing import Final

from vungxanh.documents.letterfiles.pages.boxes import Line, Page, Word
from vungxanh.documents.letterfiles.pages.columns import Gutter, gutters
from vungxanh.documents.letterfiles.pages.rows import Row, rows_of
from vungxanh.documents.letterfiles.pages.ruled import RuledTable, tables_of

_COLUMNS_OF_A_TABLE: Final = 3
# A paragraph begins after a gap wider than that between lines, or with an indent.
_WIDER: Final = 1.3
_INDENT: Final = 0.8
_APART: Final = 1.8
_SHORT: Final = 0.8
_MOST_NESTED: Final = 3

Edges = tuple[float, float]


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in the order of reading."""
    left, lines = list(page.words), list[Line]()
    for table in tables_of(page):
        inside, above, below = _parted(left, table)
        rows = ["\t".join(cells) for cells in table.rows(inside)]
        lines += _text_lines(above)
        lines += [Line(row, opens=place == 0) for place, row in enumerate(rows)]
        left = below
    return lines + _text_lines(left)


def _parted(words: Sequence[Word], table: RuledTable) -> tuple[list[Word], list[Word], list[Word]]:
    """The words inside a table, those above its lower edge, and those below."""
    inside, above, below = list[Word](), list[Word](), list[Word]()
    for word in words:
        if table.holds(word):
            inside.append(word)
        else:
            (above if word.height <= table.bottom else below).append(word)
    return inside, above, below


def _text_lines(words: Sequence[Word]) -> list[Line]:
    return list(_flowed(rows_of(words), depth=0)) if words else []


def _flowed(rows: Sequence[Row], *, depth: int) -> Iterator[Line]:
    """Rows with their columns read one after the other."""
    done, edges = 0, None if depth else _edges(rows)
    for gutter in gutters(rows) if depth < _MOST_NESTED else ():
        yield from _straight(rows[done : gutter.first], edges)
        yield from _columns(rows[gutter.first : gutter.last], gutter, depth=depth)
        done = gutter.last
    yield from _straight(rows[done:], edges)


def _edges(rows: Sequence[Row]) -> Edges:
    return min(row.left for row in rows), max(row.right for row in rows)


def _columns(rows: Sequence[Row], gutter: Gutter, *, depth: int) -> Iterator[Line]:
    halves = [gutter.sides(row) for row in rows]
    for side in (0, 1):
        column = [Row(tuple(half[side])) for half in halves if half[side]]
        for place, line in enumerate(_flowed(column, depth=depth + 1)):
            yield Line(line.text, opens=line.opens or place == 0)


def _straight(rows: Sequence[Row], edges: Edges | None) -> Iterator[Line]:
    """Rows of one column, and tables without lines among them."""
    for is_table, group in groupby(rows, key=lambda row: len(row.segments) >= _COLUMNS_OF_A_TABLE):
        block = list(group)
        if is_table and len(block) > 1:
            yield from _unruled(block)
        else:
            yield from _paragraphs(block, edges)


def _unruled(rows: Sequence[Row]) -> Iterator[Line]:
    """Rows of at least three segments: cells are parted where all rows are free."""
    stretches = sorted((s.left, s.right) for row in rows for s in row.segments)
    columns: list[list[float]] = []
    for left, right in stretches:
        if columns and left <= columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
    for place, row in enumerate(rows):
        cells = [
            " ".join(s.text for s in row.segments if left <= s.left <= right)
            for left, right in columns
        ]
        yield Line("\t".join(cells), opens=place == 0)


def _paragraphs(rows: Sequence[Row], edges: Edges | None) -> Iterator[Line]:
    """Rows as lines; in a column (without edges) only a wide gap parts paragraphs."""
    gaps = [below.base - above.base for above, below in pairwise(rows)]
    usual = median_low(gaps) if gaps else 0.0
    yield Line(rows[0].text, opens=True, closes=_closes(rows[0], edges))
    for gap, (above, row) in zip(gaps, pairwise(rows), strict=True):
        if edges is None:
            opens = gap > _APART * row.size
        else:
            opens = gap > _WIDER * usual or _closes(above, edges) or _begins(row, above, edges)
        yield Line(row.text, opens=opens, closes=_closes(row, edges))


def _begins(row: Row, above: Row, edges: Edges) -> bool:
    """Whether a row is indented and the one above is not."""
    return row.left > edges[0] + _INDENT * row.size >= above.left


def _closes(row: Row, edges: Edges | None) -> bool:
    """Whether a row ends well before the right edge."""
    return edges is None or row.right < edges[0] + _SHORT * (edges[1] - edges[0])
