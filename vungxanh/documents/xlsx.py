"""XLSX of a document's tables: what it says of itself first, then figures as numbers.

No cell holds a formula: words that begin like one are stored as words and marked so, and every
ratio is a value. One sheet per table, ready to print on A4. Equal content gives equal bytes.
"""

import datetime as dt
import io
import math
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vungxanh.documents.about import About, about
from vungxanh.documents.annexes import printed_cell
from vungxanh.documents.content import (
    Align,
    Cell,
    Change,
    Count,
    Day,
    Document,
    Points,
    Share,
    Text,
)
from vungxanh.documents.escaping import looks_like_formula
from vungxanh.documents.measure import NUMBER_SHARE, text_em
from vungxanh.documents.printed import Labelled, PrintedHead
from vungxanh.documents.sheets import Sheet, sheets
from vungxanh.documents.word import FACE

LONGEST_TEXT: Final = 32767
"""Signs that a cell holds (Excel specifications and limits)."""

LONGEST_FOOTER: Final = 240
"""Signs of a running line; a sheet takes 255 with its codes (Excel specifications and limits)."""

_FORMATS: Final = {
    Count: "#,##0",
    Share: "0.00",
    Points: "+0.00;-0.00;0.00",
    Change: "+#,##0;-#,##0;0",
    Day: "dd/mm/yyyy",
}
_EXACT_INTEGERS: Final = 2**53
"""Above it a spreadsheet's floating-point number would lose digits, so the digits stay words."""
_PX_PER_MM: Final = 96 / 25.4
_PT_PER_MM: Final = 72 / 25.4
_SIZE_PT: Final = 12
_INDENT_MM: Final = 4.5
_ROW_PT: Final = 20.0
_TALLEST_PT: Final = 400.0
_AGENCY_MM: Final = 70.0
"""At least this much of the sheet's width belongs to the agency's name."""

Value = str | float | dt.date
Properties = dict[str, str | int | float]


@dataclass(slots=True)
class Looks:
    """Formats of one workbook, each made once."""

    book: Workbook
    made: dict[tuple[tuple[str, str | int | float], ...], Format] = field(default_factory=dict)

    def get(self, **properties: str | int | float) -> Format:
        """The format with these properties, in the document face."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {"font_name": FACE, "font_size": _SIZE_PT, "valign": "vcenter", **properties}
            )
        return self.made[key]


@dataclass(slots=True)
class Page:
    """A worksheet that is being written from top to bottom."""

    page: Worksheet
    looks: Looks
    sheet: Sheet
    at: int = 0

    @property
    def last_column(self) -> int:
        """The index of the right-most column."""
        return len(self.sheet.table.columns) - 1

    @property
    def widths_mm(self) -> tuple[float, ...]:
        """Widths of the columns; a table in small print is wider here and scaled when printed."""
        scale = _SIZE_PT / self.sheet.printed.font_pt
        return tuple(column.width_mm * scale for column in self.sheet.printed.columns)

    @property
    def width_mm(self) -> float:
        """The width of the whole table."""
        return sum(self.widths_mm)


def write(document: Document) -> bytes:
    """The XLSX of a document's tables; refuses with `documents.no_table` when it has none."""
    file = io.BytesIO()
    book = Workbook(file, _options())
    _describe(book, about(document))
    looks = Looks(book)
    for sheet in sheets(document):
        _write_sheet(Page(book.add_worksheet(sheet.name), looks, sheet))
    book.close()
    return file.getvalue()


def _options() -> dict[str, object]:
    """Fresh for each workbook, which writes into them."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        # Widths of columns count digits of this face; the two sizes are pixels that belong to it.
        "default_format_properties": {"font_name": FACE, "font_size": _SIZE_PT},
        "default_column_width": 72,
        "default_row_height": 21,
    }


def _describe(book: Workbook, facts: About) -> None:
    book.set_properties(
        {
            "title": facts.title[:255],
            "author": facts.author[:255],
            "keywords": ", ".join(facts.keywords),
            "created": facts.made_at.astimezone(dt.UTC).replace(tzinfo=None),
        }
    )


def _write_sheet(page: Page) -> None:
    _set_columns(page)
    _write_opening(page)
    head_at = page.at
    _write_heads(page)
    page.page.freeze_panes(page.at, 0)
    page.page.repeat_rows(head_at, page.at - 1)
    for row in page.sheet.table.rows:
        _write_row(page, row)
    if not page.sheet.table.rows:
        _write_line(page, Labelled("", page.sheet.printed.empty), italic=True, align="center")
    if page.sheet.table.total is not None:
        _write_row(page, page.sheet.table.total, bold=True)
    page.at += 1
    for remark in page.sheet.closing:
        _write_line(page, remark, font_size=11)
    _set_print(page)


def _set_columns(page: Page) -> None:
    for place, width in enumerate(page.widths_mm):
        page.page.set_column_pixels(place, place, round(width * _PX_PER_MM))


def _write_opening(page: Page) -> None:
    if page.sheet.head is not None:
        _write_head(page, page.sheet.head)
    if page.sheet.label:
        _write_line(page, Labelled("", page.sheet.label), bold=True, font_size=14, align="center")
    for title in page.sheet.title:
        _write_line(page, Labelled("", title), bold=True, font_size=14, align="center")
    for line in page.sheet.attached:
        _write_line(page, Labelled("", line), italic=True, font_size=13, align="center")
    for fact in page.sheet.opening:
        _write_line(page, fact, font_size=11)
    page.at += 1


def _write_head(page: Page, head: PrintedHead) -> None:
    """Agency on the left, state and motto on the right, as far as the columns allow."""
    last = _last_agency_column(page)
    agency_mm = sum(page.widths_mm[: last + 1])
    for left, right, bold in ((head.parent, head.country, False), (head.agency, head.motto, True)):
        _write_across(page, left, first=0, last=last, bold=bold, align="center", text_wrap=True)
        if last < page.last_column:
            rest: Properties = {"bold": True, "align": "center", "shrink": True}
            _write_across(page, right, first=last + 1, last=page.last_column, **rest)
        page.page.set_row(page.at, max(_ROW_PT, _height(left, _SIZE_PT, agency_mm)))
        page.at += 1
    page.at += 1


def _last_agency_column(page: Page) -> int:
    width = 0.0
    for place, column_mm in enumerate(page.widths_mm):
        width += column_mm
        if width >= _AGENCY_MM:
            return place
    return page.last_column


def _write_across(
    page: Page, text: str, *, first: int, last: int, **properties: str | int | float
) -> None:
    """Words over several columns of this row; merging alone would not keep them as words."""
    look = page.looks.get(**{**properties, **_quoted(text)})
    if last > first:
        page.page.merge_range(page.at, first, page.at, last, "", look)
    page.page.write_string(page.at, first, text[:LONGEST_TEXT], look)


def _write_line(page: Page, line: Labelled, **properties: str | int | float) -> None:
    """A line across all columns, high enough for its words."""
    _write_across(page, line.line, first=0, last=page.last_column, text_wrap=True, **properties)
    size = float(properties.get("font_size", _SIZE_PT))
    page.page.set_row(page.at, _height(line.line, size, page.width_mm))
    page.at += 1


def _height(text: str, size_pt: float, width_mm: float) -> float:
    """The height of a row in which these words break into lines."""
    n_lines = math.ceil(text_em(text) * size_pt / _PT_PER_MM / width_mm)
    return min(max(n_lines, 1) * size_pt * 1.4 + 1, _TALLEST_PT)


def _write_heads(page: Page) -> None:
    head: Properties = {"bold": True, "align": "center", "text_wrap": True, "border": 1}
    number: Properties = {
        **head,
        "bold": False,
        "italic": True,
        "font_size": _SIZE_PT * NUMBER_SHARE,
    }
    columns = page.sheet.printed.columns
    pairs = zip(columns, page.widths_mm, strict=True)
    tallest = max(_height(column.head, _SIZE_PT, width * 0.85) for column, width in pairs)
    page.page.set_row(page.at, tallest + 4)
    _write_texts(page, [column.head for column in columns], head)
    if page.sheet.printed.numbered:
        _write_texts(page, [column.number for column in columns], number)


def _write_texts(page: Page, texts: list[str], properties: Properties) -> None:
    for place, text in enumerate(texts):
        look = page.looks.get(**{**properties, **_quoted(text)})
        page.page.write_string(page.at, place, text[:LONGEST_TEXT], look)
    page.at += 1


def _write_row(page: Page, row: tuple[Cell, ...], *, bold: bool = False) -> None:
    tallest = _ROW_PT
    for place, (cell, column) in enumerate(zip(row, page.sheet.printed.columns, strict=True)):
        properties: Properties = {"border": 1, "align": column.align, "bold": bold}
        if column.align == Align.LEFT:
            properties["indent"] = 1
        _write_cell(page, place, cell, properties=properties)
        words = printed_cell(cell, page.sheet.lang)
        width = page.widths_mm[place] - _INDENT_MM
        tallest = max(tallest, _height(words, _SIZE_PT, width))
    page.page.set_row(page.at, tallest)
    page.at += 1


def _write_cell(page: Page, place: int, cell: Cell, *, properties: Properties) -> None:
    value = _value(cell, page.sheet.lang)
    if isinstance(value, str):
        look = page.looks.get(**{**properties, "text_wrap": True, **_quoted(value)})
        page.page.write_string(page.at, place, value[:LONGEST_TEXT], look)
        return
    look = page.looks.get(**{**properties, "num_format": _number_format(cell)})
    if isinstance(value, dt.date):
        page.page.write_datetime(page.at, place, dt.datetime.combine(value, dt.time()), look)
    else:
        page.page.write_number(page.at, place, value, look)


def _value(cell: Cell, lang: str) -> Value:
    """A number or day where the cell has one, else its printed words."""
    match cell:
        case Count(value=int(n)) | Change(value=int(n)) if abs(n) < _EXACT_INTEGERS:
            return n
        case Share(percent=value) | Points(value=value) if value is not None:
            return float(value)
        case Day(on=dt.date() as day) if day.year >= 1900:
            return day
        case _:
            return printed_cell(cell, lang)


def _number_format(cell: Cell) -> str:
    shown = "#,##0" if isinstance(cell, Text) else _FORMATS[type(cell)]
    if not cell.mark:
        return shown
    suffix = f'" ({cell.mark.replace(chr(34), "")})"'
    return ";".join(part + suffix for part in shown.split(";"))


def _quoted(text: str) -> dict[str, int]:
    """Mark words that look like a formula, so that editing the cell does not make them one."""
    return {"quote_prefix": 1} if looks_like_formula(text) else {}


def _set_print(page: Page) -> None:
    sheet = page.page
    sheet.set_paper(9)
    if page.sheet.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=30 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, max(page.at - 1, 0), page.last_column)
    sheet.set_header("&C&13&P", {"margin": 10 / 25.4})
    if page.sheet.running:
        sheet.set_footer(f"&C&9{_printable(page.sheet.running)}", {"margin": 10 / 25.4})


def _printable(running: str) -> str:
    """Words of a footer: "&" begins a code there, and Excel takes 255 signs with those codes.

    A digit after the size of the face would be read as part of the size.
    """
    return f" {running[:LONGEST_FOOTER].replace('&', '&&')}"[:LONGEST_FOOTER]
