"""The tables of a letter, in their order."""

from collections.abc import Callable, Sequence
from typing import Final

from vungxanh.engines.letters.tables.assembly import Source, found_of
from vungxanh.engines.letters.tables.forms import read_forms
from vungxanh.engines.letters.tables.repeats import without_repeats
from vungxanh.engines.letters.tables.rows import Line, lines_of
from vungxanh.engines.letters.tables.separated import read_pipes, read_tabs
from vungxanh.engines.letters.tables.settings import read_set
from vungxanh.engines.letters.tables.types import RawTable, TableFound, apart
from vungxanh.engines.letters.types import Places

# In the order of their trust: what an earlier shape has read no later one reads again.
_SHAPES: Final[tuple[Callable[[Sequence[Line]], list[RawTable]], ...]] = (
    read_pipes,
    read_tabs,
    read_set,
    read_forms,
)


def find_tables(
    letter: str,
    *,
    start: int = 0,
    end: int | None = None,
    places: Places | None = None,
    province: str | None = None,
) -> tuple[TableFound, ...]:
    """The tables between two offsets of a letter, in the order in which they stand.

    `places` tells which units exist, `province` the code of the one that the letter speaks of;
    with them a column "gso_2021" (the year of their tree) stands after the names. Never raises,
    whatever the text is; of very long texts `rows.MOST_LINES` lines are read.

    >>> (found,) = find_tables("STT  Địa phương  Dân số\\n1    Huyện A      1.200\\n")
    >>> found.letter.rows, found.letter.computed_totals
    (((1, 'Huyện A', 1200),), {'population': 1200})
    """
    lines = without_repeats(lines_of(letter, start, len(letter) if end is None else end))
    source = Source(letter, lines, places, province)
    found: list[TableFound] = []
    floor = 0
    for raw in _raws(lines):
        found.append(found_of(raw, source, floor))
        floor = raw.last + 1
    return tuple(found)


def _raws(lines: Sequence[Line]) -> list[RawTable]:
    taken: list[RawTable] = []
    for shape in _SHAPES:
        taken = apart([*taken, *shape(_blanked(lines, taken))])
    return sorted(taken, key=lambda raw: raw.first)


def _blanked(lines: Sequence[Line], taken: Sequence[RawTable]) -> list[Line]:
    """The lines, those of tables that are read already as if nothing stood in them."""
    left = list(lines)
    for raw in taken:
        for line in lines[raw.first : raw.last + 1]:
            left[line.number] = Line(line.number, line.start, "")
    return left
