"""An XLSX workbook (ECMA-376) to a grid: one sheet, typed values, no computing.

Formula cells give the value that the writing program stored. Nothing outside the file is read.
"""

import posixpath
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Final

from vungxanh.documents.grids.archive import Archive
from vungxanh.documents.grids.cells import Cell, CellValue, Grid, place_of
from vungxanh.documents.grids.formats import (
    GENERAL,
    NumberFormat,
    date_of_serial,
    number_format,
)
from vungxanh.documents.grids.limits import Limits
from vungxanh.documents.grids.refusals import Reason, at_cell, refused, too_large
from vungxanh.documents.grids.sheets import Elements, Raw, SheetCells, Strings, address
from vungxanh.documents.grids.text import check_length
from vungxanh.refusals import Words

_BOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_LARGEST_INTEGER: Final = 10**15


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a workbook share."""

    strings: tuple[str, ...]
    formats: tuple[NumberFormat, ...]
    since_1904: bool


def grid_of_workbook(content: bytes, *, name: str, limits: Limits) -> Grid:
    """The first visible sheet that holds anything; other filled sheets are named in a warning."""
    archive = Archive(content, limits)
    _check_kind(archive)
    elements = Elements(limits)
    archive.feed(_BOOK, elements)
    book = _book(archive, elements, limits)
    filled = [
        (title, cells)
        for title, part in _visible_sheets(archive, elements, limits)
        if (cells := _cells_of(archive, part, limits)).cells
    ]
    if not filled:
        raise refused(Reason.EMPTY)
    title, cells = filled[0]
    rows = _rectangle(cells, book, limits)
    warnings = _other_sheets(title, [other for other, _ in filled[1:]])
    return Grid(name=name, kind="xlsx", rows=rows, sheet=title, warnings=warnings)


def _check_kind(archive: Archive) -> None:
    if archive.has("xl/workbook.bin"):
        raise refused(Reason.BINARY_WORKBOOK)
    if not archive.has(_BOOK):
        raise refused(Reason.NOT_A_TABLE)


def _visible_sheets(archive: Archive, elements: Elements, limits: Limits) -> list[tuple[str, str]]:
    links = Elements(limits)
    archive.feed(_LINKS, links)
    targets = {
        a.get("Id", ""): a.get("Target", "") for _, tag, a in links.found if tag == "Relationship"
    }
    found: list[tuple[str, str]] = []
    for parent, tag, attributes in elements.found:
        if (parent, tag) != ("sheets", "sheet") or attributes.get("state", "visible") != "visible":
            continue
        link = next((v for k, v in attributes.items() if k.endswith("}id")), "")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))
        found.append((attributes.get("name", ""), part.lstrip("/")))
    return found[: limits.sheets]


def _cells_of(archive: Archive, part: str, limits: Limits) -> SheetCells:
    cells = SheetCells(limits)
    if "worksheets/" in part.lower():
        archive.feed(part, cells)
    return cells


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


def _book(archive: Archive, elements: Elements, limits: Limits) -> _Book:
    strings = Strings(limits)
    if archive.has("xl/sharedStrings.xml"):
        archive.feed("xl/sharedStrings.xml", strings)
    styles = Elements(limits)
    if archive.has("xl/styles.xml"):
        archive.feed("xl/styles.xml", styles)
    since_1904 = any(
        tag == "workbookPr" and a.get("date1904", "0") in ("1", "true")
        for _, tag, a in elements.found
    )
    return _Book(tuple(strings.strings), _formats(styles), since_1904)


def _formats(styles: Elements) -> tuple[NumberFormat, ...]:
    codes = {
        _number(a.get("numFmtId")): a.get("formatCode", "")
        for _, tag, a in styles.found
        if tag == "numFmt"
    }
    return tuple(
        number_format(_number(a.get("numFmtId")), codes)
        for parent, tag, a in styles.found
        if (parent, tag) == ("cellXfs", "xf")
    )


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0


def _rectangle(cells: SheetCells, book: _Book, limits: Limits) -> tuple[tuple[Cell, ...], ...]:
    height = max(row for row, _ in cells.cells)
    width = max(column for _, column in cells.cells)
    if height * width > limits.cells:
        raise too_large(Words("Trang tính", "The sheet"), limits.cells, Words("ô", "cells"))
    typed = {place: _cell(raw, book, limits) for place, raw in cells.cells.items()}
    _spread(typed, cells.merged, (height, width))
    return tuple(
        tuple(typed.get((r, c)) or Cell(r, c) for c in range(1, width + 1))
        for r in range(1, height + 1)
    )


def _spread(typed: dict[tuple[int, int], Cell], merged: list[str], end: tuple[int, int]) -> None:
    """Copy the upper left cell of each merged area over it; areas cannot overlap in a sheet."""
    for area in merged:
        first, _, last = area.partition(":")
        begin, until = address(first), address(last)
        if begin is None or until is None or begin not in typed:
            continue
        for row in range(begin[0], min(until[0], end[0]) + 1):
            for column in range(begin[1], min(until[1], end[1]) + 1):
                if (row, column) in typed and (row, column) != begin:
                    return
                typed.setdefault(
                    (row, column), replace(typed[begin], row=row, column=column, merged=True)
                )


def _cell(raw: Raw, book: _Book, limits: Limits) -> Cell:
    check_length(raw.written, raw.row, raw.column, limits)
    if raw.kind == "e":
        raise _excel_error(raw)
    if not raw.written:
        raise _not_computed(raw)
    if raw.kind == "n":
        return _number_cell(raw, book)
    value = _value(raw, book, limits)
    if raw.kind == "b":
        is_true = raw.written.strip() in ("1", "true")
        return Cell(raw.row, raw.column, "TRUE" if is_true else "FALSE", is_true)
    value = _value(raw, book, limits)
    text = value if isinstance(value, str) else _shown(value)
    return Cell(raw.row, raw.column, text, value if text else None)


def _value(raw: Raw, book: _Book, limits: Limits) -> str | date:
    if raw.kind == "s":
        written = _shared(raw, book)
        check_length(written, raw.row, raw.column, limits)
        return _clean(written)
    if raw.kind == "d":
        return _iso(raw.written)
    return _clean(raw.written)


def _shared(raw: Raw, book: _Book) -> str:
    index = _number(raw.written.strip())
    if not raw.written.strip().isdecimal() or index >= len(book.strings):
        raise refused(Reason.DAMAGED)
    return book.strings[index]


def _clean(written: str) -> str:
    return unicodedata.normalize("NFC", " ".join(written.split()))


def _iso(written: str) -> date | str:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return _clean(written)
    return moment if (moment.hour or moment.minute) else moment.date()


def _number_cell(raw: Raw, book: _Book) -> Cell:
    form = book.formats[raw.style] if raw.style < len(book.formats) else GENERAL
    number = _exact(raw.written)
    if number is None:
        text = _clean(raw.written)
        return Cell(raw.row, raw.column, text, text)
    day = date_of_serial(number, since_1904=book.since_1904) if form.is_date else None
    if day is not None:
        return Cell(raw.row, raw.column, _shown(day), day)
    whole = number == number.to_integral_value() and abs(number) < _LARGEST_INTEGER
    value: CellValue = int(number) if whole and not form.percent else number
    text = _shown_number(number, form)
    return Cell(raw.row, raw.column, text, value, percent=form.percent, decimals=form.decimals)


def _exact(written: str) -> Decimal | None:
    """The shortest decimal that is the same binary number: 26.140000000000001 is 26.14."""
    try:
        number = float(written)
        return Decimal(repr(number)) if isfinite(number) else None
    except (ValueError, InvalidOperation):
        return None


def _shown_number(number: Decimal, form: NumberFormat) -> str:
    scaled = number * 100 if form.percent else number
    return f"{scaled.normalize():f}" + ("%" if form.percent else "")


def _shown(value: date) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


def _excel_error(raw: Raw) -> Exception:
    error = _clean(raw.written)[:20]
    return at_cell(
        Reason.CELL_ERROR,
        place_of(raw.row, raw.column),
        Words(
            vi=f"ô báo lỗi {error}; sửa công thức trong Excel, lưu lại rồi tải lên.",
            en=f"the cell shows the error {error}; mend the formula in Excel and save it again.",
        ),
    )


def _not_computed(raw: Raw) -> Exception:
    return at_cell(
        Reason.FORMULA_WITHOUT_VALUE,
        place_of(raw.row, raw.column),
        Words(
            vi="ô có công thức chưa được tính; mở tệp bằng Excel, lưu lại rồi tải lên.",
            en="the cell has a formula that was never computed; open the file in Excel and save"
            " it again.",
        ),
    )
