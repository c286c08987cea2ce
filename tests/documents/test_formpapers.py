"""Questionnaires on paper: every word stands, the code of each sheet reads back, two sides do."""

import datetime as dt

import numpy as np
import pypdfium2
import pytest
from msgspec.structs import replace

from tests.factories.qr_pictures import text_in_picture
from vungxanh.documents.formpapers import (
    MOST_SHEETS,
    Asked,
    Box,
    FormPaper,
    Section,
    Serial,
    Space,
    write_form,
)
from vungxanh.documents.posters.codes import drawing, modules

AT = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
SIGNS = Asked(
    "2",
    "Bạn có dấu hiệu nào?",
    Space.BOXES,
    hint="chọn tất cả",
    boxes=(Box("1", "Sốt"), Box("2", "Ho"), Box("0", "Không có dấu hiệu nào", is_alone=True)),
    is_required=True,
)
PAPER = FormPaper(
    heading="TỜ KHAI Y TẾ",
    name="general@2",
    name_label="Mẫu",
    serial_label="Số tờ",
    alt="Mã của tờ khai",
    how=("Viết chữ in hoa.",),
    day_words="ngày / tháng / năm",
    sections=(
        Section("Người khai", (Asked("1", "Họ và tên", Space.CELLS, n=30),)),
        Section(
            "Sức khỏe",
            (SIGNS, Asked("3", "Từ ngày nào?", Space.DATE, when="Nếu câu 2 có dấu hiệu")),
        ),
    ),
    consent_heading="Đồng ý",
    consents=("Tôi đồng ý.",),
    signing=("Người khai ký", "Ngày khai"),
    hand_in="Nộp cho trạm y tế.",
    made_at=AT,
)


def serial(number: str, held: str = "VXF1:general@2:1") -> Serial:
    return Serial(number, drawing(modules(held)))


def sides(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def test_a_sheet_says_all_that_is_asked_on_one_side() -> None:
    (side,) = sides(write_form(PAPER, (serial("002 0000001 47"),)))
    said = [
        *("TỜ KHAI Y TẾ", "general@2", "002 0000001 47", "Họ và tên", "1 Sốt", "2 Ho"),
        *("0 Không có dấu hiệu nào", "Từ ngày nào?", "Nếu câu 2 có dấu hiệu", "Tôi đồng ý."),
        *("Người khai ký", "Nộp cho trạm y tế."),
    ]
    assert [words for words in said if words not in side] == []


@pytest.mark.parametrize("held", ["VXF1:general@2:002000000147", "VXF1:domestic@1:999999999999"])
def test_the_code_of_a_sheet_reads_back(held: str) -> None:
    document = pypdfium2.PdfDocument(write_form(PAPER, (serial("002 0000001 47", held),)))
    picture = np.squeeze(document[0].render(scale=4.0, grayscale=True).to_numpy())
    document.close()
    corner = picture[: picture.shape[0] // 4, 3 * picture.shape[1] // 4 :]
    assert text_in_picture(corner.astype(np.float64)) == held


def test_each_sheet_has_its_own_number_and_no_more_are_made_than_may_be() -> None:
    numbers = tuple(serial(f"002 {n:07} 11") for n in range(MOST_SHEETS + 1))
    found = sides(write_form(PAPER, numbers))
    assert len(found) == MOST_SHEETS
    assert "002 0000001 11" in found[1]
    assert "002 0000000 11" not in found[1]


def test_equal_content_gives_equal_bytes() -> None:
    moment = replace(PAPER, made_at=AT.replace(microsecond=5))
    assert write_form(PAPER, (serial("1"),)) == write_form(moment, (serial("1"),))


def test_words_never_become_markup() -> None:
    asked = Asked("1", "#panic() *Mẫu* $x$", Space.LINES, n=2)
    paper = replace(PAPER, sections=(Section("Người khai", (asked,)),))
    assert "#panic() *Mẫu* $x$" in sides(write_form(paper, (serial("1"),)))[0]


def test_more_cells_than_two_rows_hold_are_not_drawn() -> None:
    def wide(n: int) -> FormPaper:
        asked = Asked("1", "Tên", Space.CELLS, n=n)
        return replace(PAPER, sections=(Section("Người khai", (asked,)),))

    assert write_form(wide(60), (serial("1"),)) == write_form(wide(10_000), (serial("1"),))
