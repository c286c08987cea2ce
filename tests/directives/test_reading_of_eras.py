"""A letter is read in the tree of units that held on its day."""

from datetime import date

import pytest

from tests.directives.letters import LETTERS, SHORT
from vungxanh.directives.values import check_letter, known_places, known_units, read_letter
from vungxanh.directives.values.reading import tree_of
from vungxanh.engines.checks import Figure
from vungxanh.engines.letters.types import Reading

TODAY = (LETTERS / "family" / "mau-9-gia-lai.txt").read_text(encoding="utf-8")
UNDATED = "ngày      tháng      năm"
HEAD = """UBND TỈNH {province}
SỞ Y TẾ (MẪU)
Số: 12/SYT-NVY
{dated}
V/v báo cáo tiêm chủng (mẫu)

Kính gửi: UBND các xã, phường.

Sở Y tế đề nghị UBND các xã, phường tuyên truyền về tiêm chủng.

Nơi nhận:
- Lưu: VT.
"""
TABLE = """
PHỤ LỤC
Số người cài đặt theo xã, phường, thị trấn

STT\tĐịa phương\tDân số\tSố người cài đặt
{rows}
"""


def head(province: str, dated: str) -> Reading:
    return read_letter(HEAD.format(province=province, dated=dated))


def table_of(*names: str, province: str = "BÌNH ĐỊNH", dated: str) -> Reading:
    rows = "\n".join(f"{n}\t{name}\t{1000 * n}\t{100 * n}" for n, name in enumerate(names, 1))
    text = HEAD.format(province=province, dated=dated)
    return read_letter(text + TABLE.format(rows=rows))


@pytest.mark.parametrize(
    ("dated", "province", "old_code"),
    [
        ("Gia Lai, ngày 30 tháng 6 năm 2025", "vn-2021:64", "64"),
        ("Gia Lai, ngày 01 tháng 7 năm 2025", "vn-2025:52", None),
        ("Gia Lai, ngày 12 tháng 3 năm 2026", "vn-2025:52", None),
        ("Gia Lai, ngày     tháng 8 năm 2020", "vn-2021:64", "64"),
    ],
)
def test_one_name_is_read_as_the_unit_of_the_letters_day(
    dated: str, province: str, old_code: str | None
) -> None:
    document = head("GIA LAI", dated).document
    assert (document.province, document.unit) == (province, province)
    assert (document.tree, document.province_gso_2021) == (province[:7], old_code)


@pytest.mark.parametrize(
    ("province", "tree", "words"),
    [("GIA LAI", "vn-2025", "từ 1/7/2025"), ("BÌNH ĐỊNH", "vn-2021", "đến 30/6/2025")],
)
def test_without_a_day_todays_units_come_first_and_it_is_said(
    province: str, tree: str, words: str
) -> None:
    reading = head(province, "")
    assert reading.document.tree == tree
    said = [warning.vi for warning in reading.warnings if "không cho biết ngày" in warning.vi]
    assert len(said) == 1
    assert words in said[0]


def test_without_a_day_and_without_a_unit_nothing_is_said_of_eras() -> None:
    reading = read_letter("Đề nghị các đơn vị báo cáo số liệu hằng tuần.")
    assert not [one for one in reading.warnings if "không cho biết ngày" in one.vi]


def test_a_deadline_before_the_reform_tells_the_era_of_a_letter_without_its_day() -> None:
    text = SHORT.replace("Bình Định, ngày 03 tháng 8 năm 2021\n", "").replace(
        "BÌNH ĐỊNH", "GIA LAI"
    )
    assert read_letter(text).document.province == "vn-2021:64"


@pytest.mark.parametrize(
    ("year", "month", "tree"),
    [
        (2025, 6, "vn-2021"),
        (2025, 7, "vn-2025"),
        (2025, None, None),
        (2024, None, "vn-2021"),
        (2026, 13, "vn-2025"),
        (0, 1, None),
        (None, 3, None),
    ],
)
def test_a_month_or_year_tells_the_tree_when_it_lies_in_one(
    year: int | None, month: int | None, tree: str | None
) -> None:
    assert tree_of(None, year, month) == tree


def test_units_of_today_stand_in_a_letter_of_today() -> None:
    reading = read_letter(TODAY)
    (table,) = reading.tables
    assert [row[2] for row in table.rows] == ["21583", "21601", "21607", None]
    assert table.columns[2] == "gso_2025"
    known = known_units(reading) or ()
    assert {"vn-2025:52", "vn-2025:21583"} <= {unit.id for unit in known}
    assert not [unit for unit in known if unit.id.startswith("vn-2021")]


def test_communes_of_then_get_their_codes_inside_their_district() -> None:
    day = "Bình Định, ngày 03 tháng 8 năm 2021"
    reading = table_of("Phường Trần Phú", "Phường Hải Cảng", "Xã Nhơn Hội", dated=day)
    (table,) = reading.tables
    assert table.columns[2] == "gso_2021"
    assert [row[2] for row in table.rows] == ["21586", "21562", "21601"]
    assert table.candidates == {}


def test_a_commune_of_two_districts_is_left_with_its_candidates() -> None:
    day = "Bình Định, ngày 03 tháng 8 năm 2021"
    reading = table_of("Ngô Mây", "Xã An Hòa", "Xã Phước Hòa", "Xã Ân Hảo Tây", dated=day)
    (table,) = reading.tables
    assert [row[2] for row in table.rows] == [None, "21628", "21967", "21690"]
    assert table.candidates == {"Ngô Mây": ("vn-2021:21577", "vn-2021:21853")}


def test_the_type_of_a_commune_tells_it_from_another_of_its_name() -> None:
    day = "Bình Định, ngày 03 tháng 8 năm 2021"
    reading = table_of("Thị trấn Ngô Mây", "Xã An Hòa", "Xã Phước Hòa", dated=day)
    assert [row[2] for row in reading.tables[0].rows] == ["21853", "21628", "21967"]


def test_a_unit_named_twice_in_a_table_is_given_no_code() -> None:
    names = ("Phường Trần Phú", "Phường Hải Cảng", "Phường Hải Cảng")
    reading = table_of(*names, dated="Bình Định, ngày 03 tháng 8 năm 2021")
    (table,) = reading.tables
    assert [row[2] for row in table.rows] == ["21586", None, None]
    assert table.candidates == {"Phường Hải Cảng": ("vn-2021:21562",)}


def test_the_newest_day_that_a_letter_speaks_of_tells_its_era() -> None:
    (path,) = LETTERS.glob("002_*.txt")
    reading = read_letter(path.read_text(encoding="utf-8"))
    assert reading.document.tree == "vn-2021"
    assert "ngày mới nhất được nhắc tới là 12/8/2020" in reading.warnings[-1].vi


def test_published_figures_of_the_country_count_in_both_trees() -> None:
    now = "Tính đến ngày 10/3/2026, toàn tỉnh đạt 10,00% dân số cài đặt ứng dụng Bluezone."
    goal = "Phấn đấu đến ngày 20/3/2026 đạt 60% dân số cài đặt Bluezone."
    asks = "Sở Y tế đề nghị Ủy ban"
    text = TODAY.replace(asks, f"{now} {goal}\n\n{asks}")
    days = ((date(2021, 5, 1), 20_000_000), (date(2021, 5, 11), 20_100_000))
    history = [Figure("vn-2021:vn", "installs", n, at) for at, n in days]
    history.append(Figure("vn-2021:vn", "population", 96_208_984, date(2019, 4, 1)))
    history.append(Figure("vn-2021:vn", "population", 1_000_000_000, date(2026, 4, 1)))
    every = check_letter(read_letter(text), history)
    (found,) = [one for one in every if one.code == "letters.target_pace"]
    assert "0,01\u00a0điểm" in (found.expected or "")


def test_todays_communes_answer_where_there_are_no_districts() -> None:
    places = known_places("vn-2025")
    assert [
        unit and unit.code
        for unit in (places.district("Phường Quy Nhơn", "52"), places.province("Gia Lai"))
    ] == ["21583", "52"]
    assert places.province("Bình Định") is None
