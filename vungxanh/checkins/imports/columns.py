"""Which column of a table says what, recognised from its heading in Vietnamese or English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.checkins.values import import_refusals as refusals
from vungxanh.documents.escaping import looks_like_formula
from vungxanh.documents.grids import Cell, Grid, Limits, column_letters
from vungxanh.engines.names import fold

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
    """A table whose columns were recognised; its rows are read as they are asked for."""

    columns: tuple[Column, ...]
    body: Sequence[Sequence[Cell]]

    def rows(self) -> Iterator[WrittenRow]:
        """The rows that say something."""
        fields = [(place, one.field) for place, one in enumerate(self.columns) if one.field]
        for row in self.body:
            texts = {field: _text(row[place]) for place, field in fields}
            if any(texts.values()):
                yield WrittenRow(row[0].row, texts)

    def letters(self) -> dict[str, str]:
        """The column of each field that has one."""
        return {one.field: one.letters for one in self.columns if one.field}


def recognised(grid: Grid, headings: Headings, *, most_rows: int) -> WrittenTable:
    """The table of a grid: the heading is the first row that names a name and something more."""
    field_of = {head: field for field, heads in headings.items() for head in heads}
    for place, row in enumerate(grid.rows[:MOST_ROWS_ABOVE]):
        columns = _columns(row, field_of)
        fields = {one.field for one in columns} - {""}
        if "name" in fields and len(fields) > 1:
            table = WrittenTable(columns, grid.rows[place + 1 :])
            _check_length(table, most_rows)
            return table
    raise refusals.no_heading(_first(grid))


def _columns(row: Sequence[Cell], field_of: Mapping[str, str]) -> tuple[Column, ...]:
    seen: set[str] = set()
    found = []
    for cell in row:
        key = fold(cell.text.partition("(")[0])
        field = "" if key in _NUMBERS else field_of.get(key, "")
        found.append(Column(column_letters(cell.column), cell.text, "" if field in seen else field))
        seen.add(field)
    return tuple(found)


def _check_length(table: WrittenTable, most_rows: int) -> None:
    if next(table.rows(), None) is None:
        raise refusals.no_rows()
    n_rows = sum(any(cell.text for cell in row) for row in table.body)
    if n_rows > most_rows:
        raise refusals.too_many_rows(n_rows, most_rows)


def _first(grid: Grid) -> str:
    heads = (cell.text for cell in (grid.rows[0] if grid.rows else ()) if cell.text)
    return ", ".join(heads)[:120] or "–"


def _text(cell: Cell) -> str:
    """The words of a cell; the apostrophe that our own files put before a formula is dropped."""
    text = cell.text.strip()
    is_marked = text.startswith("'") and looks_like_formula(text[1:])
    return text[1:] if is_marked else text
