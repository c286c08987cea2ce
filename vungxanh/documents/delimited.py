"""CSV of one table, as spreadsheets open it: UTF-8 with byte order mark, lines ended by CR LF.

With ";" (Vietnamese settings of Excel) decimals take a comma, with "," a point; counts are not
grouped. Words that a spreadsheet would run as a formula get an apostrophe before them.
"""

import csv
import io
from collections.abc import Iterator
from typing import Literal

from vungxanh.documents import vietnamese
from vungxanh.documents.annexes import printed_cell
from vungxanh.documents.content import Cell, Change, Count, Document, Points, Share
from vungxanh.documents.escaping import escaped
from vungxanh.documents.sheets import Sheet, sheets

Separator = Literal[";", ","]


def write(document: Document, *, separator: Separator = ";", place: int = 0) -> bytes:
    """The CSV of one table of a document (the first, unless `place` says which)."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    rows.writerows(_lines(sheets(document)[place], separator))
    return text.getvalue().encode("utf-8-sig")


def _lines(sheet: Sheet, separator: Separator) -> Iterator[list[str]]:
    for line in (" ".join(sheet.title), " ".join(sheet.attached)):
        if line:
            yield [escaped(line)]
    for fact in sheet.opening:
        yield [escaped(fact.line)]
    yield []
    yield [escaped(column.head) for column in sheet.printed.columns]
    for row in sheet.table.all_rows:
        yield [_written(cell, sheet.lang, separator) for cell in row]
    if sheet.closing:
        yield []
    for remark in sheet.closing:
        yield [escaped(remark.line)]


def _written(cell: Cell, lang: str, separator: Separator) -> str:
    """A number in the form that spreadsheets read, else words; what is missing stays empty."""
    match cell:
        case Count(value=value) | Change(value=value):
            return "" if value is None else str(value)
        case Share(percent=share) | Points(value=share):
            text = "" if share is None else f"{vietnamese.rounded(share)}"
            return text.replace(".", ",") if separator == ";" else text
        case _:
            return escaped(printed_cell(cell, lang))
