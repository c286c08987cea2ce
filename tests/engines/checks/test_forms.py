"""The form of letter 001 as reporters fill it in: its head, what is zero, what is missing, days."""

from datetime import date, datetime

import openpyxl
import pytest

from tests.engines.checks import codes, only, table
from tests.factories.workbooks import saved
from vungxanh.documents.grids import grid_of_text, read_grid
from vungxanh.documents.vietnamese import VIETNAM
from vungxanh.engines.checks import (
    CheckError,
    HeadGuess,
    Meaning,
    check_table,
    heads_of,
    recognise,
)

FORM = """
TÊN DOANH NGHIỆP: VNPT|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
|||Độc lập - Tự do - Hạnh phúc
|||Đồng Xoài, ngày 29 tháng 8 năm 2020
Biểu mẫu số 1
MẪU BÁO CÁO
Thống kê số lượng điện thoại thông minh cài đặt Bluezone trên địa bàn tỉnh
(Kèm theo Công văn số 1025/STTTT-TTBCXB ngày 27/8/2020 của Sở Thông tin và Truyền thông)
Stt|Tên huyện/thị/thành phố|Số lượng điện thoại thông minh cài đặt|Tỷ lệ|Thời điểm báo cáo|Ghi chú
1|Thành phố Đồng Xoài|12.345|10,5|28/8/2020 16:00|số của hệ thống
2|Thị xã Bình Long|0|0|16h00 ngày 28/8/2020|
3|Huyện Bù Đăng|chưa có số liệu|-|28/8/2020|đang kiểm tra
|NGƯỜI LẬP BIỂU||GIÁM ĐỐC||
"""
AT_FOUR = datetime(2020, 8, 28, 16, 0, tzinfo=VIETNAM)
HEADS = {
    "noi": Meaning("name"),
    "so may": Meaning("count", element="installs"),
    "so may#2": Meaning("count", element="smartphones"),
}


def count_of(written: str) -> int | None:
    return table(f"Địa phương|installs\nA|{written}\nB|7").rows[0].counts.get("installs")


def test_the_form_is_read_whole() -> None:
    read = table(FORM)
    assert [row.name for row in read.rows] == [
        "Thành phố Đồng Xoài",
        "Thị xã Bình Long",
        "Huyện Bù Đăng",
    ]
    assert [row.counts for row in read.rows] == [{"installs": 12_345}, {"installs": 0}, {}]
    assert [row.as_of for row in read.rows] == [AT_FOUR, AT_FOUR, date(2020, 8, 28)]
    assert [row.note for row in read.rows] == ["số của hệ thống", "", "đang kiểm tra"]
    assert (read.columns[3].role, read.columns[3].base) == ("share", None)
    assert codes(check_table(read), "error") == []


def test_a_line_says_what_is_zero_and_what_is_missing() -> None:
    read = table(FORM)
    assert [row.zeros for row in read.rows] == [(), ("installs",), ()]
    assert [read.missing_of(row) for row in read.rows] == [(), (), ("installs",)]


def test_the_form_as_a_workbook_keeps_moments_and_formulas_that_found_nothing() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["MẪU BÁO CÁO"])
    sheet.merge_cells("A1:F1")
    sheet.append(table(FORM).columns[n].head for n in range(6))
    sheet.append([1, "Đồng Xoài", 0, 0.105, datetime.fromisoformat("2020-08-28T16:00"), None])
    sheet.append([2, "Bù Đăng", "#N/A", None, date(2020, 8, 28), None])
    read = recognise(read_grid(saved(book), name="a.xlsx"))
    assert [row.counts for row in read.rows] == [{"installs": 0}, {}]
    assert [row.as_of for row in read.rows] == [AT_FOUR, date(2020, 8, 28)]


@pytest.mark.parametrize("written", ["0", " 0 ", "0 máy"])
def test_zero_is_written_as_zero(written: str) -> None:
    assert count_of(written) == 0


@pytest.mark.parametrize(
    "written",
    ["", "-", "—", "…", "...", "x", "#N/A", "Chưa có", "chưa có số liệu.", "Không có số liệu"],
)
def test_what_says_that_there_is_no_figure_is_missing_and_never_zero(written: str) -> None:
    read = table(f"Địa phương|installs\nA|{written}\nB|7")
    assert read.rows[0].counts == {}
    assert codes(check_table(read), "error") == []


@pytest.mark.parametrize("written", ["không", "Không", "không có", "ko"])
def test_words_that_mean_zero_or_nothing_are_neither(written: str) -> None:
    found = only(
        check_table(table(f"Địa phương|installs\nA|{written}\nB|7")), "number.zero_or_missing"
    )
    assert (found.severity, found.where) == ("error", "dòng 2, cột B")
    assert count_of(written) is None


def test_the_figures_own_day_goes_before_the_place_line() -> None:
    read = table("A, ngày 2 tháng 9 năm 2020\nSố liệu đến 1/9/2020\nĐịa phương|installs\nB|7")
    assert read.as_of == date(2020, 9, 1)


def test_what_a_person_says_of_heads_goes_before_the_engines_words() -> None:
    grid = grid_of_text("Nơi\tSố máy\tSố máy\tDân số\nA\t5\t9\t7\n")
    read = recognise(grid, heads={**HEADS, "dan so": Meaning("other")})
    assert read.rows[0].counts == {"installs": 5, "smartphones": 9}


def test_columns_in_any_order_and_numbers_as_heads_are_read_where_they_are_told() -> None:
    grid = grid_of_text("2020\tNơi\n5\tA\n")
    read = recognise(grid, heads={**HEADS, "2020": Meaning("count", element="installs")})
    assert (read.rows[0].name, read.rows[0].counts) == ("A", {"installs": 5})


def test_a_person_can_be_asked_about_the_columns_of_a_table_without_a_known_head() -> None:
    grid = grid_of_text("BÁO CÁO\n\nNơi\tSố máy\tSố máy\nA\t5\t9\nB\t6\t8\n")
    with pytest.raises(CheckError, match=r"checks\.no_head"):
        recognise(grid)
    guesses = heads_of(grid)
    assert [guess.key for guess in guesses] == ["noi", "so may", "so may#2"]
    assert guesses[1] == HeadGuess(2, "Số máy", "so may", ("5", "6"), Meaning("other"))
    told = {guess.key: HEADS[guess.key] for guess in guesses}
    assert [guess.meaning for guess in heads_of(grid, heads=told)] == list(HEADS.values())


def test_the_columns_of_a_known_head_come_with_what_they_seem_to_hold() -> None:
    guesses = heads_of(grid_of_text(FORM.strip().replace("|", "\t")))
    assert [guess.meaning.role for guess in guesses] == [
        *("order", "name", "count", "share", "as_of", "note")
    ]


def test_a_second_table_is_told_and_not_read_into_the_first() -> None:
    read = table("Địa phương|installs|population\nA|5|9\nB|6|9\n||\nBảng 2||\nXã|Dân số|\nC|7|\n")
    assert [row.name for row in read.rows] == ["A", "B"]
    assert only(read.findings, "table.several").where == "dòng 6"
