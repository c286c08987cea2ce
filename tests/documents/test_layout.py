"""What Decree 30/2020 asks of a page, read back from the files."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import docx
import openpyxl
import pypdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf.generic import BooleanObject, DictionaryObject, PdfObject, StreamObject

from tests.documents import samples
from vungxanh.documents.content import Document
from vungxanh.documents.formats import Format, write

PT_PER_MM = 72 / 25.4


@contextmanager
def pages(document: Document) -> Iterator[pypdfium2.PdfDocument]:
    opened = pypdfium2.PdfDocument(write(document, Format.PDF))
    with opened:
        yield opened


def texts(document: Document) -> list[str]:
    with pages(document) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def ink_box(page: pypdfium2.PdfPage) -> tuple[float, ...]:
    """Left, bottom, right and top of everything drawn, in millimetres from the page's corner."""
    boxes = [each.get_bounds() for each in page.get_objects()]
    sides = zip(*boxes, strict=True)
    left, bottom, right, top = (
        extreme(side) for extreme, side in zip((min, min, max, max), sides, strict=True)
    )
    return tuple(side / PT_PER_MM for side in (left, bottom, right, top))


def test_a_page_is_a4_within_the_margins() -> None:
    with pages(samples.frozen_binh_dinh()) as opened:
        width, height = opened[0].get_size()
        left, bottom, right, top = ink_box(opened[0])
    assert (round(width / PT_PER_MM), round(height / PT_PER_MM)) == (210, 297)
    assert left >= 29.5
    assert right <= 210 - 15 + 0.5
    assert 297 - top >= 19  # marks above capitals reach into the margin
    assert bottom >= 20


def test_a_long_table_repeats_its_head_and_numbers_its_pages_but_the_first() -> None:
    printed = texts(samples.binh_dinh(times=6))
    assert len(printed) == 3
    assert [text.count("(5)=(3)/(4)") for text in printed] == [1, 1, 1]
    assert [text.splitlines()[0].strip() for text in printed[1:]] == ["2", "3"]
    assert printed[0].splitlines()[0].startswith("UBND TỈNH BÌNH ĐỊNH")


def test_an_annex_begins_on_a_page_of_its_own_without_number() -> None:
    printed = texts(samples.letter())
    assert [text.splitlines()[0].strip() for text in printed] == ["UBND TỈNH BÌNH ĐỊNH", "Phụ lục"]


def test_a_wide_annex_lies_on_its_side() -> None:
    with pages(samples.binh_dinh(landscape=True)) as opened:
        width, height = opened[0].get_size()
    assert width > height


def under(value: PdfObject | None, *names: str) -> DictionaryObject:
    """The dictionary that a path of names leads to."""
    for name in names:
        value = cast("DictionaryObject", value)[name].get_object()
    return cast("DictionaryObject", value)


def test_every_font_is_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write(samples.frozen_binh_dinh(), Format.PDF)))
    fonts = [font.get_object() for font in under(reader.pages[0], "/Resources", "/Font").values()]
    names = {str(under(font)["/BaseFont"]).partition("+")[2] for font in fonts}
    descendants = [each.get_object() for font in fonts for each in under(font, "/DescendantFonts")]
    files = [under(each, "/FontDescriptor").keys() & {"/FontFile2"} for each in descendants]
    assert names == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}
    assert len(files) == 3
    assert all(files)


def test_the_file_is_archival_tagged_and_vietnamese() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write(samples.frozen_binh_dinh(), Format.PDF)))
    root = reader.root_object
    metadata = cast("StreamObject", root["/Metadata"].get_object()).get_data().decode()
    assert under(root, "/MarkInfo")["/Marked"] == BooleanObject(True)
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert str(root["/Lang"]) == "vi-VN"


def test_the_file_names_its_title_agency_and_moment() -> None:
    facts = pypdf.PdfReader(io.BytesIO(write(samples.frozen_binh_dinh(), Format.PDF))).metadata
    assert facts is not None
    assert facts.title == "Phụ lục: BLUEZONER CÓ SỐ ĐIỆN THOẠI THEO HUYỆN, THỊ XÃ, THÀNH PHỐ"
    assert facts.author == "Sở Thông tin và Truyền thông"
    assert facts.creation_date == samples.STAMP.made_at


def test_number_and_day_stay_blank_for_the_clerk() -> None:
    first = " ".join(texts(samples.letter())[0].split())
    assert "Số: /STTTT-TTBCXB" in first
    assert "Bình Định, ngày tháng năm 2021" in first


def test_number_and_day_are_printed_once_known() -> None:
    numbered = samples.letter(number=7, dated=dt.date(2021, 2, 5))
    first = " ".join(texts(numbered)[0].split())
    assert "Số: 07/STTTT-TTBCXB" in first
    assert "Bình Định, ngày 05 tháng 02 năm 2021" in first


def test_a_letter_has_its_subject_addressees_end_and_signature() -> None:
    first = " ".join(texts(samples.letter())[0].split())
    wanted = [
        "V/v tăng cường cài đặt",
        "Kính gửi: - Các sở, ban, ngành;",
        "- UBND các huyện, thị xã, thành phố.",
        "Trân trọng./.",
        "Nơi nhận: - Như trên; - UBND tỉnh (để b/c);",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    ]
    assert [words for words in wanted if words not in first] == []


def test_a_named_document_carries_its_kind_instead_of_a_subject_line() -> None:
    first = texts(samples.letter(kind="Báo cáo"))[0]
    assert "BÁO CÁO" in first
    assert "V/v" not in first


def test_word_has_the_margins_and_the_face_of_the_decree() -> None:
    opened = docx.Document(io.BytesIO(write(samples.letter(), Format.DOCX)))
    found = [
        (each.top_margin, each.bottom_margin, each.left_margin, each.right_margin)
        for each in opened.sections
    ]
    near = pytest.approx((Mm(20), Mm(20), Mm(30), Mm(15)), abs=400)
    assert len(found) == 2
    assert all(margins == near for margins in found)
    assert opened.styles["Normal"].font.name == "Times New Roman"


def test_word_repeats_the_head_and_breaks_no_row() -> None:
    opened = docx.Document(io.BytesIO(write(samples.frozen_binh_dinh(), Format.DOCX)))
    rows = opened.tables[1].rows
    properties = [row._tr.trPr for row in rows]
    heads = [part.find(qn("w:tblHeader")) is not None for part in properties]
    assert heads == [True, True] + [False] * 12
    assert all(part.find(qn("w:cantSplit")) is not None for part in properties)


def test_word_numbers_pages_from_the_second_and_each_annex_anew() -> None:
    opened = docx.Document(io.BytesIO(write(samples.letter(), Format.DOCX)))
    assert all(each.different_first_page_header_footer for each in opened.sections)
    starts = [each._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for each in opened.sections]
    assert starts == ["1", "1"]


def test_a_sheet_is_ready_to_print_and_says_what_it_is_first() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(samples.frozen_binh_dinh(), Format.XLSX)))
    sheet = book.worksheets[0]
    first = [cell.value for cell in sheet["A"][:13]]
    head_at = 1 + next(at for at, cell in enumerate(sheet["A"]) if cell.value == "TT")
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == f"${head_at}:${head_at + 1}"
    assert sheet.freeze_panes == f"A{head_at + 2}"
    assert "BLUEZONER CÓ SỐ ĐIỆN THOẠI" in first
    assert "Thời điểm số liệu: ngày 26/5/2021." in first
    assert [value for value in first if str(value).startswith("Nguồn: ")]
    assert [value for value in first if str(value).startswith("Bản chốt số 1")]
