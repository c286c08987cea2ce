"""A running line stands at the foot of every page, in every form that has pages."""

import io
import zipfile

import pypdfium2
import pytest
from openpyxl import load_workbook

from vungxanh.documents import docx, pdf, xlsx
from vungxanh.documents.content import Align, Annex, Column, Table, Text

RUNNING = "Lan & Minh (mẫu) · 22/11/2026 07:30 · số 12"


def long_annex(running: str = RUNNING) -> Annex:
    """A table of three pages."""
    rows = tuple((Text(f"dòng {number}"),) for number in range(90))
    table = Table(columns=(Column("Tên", Align.LEFT),), rows=rows, numbered=False)
    return Annex(label="", title=("Danh sách",), tables=(table,), running=running)


@pytest.mark.slow
def test_every_page_of_a_pdf_has_the_running_line() -> None:
    pages = pypdfium2.PdfDocument(pdf.write(long_annex()))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert len(texts) > 1
    assert [text for text in texts if RUNNING not in text] == []


def test_every_sheet_is_printed_with_the_running_line() -> None:
    book = load_workbook(io.BytesIO(xlsx.write(long_annex())))
    assert [sheet.oddFooter.center.text for sheet in book] == [RUNNING.replace("&", "&&")]


def test_first_and_further_pages_of_a_docx_have_the_running_line() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(long_annex()))) as file:
        feet = [file.read(name).decode() for name in file.namelist() if "footer" in name]
    assert len(feet) == 2
    assert [foot for foot in feet if "Lan &amp; Minh (mẫu)" not in foot] == []


def test_an_annex_without_one_has_no_foot() -> None:
    book = load_workbook(io.BytesIO(xlsx.write(long_annex(""))))
    assert [sheet.oddFooter.center.text for sheet in book] == [None]
