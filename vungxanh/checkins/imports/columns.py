"""Which column of a table says what, recognised from its heading in Vietnamese or English."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from vungxanh.checkins.values import import_refusals as refusals
from vungxanh.documents.escaping import looks_like_formula
from vungxanh.documents.grids import Limits, Line, Lines, column_letters
from vungxanh.engines.names import fold
from vungxanh.refusals import Words

MOST_ROWS_ABOVE: Final = 20
"""Titles may stand above the heading."""
LIMITS: Final = Limits(
    file_bytes=32 * 1024 * 1024,
    unpacked_bytes=256 * 1024 * 1024,
    xml_elements=8_000_000,
    rows=110_000,
    columns=60,
    cells=2_500_000,
)
"""A hundred thousand rows of two dozen columns."""
Headings = Mapping[str, tuple[str, ...]]
"""The headings of each field, in small letters without accents."""

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
_NUMBERS: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letters, its heading as written and the field that it fills, "" for none."""

    letters: str
    head: str
    field: str


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row as it was written: its number in the sheet and its texts by field."""

    number: int
    texts: Mapping[str, str]


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
                field: _text(written[place]) if place < width else "" for place, field in fields
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


def letters_of(columns: Iterable[Column]) -> dict[str, str]:
    """The column of each field that has one."""
    return {one.field: one.letters for one in columns if one.field}


def recognised(lines: Lines, headings: Headings, *, most_rows: int) -> WrittenTable:
    """The table of lines: the heading is the first row that names a name and something more."""
    field_of = {head: field for field, heads in headings.items() for head in heads}
    rows = iter(lines.rows)
    above = list(islice(rows, MOST_ROWS_ABOVE))
    for place, (_number, texts) in enumerate(above):
        columns = _columns(texts, field_of)
        fields = {one.field for one in columns} - {""}
        if "name" in fields and len(fields) > 1:
            body = chain(above[place + 1 :], rows)
            return WrittenTable(columns, body, lines.n_about, most_rows, lines.warnings)
    raise refusals.no_heading(_first(above))


def _columns(texts: Sequence[str], field_of: Mapping[str, str]) -> tuple[Column, ...]:
    seen: set[str] = set()
    found = []
    for column, text in enumerate(texts, start=1):
        key = fold(text.partition("(")[0])
        field = "" if key in _NUMBERS else field_of.get(key, "")
        found.append(Column(column_letters(column), text, "" if field in seen else field))
        seen.add(field)
    return tuple(found)


def _first(above: Sequence[Line]) -> str:
    heads = (text for line in above[:1] for text in line.texts if text)
    return ", ".join(heads)[:120] or "–"


def _text(text: str) -> str:
    """The words of a cell; the apostrophe that our own files put before a formula is dropped."""
    if not text.startswith("'"):
        return text
    return text[1:] if looks_like_formula(text[1:]) else text
