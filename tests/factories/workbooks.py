"""Workbooks and containers for tests of reading: good ones, and every kind of bad one."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX file with the given rows on each sheet, as another program writes it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Trang {number}")
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def raw_workbook(sheet_data: str, **parts: str) -> bytes:
    """A minimal container whose only sheet has exactly this XML inside `sheetData`."""
    sheet = f'<worksheet xmlns="{SHEET_NAMESPACE}"><sheetData>{sheet_data}</sheetData></worksheet>'
    return container(
        {
            "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": LINKS,
            "xl/worksheets/sheet1.xml": sheet,
            **parts,
        }
    )


def container(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of the given parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()
