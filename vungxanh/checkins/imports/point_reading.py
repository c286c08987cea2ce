"""A table of points row by row, each with the point or the row that it may repeat.

Nothing but the keys of rows is kept on the way, so a hundred thousand rows fit. The register is
asked about five thousand rows at a time, and whoever waits is told how far reading is.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from vungxanh.checkins.imports.columns import LIMITS, WrittenTable, recognised
from vungxanh.checkins.imports.point_rows import HEADINGS, MOST_ROWS, RowReader
from vungxanh.checkins.queries.imports import alike
from vungxanh.checkins.values.point_rows import Doubted, PointRow
from vungxanh.checkins.values.words import same_key
from vungxanh.documents.grids import lines_of_text, read_lines
from vungxanh.locations.values import UnitId

PASTED: Final = "bang-dan.tsv"
"""The name of a table that was pasted."""
AT_ONCE: Final = 5_000
_BETWEEN: Final = 100
Tell = Callable[[int], None]


def opened(content: bytes, name: str) -> WrittenTable:
    """The table in a file or in what was pasted; its rows are read as they are asked for."""
    lines = (
        lines_of_text(content.decode(), limits=LIMITS)
        if name == PASTED
        else read_lines(content, name=name, limits=LIMITS)
    )
    return recognised(lines, HEADINGS, most_rows=MOST_ROWS)


def rows_of(written: WrittenTable, own: frozenset[UnitId] | None, tell: Tell) -> Iterator[PointRow]:
    """The rows read against the communes, those of the own area where there is one."""
    reader = RowReader(own)
    for n, row in enumerate(written.rows(), start=1):
        if not n % _BETWEEN:
            tell(n)
        yield reader.read(row)


def compared(rows: Iterable[PointRow]) -> Iterator[Doubted]:
    """Each row with what it may repeat: a living point, else an earlier row of the table."""
    first: dict[tuple[str, str, str], int] = {}
    waiting = iter(rows)
    while part := list(islice(waiting, AT_ONCE)):
        entries = [row.entry for row in part if row.entry]
        keys = [same_key(one.name) for one in entries]
        there = alike(entries, keys)
        places = iter(range(len(entries)))
        for row in part:
            if row.entry is None:
                yield Doubted(row)
                continue
            place = next(places)
            key = (row.entry.unit, row.entry.kind.value, keys[place])
            before = first.setdefault(key, row.number)
            if place in there:
                yield Doubted(row, code=there[place])
            else:
                yield Doubted(row, number=0 if before == row.number else before)
