"""An XLSX workbook to a grid: one sheet, typed values, no computing.

openpyxl reads the parts; what it gets to see was screened by `archive`, and how far it reads was
measured by `sheets`. Formula cells give the value that the writing program stored.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from openpyxl.reader.excel import ExcelReader, apply_stylesheet
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import to_excel

from vungxanh.documents.grids.archive import Archive
from vungxanh.documents.grids.cells import Cell, Grid
from vungxanh.documents.grids.formats import number_format
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import Reason, refused
from vungxanh.documents.grids.sheets import Outline
from vungxanh.documents.grids.typed import Value, Written, cell_of
from vungxanh.refusals import Words

_BOOK: Final = "xl/workbook.xml"


class _Sheet(NamedTuple):
    """A sheet of the workbook: the library's entry for it, and what its part holds."""

    entry: object
    title: str
    outline: Outline


def grid_of_workbook(content: bytes, *, name: str, limits: Limits) -> Grid:
    """The first visible sheet that holds anything; other filled sheets are named in a warning."""
    archive = Archive(content, limits)
    _check_kind(archive)
    outlines = {part: Outline(limits) for part in archive.sheets()}
    reader = _opened(archive.screened(outlines))
    chosen, *others = _filled_sheets(reader, outlines)[: limits.sheets]
    if chosen.outline.fault:
        raise chosen.outline.fault
    cells = [[cell_of(x, limits) for x in row] for row in _written_rows(reader, chosen)]
    for area in chosen.outline.merged:
        _spread(cells, area)
    rows = tuple(tuple(row) for row in cells)
    warnings = _other_sheets(chosen.title, [other.title for other in others])
    return Grid(name=name, kind="xlsx", rows=rows, sheet=chosen.title, warnings=warnings)


def _check_kind(archive: Archive) -> None:
    if archive.has("xl/workbook.bin"):
        raise refused(Reason.BINARY_WORKBOOK)
    if not archive.has(_BOOK):
        raise refused(Reason.NOT_A_TABLE)


def _opened(container: io.BytesIO) -> ExcelReader:
    """The library's reader after its strings, list of sheets and formats, before any sheet.

    These are the first steps of `load_workbook`; the last one would open every sheet.
    """
    try:
        reader = ExcelReader(container, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
    except Exception:  # its parsers raise whatever a malformed part makes them raise
        raise refused(Reason.DAMAGED) from None
    return reader


def _filled_sheets(reader: ExcelReader, outlines: Mapping[str, Outline]) -> list[_Sheet]:
    """The visible sheets with content, at least one; sheets of charts are none."""
    try:
        links = [
            (entry, link.target)
            for entry, link in reader.parser.find_sheets()
            if entry.state == "visible" and "worksheets/" in link.target.lower()
        ]
    except Exception:  # as above
        raise refused(Reason.DAMAGED) from None
    if not links:
        raise refused(Reason.NOT_A_TABLE)
    if any(part not in outlines for _, part in links):
        raise refused(Reason.DAMAGED)
    found = [
        _Sheet(entry, entry.name, outlines[part])
        for entry, part in links
        if outlines[part].holds_something
    ]
    if not found:
        raise refused(Reason.EMPTY)
    return found


def _written_rows(reader: ExcelReader, sheet: _Sheet) -> Iterator[list[Written]]:
    """The written rows, and no part of the sheet behind them (page set-up, rules, links).

    If fewer cells come out of the library than were seen going in, the sheet is refused.
    """
    forms = cache(number_format)
    n_missing = sheet.outline.n_written
    try:
        reader.parser.sheets = [sheet.entry]  # no other sheet is opened
        reader.read_worksheets()
        (stream,) = reader.wb.worksheets
        rows = stream.iter_rows(max_row=sheet.outline.height, max_col=sheet.outline.width)
        for r, row in enumerate(islice(rows, sheet.outline.height), start=1):
            n_missing -= sum(x.value is not None for x in row)
            yield [
                Written(r, c, _value(x.value), x.data_type, forms(x.number_format or ""))
                for c, x in enumerate(row, start=1)
            ]
    except Exception:  # as above; what the consumer of this generator raises does not pass here
        raise refused(Reason.DAMAGED) from None
    if n_missing > 0:
        raise refused(Reason.DAMAGED)


def _value(read: Value | time | timedelta) -> Value:
    """A time of day or a duration is the number it is stored as: days."""
    return to_excel(read) if isinstance(read, time | timedelta) else read


def _spread(cells: list[list[Cell]], area: str) -> None:
    """Copy the upper left cell of a merged area over it; areas cannot overlap in a sheet."""
    try:
        left, top, right, bottom = range_boundaries(area)
        first = cells[top - 1][left - 1]
    except (TypeError, ValueError, IndexError):
        return
    for row in cells[top - 1 : bottom]:
        for cell in row[left - 1 : right]:
            if cell is first:
                continue
            if not cell.is_empty:
                return
            row[cell.column - 1] = replace(first, row=cell.row, column=cell.column, merged=True)


def _other_sheets(title: str, others: list[str]) -> tuple[Words, ...]:
    if not others:
        return ()
    names = ", ".join(f"“{other}”" for other in others)
    return (
        Words(
            vi=f"Chỉ đọc trang tính “{title}”; chưa đọc {names}.",
            en=f"Only the sheet “{title}” was read; not read: {names}.",
        ),
    )
