"""Tables as officials type them are recognised: heads, totals, notes, days, positions."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.engines.checks import annex, codes, only, table
from tests.factories.workbooks import saved
from vungxanh.documents.grids import grid_of_text, read_grid
from vungxanh.engines.checks import CheckError, check_table, recognise

OFFICIAL = """
PHỤ LỤC
Thống kê Bluezoner có số điện thoại theo huyện/ thị xã/ thành phố ngày 26/5/2021

STT|Địa phương|Số Bluezoner có số điện thoại|Dân số|Tỷ lệ % Bluezoner có số điện thoại/ dân số
(1)|(2)|(3)|(4)|(5)=(3)/(4)
1|Thành phố Quy Nhơn|75,878|290,229|26.14
2|Thị xã Hoài Nhơn|25,809|208,121|12.40
|Toàn tỉnh|101,687|498,350|20.40
Ghi chú: theo Cục Tin học hóa
"""


def test_the_real_annex_is_recognised_whole() -> None:
    read = annex()
    assert read.elements == ("bluezone_with_phone", "population", "smartphones")
    assert len(read.rows) == 11
    assert sum(row.counts["bluezone_with_phone"] for row in read.rows) == 202_379
    assert sum(row.counts["population"] for row in read.rows) == 1_487_817
    assert sum(len(row.shares) for row in read.rows) == 22
    assert read.rows[0].unit == "vn-2021:540"


def test_an_official_layout_is_recognised() -> None:
    read = table(OFFICIAL)
    assert [row.name for row in read.rows] == ["Thành phố Quy Nhơn", "Thị xã Hoài Nhơn"]
    assert read.rows[0].counts == {"bluezone_with_phone": 75_878, "population": 290_229}
    assert read.rows[0].shares[0].percent == Decimal("26.14")
    assert read.totals[0].counts["population"] == 498_350
    assert read.notes == ("Ghi chú: theo Cục Tin học hóa",)
    assert read.as_of == date(2021, 5, 26)
    assert read.head_rows == (4,)
    assert codes(check_table(read), "error") == []


def test_a_head_over_two_rows_with_merged_cells_is_one_head() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Địa phương", "Bluezoner có số điện thoại", None, "Dân số"],
        [None, "Số lượng", "Tỷ lệ %/dân số", None],
        ["Quy Nhơn", 75878, 0.2614, 290229],
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(area)
    sheet["C3"].number_format = "0.00%"
    read = recognise(read_grid(saved(book), name="a.xlsx"))
    assert read.elements == ("bluezone_with_phone", "population")
    assert read.rows[0].shares[0].base == "population"
    assert (read.rows[0].shares[0].percent, read.rows[0].shares[0].decimals) == (
        Decimal("26.14"),
        2,
    )


def test_a_head_over_two_rows_in_text_is_one_head() -> None:
    read = table(
        """
        Địa phương|Bluezoner có số điện thoại||Dân số
        |Số lượng|Tỷ lệ %/dân số|
        Quy Nhơn|75.878|26,14|290.229
        """
    )
    assert read.elements == ("bluezone_with_phone", "population")
    assert read.rows[0].shares[0].percent == Decimal("26.14")


@pytest.mark.parametrize(
    "name", ["Toàn tỉnh", "Tổng cộng", "Cộng", "TỔNG", "Tổng số", "Chung toàn tỉnh", "Total"]
)
def test_total_lines_are_no_units(name: str) -> None:
    read = table(f"Địa phương|Dân số\nXã A|5\nXã B|7\n{name}|12")
    assert [row.name for row in read.rows] == ["Xã A", "Xã B"]
    assert read.totals[0].counts == {"population": 12}


@pytest.mark.parametrize("name", ["Xã Toàn Thắng", "Xã Tổng Cọt", "Cộng Hòa", "Toàn Sơn"])
def test_places_that_sound_like_totals_are_units(name: str) -> None:
    assert len(table(f"Địa phương|Dân số\n{name}|5\nXã B|7").rows) == 2


def test_the_parent_among_its_children_is_their_total() -> None:
    read = table("unit|population\nvn-2021:52|12\nvn-2021:540|5\nvn-2021:543|7")
    assert [row.unit for row in read.rows] == ["vn-2021:540", "vn-2021:543"]
    assert read.totals[0].unit == "vn-2021:52"


def test_repeated_heads_section_lines_and_signatures_are_left_out() -> None:
    read = table(
        """
        STT|Địa phương|Dân số
        I|Khu vực miền núi|
        1|Huyện An Lão|27.853
        STT|Địa phương|Dân số
        2|Huyện Vân Canh|27.889
        |NGƯỜI LẬP BIỂU|
        """
    )
    assert [row.name for row in read.rows] == ["Huyện An Lão", "Huyện Vân Canh"]


def test_a_listed_unit_without_figures_stays_and_is_unknown_not_zero() -> None:
    read = table("STT|Địa phương|Dân số\n1|Huyện An Lão|…\n2|Huyện Vân Canh|27.889")
    assert read.rows[0].counts == {}
    assert codes(check_table(read), "warning") == ["unit.no_figures"]


def test_fractions_of_one_are_brought_to_percent_where_the_counts_show_it() -> None:
    read = table(
        "name|bluezone_with_phone|population|printed_share_of_population\n"
        "A|75878|290229|0.2614\nB|25809|208121|0.1240"
    )
    assert read.rows[0].shares[0].percent == Decimal("26.14")
    assert codes(check_table(read), "error") == []


def test_a_days_column_is_read_line_by_line() -> None:
    read = table("name|population|as_of\nA|5|26/5/2021\nB|7|2021-05-27")
    assert [row.as_of for row in read.rows] == [date(2021, 5, 26), date(2021, 5, 27)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a|b\n1|2", "checks.no_head"),
        ("Địa phương|Dân số\n|", "checks.no_units"),
        ("Số liệu ngày 26/5\nĐịa phương|Dân số\nA|5", "checks.date_without_year"),
        ("name|population|as_of\nA|5|26/5", "checks.date_without_year"),
        ("name|population|as_of\nA|5|26/5/21", "checks.date_without_year"),
        ("Địa phương|Dân số\nA|75|878", "checks.cell_without_head"),
    ],
)
def test_what_is_no_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(CheckError) as caught:
        table(text)
    assert caught.value.code == code


def test_a_decimal_comma_in_a_comma_file_is_refused_with_its_place() -> None:
    with pytest.raises(CheckError) as caught:
        recognise(grid_of_text("name,population,printed_share_of_population\nA,5,26,14\n"))
    assert caught.value.where == "dòng 2, cột D"
    assert "ngoặc kép" in caught.value.words.vi


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("abc", "number.unreadable"),
        ("12,5", "number.not_whole"),
        ("1.2.3", "number.unreadable"),
        ("30/4", "number.unreadable"),
    ],
)
def test_numbers_that_cannot_be_read_are_findings_with_their_place(written: str, code: str) -> None:
    findings = check_table(table(f"Địa phương|Dân số\nA|{written}\nB|7"))
    found = only(findings, code)
    assert (found.severity, found.where, found.claim) == ("error", "dòng 2, cột B", written)
    assert found.message.vi.startswith("Dòng 2, cột B: ")
