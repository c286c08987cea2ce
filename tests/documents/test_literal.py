"""Words of strangers stay words: never markup, never a formula, never lost."""

import csv
import io
import unicodedata
import zipfile

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vungxanh.documents.content import Align, Annex, Column, Count, Table, Text
from vungxanh.documents.escaping import escaped, looks_like_formula
from vungxanh.documents.formats import Format, write
from vungxanh.documents.phrases import plain

MARKUP = [
    "#let x = 1; #panic()",
    "$a^2$ và $ x $",
    "@nhãn <nhãn>",
    "[ngoặc] {nhọn} *đậm* _nghiêng_ `mã`",
    "// chú thích /* khối */",
    "\\u{41} \\ ~ -- --- ...",
    "\"kép\" 'đơn' & < >",
    "= Tiêu đề",
    "{{ x }} {% y %} %s {0}",
    "Ẵ ẵ Ặ ặ Ỹ ỹ Ợ ợ Ữ ữ Đ đ ₫",
    "Nguyễn Thị Ngọc Ánh " * 12,
]
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", " =1", "\u00a0=1", "＝1+1"]
SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def naming(name: str) -> Annex:
    """A table with one stranger's name."""
    columns = (Column("Đơn vị", Align.LEFT), Column("Số"))
    return Annex(title=("Bảng thử",), tables=(Table(columns, ((Text(name), Count(7)),)),))


def pdf_words(annex: Annex) -> str:
    opened = pypdfium2.PdfDocument(write(annex, Format.PDF))
    with opened:
        text = "".join(page.get_textpage().get_text_range() for page in opened)
    return unicodedata.normalize("NFC", "".join(text.split())).replace("\u200b", "")


def docx_name(annex: Annex) -> str:
    tables = docx.Document(io.BytesIO(write(annex, Format.DOCX))).tables
    return tables[0].rows[2].cells[0].text


def xlsx_cells(annex: Annex) -> list[openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(io.BytesIO(write(annex, Format.XLSX)))
    return [cell for row in book.worksheets[0].iter_rows() for cell in row]


@pytest.mark.parametrize("name", MARKUP + FORMULAS)
def test_any_name_comes_out_literally(name: str) -> None:
    annex = naming(name)
    assert "".join(plain(name).split()).replace("＝", "□") in pdf_words(annex)
    assert docx_name(annex) == plain(name)
    assert plain(name) in [cell.value for cell in xlsx_cells(annex)]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_is_a_formula_and_none_becomes_one_by_editing(name: str) -> None:
    cells = xlsx_cells(naming(name))
    named = next(cell for cell in cells if cell.value == plain(name))
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert named.quotePrefix
    with zipfile.ZipFile(io.BytesIO(write(naming(name), Format.XLSX))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.slow
@example("=1+1")
@example("\t=1")
@example("\x00")
@given(SIGNS)
@settings(max_examples=40, deadline=None)
def test_any_text_survives_docx_xlsx_and_csv(name: str) -> None:
    annex, wanted = naming(name), plain(name)
    assert docx_name(annex) == wanted
    stored = [cell.value for cell in xlsx_cells(annex) if isinstance(cell.value, str)]
    assert (wanted in stored) or not wanted
    text = write(annex, Format.CSV).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [escaped(wanted), "7"] in rows


@pytest.mark.slow
@example("😀 中文 ذ ก")
@example("a\u0308\u0323 x\u200d\u00ad\u200b\u2028\u2029")
@given(SIGNS)
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_set_and_a_sign_without_glyph_is_a_box(name: str) -> None:
    assert write(naming(name), Format.PDF).startswith(b"%PDF-1.7")


@given(SIGNS)
def test_no_csv_cell_begins_like_a_formula(name: str) -> None:
    assert not looks_like_formula(escaped(name))


@given(SIGNS)
def test_plain_text_is_composed_printable_and_stays_so(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert not {unicodedata.category(sign) for sign in once} & {"Cc", "Cs", "Cn", "Co"}


def test_decomposed_names_are_composed_in_every_format() -> None:
    annex = naming(unicodedata.normalize("NFD", "Huyện Phù Mỹ"))
    assert "HuyệnPhùMỹ" in pdf_words(annex)
    assert docx_name(annex) == "Huyện Phù Mỹ"
