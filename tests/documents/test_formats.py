"""One content, four formats: the same figures in each, the same bytes each time."""

import csv
import io
from decimal import Decimal

import docx
import openpyxl
import pypdfium2
import pytest

from tests.documents import samples
from vungxanh.documents.content import Document, freeze, thaw
from vungxanh.documents.formats import Format, made_file, write
from vungxanh.documents.made import MadeFile
from vungxanh.documents.sheets import NoTableError

SHARES = (Decimal("26.14"), Decimal("26.71"))


def pdf_text(document: Document) -> str:
    pages = pypdfium2.PdfDocument(write(document, Format.PDF))
    with pages:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)


def docx_rows(document: Document) -> list[list[str]]:
    tables = docx.Document(io.BytesIO(write(document, Format.DOCX))).tables
    figures = next(table for table in tables if len(table.columns) == len(samples.COLUMNS))
    return [[cell.text for cell in row.cells] for row in figures.rows]


def xlsx_rows(document: Document) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(write(document, Format.XLSX)))
    return list(book.worksheets[0].iter_rows(values_only=True))


def printed_vi(value: object) -> str:
    """A value of a spreadsheet in Vietnamese print, written down independently."""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value or "")


@pytest.fixture(scope="module")
def frozen() -> Document:
    return samples.frozen_binh_dinh()


def test_the_sheet_holds_numbers_that_word_prints(frozen: Document) -> None:
    sheet = [row for row in xlsx_rows(frozen) if isinstance(row[2], int)]
    word = docx_rows(frozen)[2:]
    assert [[printed_vi(value) for value in row] for row in sheet] == word


def test_the_pdf_prints_every_row_of_the_sheet(frozen: Document) -> None:
    text = " ".join(pdf_text(frozen).split())
    rows = [row for row in xlsx_rows(frozen) if isinstance(row[2], int)]
    lines = [" ".join(printed_vi(value) for value in row if value) for row in rows]
    assert [line for line in lines if line not in text] == []
    assert len(lines) == 12


def test_the_whole_is_the_sum_over_the_sum(frozen: Document) -> None:
    total = next(row for row in xlsx_rows(frozen) if row[1] == "Toàn tỉnh")
    assert total[2:] == (202379, 1487817, 13.60, 967412, 20.92)


def test_the_csv_reads_back_with_either_separator(frozen: Document) -> None:
    content = write(frozen, Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert ["1", "Thành phố Quy Nhơn (a)", "75878", "290229", "26,14", "284098", "26,71"] in rows


@pytest.mark.parametrize("form", Format)
def test_equal_content_gives_equal_bytes(form: Format) -> None:
    assert write(samples.frozen_binh_dinh(), form) == write(samples.frozen_binh_dinh(), form)


@pytest.mark.parametrize("form", [Format.PDF, Format.DOCX, Format.XLSX])
def test_bytes_do_not_depend_on_what_was_written_before(form: Format) -> None:
    first = write(samples.letter(number=7), form)
    write(samples.binh_dinh(times=2), form)
    assert write(samples.letter(number=7), form) == first


def test_frozen_content_reads_back_and_prints_the_same(frozen: Document) -> None:
    again = thaw(freeze(frozen))
    assert again == frozen
    assert write(again, Format.PDF) == write(frozen, Format.PDF)


def test_a_letter_without_tables_has_no_sheet() -> None:
    bare = samples.letter_without_annex()
    with pytest.raises(NoTableError) as refused:
        write(bare, Format.XLSX)
    assert refused.value.code == "documents.no_table"


def test_every_table_of_a_letter_has_its_own_sheet() -> None:
    letter = samples.letter(annexes=(samples.binh_dinh(head=None), samples.binh_dinh(head=None)))
    book = openpyxl.load_workbook(io.BytesIO(write(letter, Format.XLSX)))
    assert book.sheetnames == ["Bảng 1", "Bảng 2"]


def test_a_format_says_what_the_web_calls_it() -> None:
    assert Format.CSV.media_type == "text/csv; charset=utf-8"


def test_a_made_file_is_named_by_its_format(frozen: Document) -> None:
    content = write(frozen, Format.CSV)
    made = made_file(frozen, Format.CSV, "bang")
    assert made == MadeFile(content, "text/csv; charset=utf-8", "bang.csv")
