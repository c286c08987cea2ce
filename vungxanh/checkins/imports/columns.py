"""Which column of a table says what, recognised from its heading in Vietnamese or English."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from vungxanh.checkins.values import import_refusals as refusals
from vungxanh.core.headings import (
    MOST_ROWS_ABOVE,
    Column,
    Headings,
    WrittenRow,
    heading_of,
    letters_of,
    unmarked,
)
from vungxanh.documents.grids import Limits, Line, Lines
from vungxanh.refusals import Words

LIMITS: Final = Limits(
    file_bytes=32 * 1024 * 1024,
    unpacked_bytes=256 * 1024 * 1024,
    xml_elements=8_000_000,
    rows=110_000,
    columns=60,
    cells=2_500_000,
)
"""A hundred thousand rows of two dozen columns."""
PLACES: Final[Headings] = {
    "unit_id": ("ma dia ban", "ma don vi hanh chinh", "ma xa", "ma dvhc", "unit", "unit id"),
    "province": ("tinh", "tinh thanh", "tinh thanh pho", "province", "city"),
    "district": ("huyen", "quan huyen", "huyen thi xa thanh pho", "district"),
    "commune": (
        *("xa", "phuong", "xa phuong", "phuong xa", "xa phuong thi tran", "phuong xa thi tran"),
        *("xa phuong dac khu", "commune", "ward"),
    ),
    "area": ("dia ban", "thuoc dia ban", "don vi hanh chinh", "area"),
}
"""The columns that say in which commune something is."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table whose columns were recognised; its rows are gone through once.

    `n_about` is how many rows there are, or a few more.
    """

    columns: tuple[Column, ...]
    body: Iterable[Line]
    n_about: int
    most_rows: int
    warnings: tuple[Words, ...] = ()

    def rows(self) -> Iterator[WrittenRow]:
        """The rows that say something; refused where there are none, or too many."""
        fields = [(place, one.field) for place, one in enumerate(self.columns) if one.field]
        n_rows = 0
        for number, written in self.body:
            n_rows += any(written)
            if n_rows > self.most_rows:
                continue
            width = len(written)
            texts = {
                field: unmarked(written[place]) if place < width else "" for place, field in fields
            }
            if any(texts.values()):
                yield WrittenRow(number, texts)
        if n_rows > self.most_rows:
            raise refusals.too_many_rows(n_rows, self.most_rows)
        if not n_rows:
            raise refusals.no_rows()

    def letters(self) -> dict[str, str]:
        """The column of each field that has one."""
        return letters_of(self.columns)


def recognised(lines: Lines, headings: Headings, *, most_rows: int) -> WrittenTable:
    """The table of lines: the heading is the first row that names a name and something more."""
    rows = iter(lines.rows)
    above = list(islice(rows, MOST_ROWS_ABOVE))
    found = heading_of((line.texts for line in above), headings)
    if found is None:
        raise refusals.no_heading(_first(above))
    place, columns = found
    body = chain(above[place + 1 :], rows)
    return WrittenTable(columns, body, lines.n_about, most_rows, lines.warnings)


def _first(above: Sequence[Line]) -> str:
    heads = (text for line in above[:1] for text in line.texts if text)
    return ", ".join(heads)[:120] or "–"
