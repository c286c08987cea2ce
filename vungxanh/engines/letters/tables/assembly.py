"""A raw table becomes what the reading, the checks and the page need of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks import CheckError, Table, recognise
from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables.cells import evidence_around, values_of
from vungxanh.engines.letters.tables.codes import Codes, codes_of
from vungxanh.engines.letters.tables.meanings import CODES, elements_of, heads_of, meanings_of
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.titles import Title, title_above
from vungxanh.engines.letters.tables.totals import totals_of
from vungxanh.engines.letters.tables.types import RawRow, RawTable, TableFound
from vungxanh.engines.letters.tables.vocabulary import is_total
from vungxanh.engines.letters.types import CellValue, LetterTable, Places, Step

Values = tuple[CellValue, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table is looked for: the letter, its lines, and which units exist."""

    letter: str
    lines: Sequence[Line]
    places: Places | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    heads: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    elements: tuple[str | None, ...]

    def position(self, role: str) -> int | None:
        """The place of the first column of a role, from 0."""
        found = (i for i, meaning in enumerate(self.meanings) if meaning.role == role)
        return next(found, None)


def found_of(raw: RawTable, source: Source, floor: int) -> TableFound:
    """The table with its title; nothing above line `floor` belongs to it."""
    title = title_above(source.lines, raw.first, floor)
    grid = _grid(raw)
    letter = _letter_table(raw, source, title)
    table = _recognised(grid, letter)
    return TableFound(
        letter, grid, table, _cells(raw, source.letter), (_step(raw, letter, source),)
    )


def _letter_table(raw: RawTable, source: Source, title: Title) -> LetterTable:
    n_columns = len(raw.rows[0])
    heads = heads_of(raw.head, n_columns)
    meanings = meanings_of(heads)
    columns = _Columns(heads, meanings, elements_of(meanings))
    body = [row for row in raw.body if _says_more_than_order(row, columns)]
    values = _values(body, columns)
    sums = [_is_total_row(row) for row in body]
    units = [row for row, is_sum in zip(values, sums, strict=True) if not is_sum]
    is_blank = not any(_has_figures(row, columns) for row in values)
    table = LetterTable(
        title=title.text,
        as_of=title.as_of,
        columns=columns.heads,
        rows=tuple(values),
        span=_span(raw, source.lines, title),
        elements=columns.elements,
        total_row_present=any(sums),
        computed_totals=totals_of(units, columns.meanings, columns.elements),
        is_blank_form=is_blank,
        filled_by=title.filled_by if is_blank else None,
    )
    return _with_codes(table, columns, source, sums)


def _says_more_than_order(row: RawRow, columns: _Columns) -> bool:
    order = columns.position("order")
    return any(cell.text.strip(".…- ") for i, cell in enumerate(row) if i != order)


def _has_figures(row: Sequence[CellValue], columns: _Columns) -> bool:
    named = {columns.position("order"), columns.position("name")}
    return any(value is not None for i, value in enumerate(row) if i not in named)


def _values(body: Sequence[RawRow], columns: _Columns) -> list[Values]:
    around = evidence_around(cell.text for row in body for cell in row)
    by_column = [
        values_of([row[i].text for row in body], meaning, around)
        for i, meaning in enumerate(columns.meanings)
    ]
    return list(zip(*by_column, strict=True)) if body else []


def _is_total_row(row: RawRow) -> bool:
    words = next((cell.text for cell in row if cell.text and not cell.text.isdecimal()), "")
    return is_total(words)


def _with_codes(
    table: LetterTable, columns: _Columns, source: Source, sums: Sequence[bool]
) -> LetterTable:
    """The table with a column of codes after its names, where the names are units."""
    at = columns.position("name")
    if at is None:
        return table
    lines = list(zip(table.rows, sums, strict=True))
    names = [_name(row[at]) for row, is_sum in lines if not is_sum]
    known = codes_of(names, source.places, source.province)
    if known is None:
        return table
    return replace(
        table,
        columns=_inserted(table.columns, at, CODES),
        elements=_inserted(table.elements, at, CODES),
        rows=tuple(_rows_with(lines, at, known)),
    )


def _name(value: CellValue) -> str:
    return value if isinstance(value, str) else ""


def _rows_with(lines: Sequence[tuple[Values, bool]], at: int, known: Codes) -> list[Values]:
    codes = iter(known)
    return [_inserted(row, at, None if is_sum else next(codes)) for row, is_sum in lines]


def _inserted(row: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    return (*row[: at + 1], value, *row[at + 1 :])


def _grid(raw: RawTable) -> Grid:
    rows = tuple(
        tuple(Cell(r, c, cell.text, cell.text or None) for c, cell in enumerate(row, start=1))
        for r, row in enumerate(raw.rows, start=1)
    )
    return Grid(name="", kind="text", rows=rows)


def _recognised(grid: Grid, letter: LetterTable) -> Table | None:
    """The table of the checks, with title and moment of the letter's; None if they refuse it."""
    try:
        table = recognise(grid)
    except CheckError:
        return None
    return replace(table, title=letter.title or "", as_of=_moment(letter.as_of))


def _moment(as_of: str | None) -> date | datetime | None:
    if as_of is None:
        return None
    return datetime.fromisoformat(as_of) if "T" in as_of else date.fromisoformat(as_of)


def _cells(raw: RawTable, letter: str) -> dict[tuple[int, int], tuple[Span, ...]]:
    return {
        (r, c): _run_together(cell.spans, letter)
        for r, row in enumerate(raw.rows, start=1)
        for c, cell in enumerate(row, start=1)
        if cell.spans
    }


def _run_together(spans: Sequence[Span], letter: str) -> tuple[Span, ...]:
    """Stretches with nothing but blanks and marks of bold between them are one."""
    runs: list[Span] = []
    for start, end in spans:
        if runs and not letter[runs[-1][1] : start].strip("* \t\n\r\f\v"):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return tuple(runs)


def _span(raw: RawTable, lines: Sequence[Line], title: Title) -> Span:
    first, last = lines[title.first], lines[raw.last]
    start = first.start + len(first.text) - len(first.text.lstrip())
    return (start, last.start + len(last.text.rstrip()))


def _step(raw: RawTable, letter: LetterTable, source: Source) -> Step:
    start, end = letter.span
    says = f"{len(letter.rows)} × {len(letter.columns)}"
    return Step(f"tables.{raw.rule}", letter.span, source.letter[start:end][:80], says)
