"""A raw table becomes what the reading, the checks and the page need of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks import CheckError, Table, recognise
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables.lettertables import letter_table
from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.titles import Title, title_above
from vungxanh.engines.letters.tables.types import RawTable, TableFound
from vungxanh.engines.letters.types import LetterTable, Places, Step

_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table is looked for: the letter, its lines, and which units exist."""

    letter: str
    lines: Sequence[Line]
    places: Places | None = None
    province: str | None = None


def found_of(raw: RawTable, source: Source, floor: int) -> TableFound:
    """The table with its title; nothing above line `floor` belongs to it."""
    title = title_above(source.lines, raw.first, floor)
    span = _span(raw, source.lines, title)
    letter = letter_table(raw, title, span, places=source.places, province=source.province)
    grid = _grid(raw)
    cells = _cells(raw, source.letter)
    return TableFound(letter, grid, _recognised(grid, letter), cells, (_step(raw, letter, source),))


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
        if runs and not letter[runs[-1][1] : start].strip("* \t\n\r\f\v\xa0"):
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
    kind = "biểu mẫu" if letter.is_blank_form else "bảng"
    says = f"{kind} {len(letter.rows)} dòng, {len(letter.columns)} cột"
    return Step(f"tables.{raw.rule}", letter.span, source.letter[start:end][:_LONGEST_QUOTE], says)
