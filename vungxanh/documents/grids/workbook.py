"""An XLSX workbook to a grid: one sheet, typed values, no computing.

openpyxl reads the list of sheets and the formats, screened by `archive`; `sheets` hears the cells,
`stored` says what they mean. Formula cells give the value that the writing program stored.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from openpyxl.reader.excel import ExcelReader, apply_stylesheet

from vungxanh.documents.grids.archive import Archive
from vungxanh.documents.grids.cells import Cell, Grid, column_letters
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.merging import Area
from vungxanh.documents.grids.oldletters import of_strings, was_converted
from vungxanh.documents.grids.refusals import Reason, refused
from vungxanh.documents.grids.sheets import Outline, Strings
from vungxanh.documents.grids.stored import Meanings
from vungxanh.documents.grids.typed import Written, cell_of
from vungxanh.refusals import Words

_BOOK: Final = "xl/workbook.xml"
_NAMED: Final = 12


class _Sheet(NamedTuple):
    """A sheet of the workbook: its name, and what its part holds."""

    title: str
    outline: Outline


def grid_of_archive(archive: Archive, *, name: str, limits: Limits) -> Grid:
    """The first visible sheet that holds anything; other filled sheets are named in a warning."""
    check_kind(archive)
    outlines = {part: Outline(limits) for part in archive.sheets()}
    strings = Strings(limits)
    archive.hear(outlines, strings)
    reader = opened(archive.screened())
    chosen, *others = _filled_sheets(reader, outlines)[: limits.sheets]
    if chosen.outline.fault:
        raise chosen.outline.fault
    shared, legacy = of_strings(strings.found)
    written = list(_written(chosen.outline, Meanings(reader.wb, shared)))
    cells = _cells(chosen.outline, written, limits)
    for area in chosen.outline.areas():
        spread_cells(cells, area)
    rows = tuple(tuple(row) for row in cells)
    left_out = other_sheets(chosen.title, [other.title for other in others])
    warnings = (*left_out, *hidden_words(chosen.outline), *was_converted(legacy))
    return Grid(name=name, kind="xlsx", rows=rows, sheet=chosen.title, warnings=warnings)


def check_kind(archive: Archive) -> None:
    """Refuse what is no workbook of Excel that is read."""
    if archive.has("xl/workbook.bin"):
        raise refused(Reason.BINARY_WORKBOOK)
    if archive.has_macros:
        raise refused(Reason.MACROS)
    if not archive.has(_BOOK):
        raise refused(Reason.NOT_A_TABLE)


def opened(container: io.BytesIO) -> ExcelReader:
    """The library's reader after its list of sheets and formats, before any sheet.

    These are the first steps of `load_workbook`; the others would read strings and sheets.
    """
    try:
        reader = ExcelReader(container, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
    except Exception:  # its parsers raise whatever a malformed part makes them raise
        raise refused(Reason.DAMAGED) from None
    return reader


def _filled_sheets(reader: ExcelReader, outlines: Mapping[str, Outline]) -> list[_Sheet]:
    """The visible sheets with content, at least one."""
    links = visible_sheets(reader, outlines)
    found = [
        _Sheet(title, outlines[part]) for title, part in links if outlines[part].holds_something
    ]
    if not found:
        raise refused(Reason.EMPTY)
    return found


def visible_sheets(reader: ExcelReader, parts: Collection[str]) -> list[tuple[str, str]]:
    """The visible sheets by title and part, at least one; sheets of charts are none."""
    try:
        links = [
            (entry.name, link.target)
            for entry, link in reader.parser.find_sheets()
            if entry.state == "visible" and "worksheets/" in link.target.lower()
        ]
    except Exception:  # as above
        raise refused(Reason.DAMAGED) from None
    if not links:
        raise refused(Reason.NOT_A_TABLE)
    if any(part not in parts for _, part in links):
        raise refused(Reason.DAMAGED)
    return links


def _written(outline: Outline, meanings: Meanings) -> Iterator[Written]:
    try:
        yield from map(meanings.written, outline.cells)
    except Exception:  # as above
        raise refused(Reason.DAMAGED) from None


def _cells(outline: Outline, written: Iterable[Written], limits: Limits) -> list[list[Cell]]:
    """The rectangle of cells, blank ones included."""
    columns = range(1, outline.width + 1)
    rows = [[Cell(r, c) for c in columns] for r in range(1, outline.height + 1)]
    for one in written:
        rows[one.row - 1][one.column - 1] = cell_of(one, limits)
    return rows


def spread_cells(cells: list[list[Cell]], area: Area) -> None:
    """Copy the upper left cell of a merged area over it; areas cannot overlap in a sheet."""
    left, top = area.left, area.top
    if not (0 < top <= len(cells) and 0 < left <= len(cells[top - 1])):
        return
    first = cells[top - 1][left - 1]
    for row in islice(cells, top - 1, area.bottom):
        for cell in row[left - 1 : area.right]:
            if cell is first:
                continue
            if not cell.is_empty:
                return
            row[cell.column - 1] = first._replace(row=cell.row, column=cell.column, merged=True)


def other_sheets(title: str, others: list[str]) -> tuple[Words, ...]:
    """What is said of sheets that hold something and were not read."""
    if not others:
        return ()
    names = ", ".join(f"“{other}”" for other in others)
    return (
        Words(
            vi=f"Chỉ đọc trang tính “{title}”; chưa đọc {names}.",
            en=f"Only the sheet “{title}” was read; not read: {names}.",
        ),
    )


def hidden_words(outline: Outline) -> tuple[Words, ...]:
    """What the sheet hides is read like the rest, and said."""
    columns = [
        column_letters(column)
        for first, last in outline.hidden_columns
        for column in range(first, min(last, outline.width) + 1)
    ]
    rows = [str(row) for row in sorted(outline.hidden_rows)]
    return (*_read_too("dòng", "rows", rows), *_read_too("cột", "columns", columns))


def _read_too(vi: str, en: str, places: list[str]) -> Iterator[Words]:
    if places:
        shown = ", ".join([*places[:_NAMED], *(["…"] if len(places) > _NAMED else [])])
        yield Words(
            vi=f"Trang tính có {vi} bị ẩn ({shown}); vẫn được đọc như các {vi} khác.",
            en=f"The sheet hides {en} ({shown}); they were read like the others.",
        )
