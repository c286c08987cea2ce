"""Tables as letters bring them: heads of two levels, sums, groups, pages, remarks, blank forms."""

import doctest
from decimal import Decimal
from importlib import import_module

import pytest

from vungxanh.engines.checks import check_table
from vungxanh.engines.letters.tables import find_tables
from vungxanh.engines.letters.types import LetterTable

A = (1, "Huyện A", 75_878, 290_229)
B = (2, "Huyện B", 25_809, 208_121)
SUM = (None, "Tổng cộng", 101_687, 498_350)
HEADS = ("STT", "Địa phương", "Số cài đặt", "Dân số")
SHARES = (
    "STT",
    "Địa phương",
    "Bluezoner có số điện thoại Số lượng",
    "Bluezoner có số điện thoại Tỷ lệ %/dân số",
    "Dân số",
)
SHARED = ((1, "Huyện A", 75_878, Decimal("26.14"), 290_229),)


def only_table(letter: str) -> LetterTable:
    (found,) = find_tables(letter)
    return found.letter


TWO_LEVELS = {
    "blank under wide": """STT\tĐịa phương\tBluezoner có số điện thoại\t\tDân số
\t\tSố lượng\tTỷ lệ %/dân số\t
1\tHuyện A\t75.878\t26,14\t290.229""",
    "repeated": """STT\tĐịa phương\tBluezoner có số điện thoại\tBluezoner có số điện thoại\tDân số
STT\tĐịa phương\tSố lượng\tTỷ lệ %/dân số\tDân số
1\tHuyện A\t75.878\t26,14\t290.229""",
    "merged": """STT\tĐịa phương\tBluezoner có số điện thoại\tDân số
\t\tSố lượng\tTỷ lệ %/dân số\t
1\tHuyện A\t75.878\t26,14\t290.229""",
    "set in columns": """STT  Địa phương    Bluezoner có số điện thoại   Dân số
                   Số lượng    Tỷ lệ %/dân số
1    Huyện A        75.878            26,14     290.229""",
    "numbered": """STT\tĐịa phương\tBluezoner có số điện thoại\t\tDân số
\t\tSố lượng\tTỷ lệ %/dân số\t
(1)\t(2)\t(3)\t(4)=(3)/(5)\t(5)
1\tHuyện A\t75.878\t26,14\t290.229""",
}


@pytest.mark.parametrize("written", TWO_LEVELS.values(), ids=TWO_LEVELS)
def test_a_head_of_two_levels_is_one_head(written: str) -> None:
    table = only_table(written)
    assert table.columns == SHARES
    assert table.rows == SHARED
    assert table.elements[2:] == ("bluezone_with_phone", "share_of_population", "population")


SUMS = {
    "under": """STT\tĐịa phương\tSố cài đặt\tDân số
1\tHuyện A\t75.878\t290.229
2\tHuyện B\t25.809\t208.121
\tTổng cộng\t101.687\t498.350""",
    "over, in a stream": """STT
Địa phương
Số cài đặt
Dân số
Tổng cộng 101.687 498.350
1 Huyện A 75.878 290.229
2 Huyện B 25.809 208.121""",
    "bold": """| **STT** | **Địa phương** | **Số cài đặt** | **Dân số** |
|:---:|---|---:|---:|
| 1 | Huyện A | 75.878 | 290.229 |
| 2 | Huyện B | 25.809 | 208.121 |
| | **Tổng cộng** | **101.687** | **498.350** |""",
}


@pytest.mark.parametrize("written", SUMS.values(), ids=SUMS)
def test_a_sum_is_kept_and_not_counted_again(written: str) -> None:
    table = only_table(written)
    assert sorted(table.rows, key=str) == sorted((A, B, SUM), key=str)
    assert table.total_row_present
    assert table.computed_totals == {"installs": 101_687, "population": 498_350}


def test_a_place_named_like_a_sum_is_no_sum() -> None:
    table = only_table("STT\tĐịa phương\tDân số\n1\tXã Cộng Hòa\t12\n2\tCộng Hòa\t5")
    assert not table.total_row_present
    assert table.computed_totals == {"population": 17}


WHOLE = {
    "numbered columns": """STT
Địa phương
Số cài đặt
Dân số
A
B
1
2
1
Huyện A
75.878
290.229
2
Huyện B
25.809
208.121""",
    "in one line": """STT Địa phương Số cài đặt Dân số
1 2 3 4
1 Huyện A 75.878 290.229
2 Huyện B 25.809 208.121""",
    "page": """STT
Địa phương
Số cài đặt
Dân số
1 Huyện A 75.878 290.229

7

STT
Địa phương
Số cài đặt
Dân số
2 Huyện B 25.809 208.121""",
    "page in columns": """STT  Địa phương    Số cài đặt   Dân số
1    Huyện A        75.878      290.229

                    7

STT  Địa phương    Số cài đặt   Dân số
2    Huyện B        25.809      208.121""",
    "broken cell": """STT\tĐịa phương\tSố cài đặt\tDân số
1\tHuyện
A\t75.878\t290.229
2\tHuyện B\t25.809\t208.121""",
    "blank lines": """STT\tĐịa phương\tSố cài đặt\tDân số

1\tHuyện A\t75.878\t290.229


2\tHuyện B\t25.809\t208.121""",
    "grid": """+-----+---------+------------+---------+
| STT | Địa     | Số cài đặt | Dân số  |
|     | phương  |            |         |
+=====+=========+============+=========+
| 1   | Huyện   | 75.878     | 290.229 |
|     | A       |            |         |
+-----+---------+------------+---------+
| 2   | Huyện B | 25.809     | 208.121 |
+-----+---------+------------+---------+""",
    "units of measure": """STT\tĐịa phương\tSố cài đặt\tDân số
1\tHuyện A\t75.878 người\t290.229 người
2\tHuyện B\t25.809 người\t208.121 người""",
    "head over columns it does not stand over": """ STT

 Địa phương

 Số cài

 đặt

 Dân số

     1  Huyện A        75.878         290.229

     2  Huyện B        25.809         208.121""",
}


@pytest.mark.parametrize("written", WHOLE.values(), ids=WHOLE)
def test_the_same_table_comes_out_of_every_layout(written: str) -> None:
    table = only_table(f"PHỤ LỤC 2\nKết quả cài đặt đến 17h00 ngày 26/5/2021\n\n{written}\n")
    assert table.columns == HEADS
    assert table.rows == (A, B)
    assert table.title == "PHỤ LỤC 2 - Kết quả cài đặt"
    assert table.as_of == "2021-05-26T17:00:00+07:00"


GROUPED = {
    "tabs": """STT\tĐịa phương\tSố cài đặt\tDân số
I\tKhu vực thành thị\t\t
1\tHuyện A\t75.878\t290.229
II\tKhu vực nông thôn\t\t
1\tHuyện B\t25.809\t208.121""",
    "columns": """STT  Địa phương            Số cài đặt   Dân số
I    Khu vực thành thị
1    Huyện A                75.878      290.229
II   Khu vực nông thôn
1    Huyện B                25.809      208.121""",
    "stream": """STT
Địa phương
Số cài đặt
Dân số
I Khu vực thành thị
1 Huyện A 75.878 290.229
II Khu vực nông thôn
1 Huyện B 25.809 208.121""",
}


@pytest.mark.parametrize("written", GROUPED.values(), ids=GROUPED)
def test_the_head_of_a_group_is_a_row_and_no_unit(written: str) -> None:
    table = only_table(written)
    assert [row[:2] for row in table.rows] == [
        ("I", "Khu vực thành thị"),
        (1, "Huyện A"),
        ("II", "Khu vực nông thôn"),
        (1, "Huyện B"),
    ]
    assert table.computed_totals == {"installs": 101_687, "population": 498_350}


def test_remarks_and_moments_are_words_of_their_own_columns() -> None:
    table = only_table(
        """STT  Địa phương    Số cài đặt   Thời điểm báo cáo      Ghi chú
1    Huyện A        75.878      17h00 ngày 26/5/2021
2    Huyện B                    16h00 ngày 26/5/2021   Thiếu 2 xã"""
    )
    assert table.rows == (
        (1, "Huyện A", 75_878, "17h00 ngày 26/5/2021", None),
        (2, "Huyện B", None, "16h00 ngày 26/5/2021", "Thiếu 2 xã"),
    )
    assert not table.computed_totals


def test_a_remark_with_a_number_ends_a_row_of_a_stream() -> None:
    table = only_table(
        "STT\nĐịa phương\nSố cài đặt\nDân số\nGhi chú\n"
        "1 Huyện A 75.878 290.229 Tốt\n2 Huyện B 25.809 208.121 Thiếu 2 xã"
    )
    assert table.rows == ((*A, "Tốt"), (*B, "Thiếu 2 xã"))


def test_a_row_with_too_few_figures_is_filled_only_where_one_way_fits() -> None:
    table = only_table(
        "STT\nĐịa phương\nDân số\nTỷ lệ %\nTổng số smartphone\n"
        "1 Huyện A 290.229 26,14 75.878\n2 Huyện B 208.121 12,40 25.809\n"
        "3 Huyện C 12,00 9.000\n4 Huyện D 7.000 11,00\n5 Huyện E 8.000"
    )
    assert table.rows[2:] == (
        (3, "Huyện C", None, Decimal("12.00"), 9_000),
        (4, "Huyện D", 7_000, Decimal("11.00"), None),
        (5, "Huyện E", None, None, None),
    )


def test_rows_without_numbers_are_read() -> None:
    (found,) = find_tables(
        "Địa phương\n\nSố cài đặt\n\nDân số\n\nHuyện A\n\n75.878\n\n290.229\n\n"
        "Huyện B\n\n25.809\n\n208.121\n\nToàn tỉnh\n\n101.687\n\n498.351\n"
    )
    assert found.letter.rows == (A[1:], B[1:], ("Toàn tỉnh", 101_687, 498_351))
    assert found.table is not None
    wrong = [finding.code for finding in check_table(found.table) if finding.severity == "error"]
    assert wrong == ["total.differs_from_parts"]


def test_several_tables_keep_their_titles() -> None:
    tables = [
        found.letter
        for found in find_tables(
            """Bảng 1. Kết quả cài đặt
STT  Địa phương    Số cài đặt
1    Huyện A        75.878
2    Huyện B        25.809
Bảng 2. Số điểm đăng ký ngày 26/5/2021
STT  Địa phương    Số điểm đăng ký
1    Huyện A        78
2    Huyện B        9
Ghi chú: theo báo cáo của các huyện."""
        )
    ]
    assert [table.title for table in tables] == [
        "Bảng 1. Kết quả cài đặt",
        "Bảng 2. Số điểm đăng ký",
    ]
    assert [table.as_of for table in tables] == [None, "2021-05-26"]
    assert [len(table.rows) for table in tables] == [2, 2]


TITLES = {
    "PHỤ LỤC\nThống kê kết quả\n(Số liệu đến 17h00 ngày 26/5/2021)\n": "Thống kê kết quả",
    "Phụ lục\n\nKẾT QUẢ CÀI ĐẶT\n\nTHEO HUYỆN\n\n(Kèm theo Công văn số 5/VP\n\ncủa Sở)"
    "\n\nThời điểm số liệu: 17h00 ngày 26/5/2021. ĐVT: người.\n": "KẾT QUẢ CÀI ĐẶT THEO HUYỆN",
    "Biểu số 3: Kết quả tính đến 17 giờ 00 ngày 26/5/2021\n": "Biểu số 3: Kết quả",
    "**Bảng 1**\n\n**Kết quả (đến 17h00 ngày 26/5/2021)**\n": "Bảng 1 - Kết quả",
}


@pytest.mark.parametrize(("above", "title"), TITLES.items())
def test_title_and_moment_stand_above(above: str, title: str) -> None:
    table = only_table(f"Trân trọng./.\n\n{above}\nSTT\tĐịa phương\tDân số\n1\tHuyện A\t12\n")
    assert table.title == title
    assert table.as_of == "2021-05-26T17:00:00+07:00"


UNTITLED = [
    "Kết quả cụ thể như sau:\n",
    "PHỤ LỤC\n(Kèm theo Công văn số 5/VP ngày 1/6/2021)\n",
    "Thống kê kết quả ngày 26/5\n",
    "Thống kê kết quả ngày 31/2/2021\n",
    "",
]


@pytest.mark.parametrize("above", UNTITLED)
def test_no_moment_is_made_up(above: str) -> None:
    table = only_table(f"{above}\nSTT\tĐịa phương\tDân số\n1\tHuyện A\t12\n")
    assert table.as_of is None


def test_an_unknown_table_is_a_table_too() -> None:
    (found,) = find_tables(
        "STT\tNhiệm vụ\tThời hạn\tĐiện thoại\n"
        "1\tTuyên truyền\tHằng ngày\t0912345678\n2\tBáo cáo\tTrước 16h00\t0257.3821982\n"
    )
    assert found.table is None
    assert found.letter.rows == (
        (1, "Tuyên truyền", "Hằng ngày", "0912345678"),
        (2, "Báo cáo", "Trước 16h00", "0257.3821982"),
    )


def test_a_separator_is_read_by_the_whole_table() -> None:
    table = only_table("STT\tĐơn vị\tSố hộ\tMức đạt\n1\tA\t1.090\t19,67\n2\tB\t706\t47,10\n")
    assert table.rows[0] == (1, "A", 1_090, Decimal("19.67"))
    table = only_table("STT\tĐơn vị\tSố hộ\tMức đạt\n1\tA\t1.090\t7\n2\tB\t706\t5\n")
    assert table.rows[0] == (1, "A", "1.090", 7)


FORMS = {
    "tabs": "STT\tXã, phường\tSố người cài đặt\tTỷ lệ\n1\t\t\t\n2\t\t\t\n…\t\t\t",
    "pipes": "| STT | Xã, phường | Số người cài đặt | Tỷ lệ |\n|---|---|---|---|\n| | | | |",
    "dots": "STT  Xã, phường  Số người cài đặt  Tỷ lệ\n1    ………………      ………              ……",
    "stream": "STT Xã,\n\nphường\n\nSố người cài\n\nđặt\n\nTỷ lệ",
}


@pytest.mark.parametrize("written", FORMS.values(), ids=FORMS)
def test_a_blank_form_has_heads_and_no_rows(written: str) -> None:
    table = only_table(f"TÊN ĐƠN VỊ: ...............\n\nBiểu số 2\n\nMẪU BÁO CÁO\n\n{written}\n")
    assert table.columns == ("STT", "Xã, phường", "Số người cài đặt", "Tỷ lệ")
    assert table.rows == ()
    assert table.is_blank_form
    assert table.filled_by == "đơn vị"


def test_a_form_that_names_its_units_keeps_them() -> None:
    table = only_table("STT\nXã, phường\nSố người cài đặt\nTỷ lệ\n1 Xã A\n2 Xã B\n")
    assert table.rows == ((1, "Xã A", None, None), (2, "Xã B", None, None))
    assert table.is_blank_form


NO_TABLES = {
    "letterhead": "UBND TỈNH A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ B\tĐộc lập - Tự do"
    " - Hạnh phúc\nSố: 15/SB-VP\tA, ngày 5 tháng 6 năm 2021\nV/v báo cáo\t",
    "letterhead in columns": "UBND TỈNH A          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Số: 15/SB-VP         A, ngày   5  tháng  6  năm  2021",
    "letterhead in pipes": "| UBND TỈNH A | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
    "| Số: 15/SB-VP | A, ngày 5 tháng 6 năm 2021 |",
    "addressees": "Kính gửi:\tCác sở\n1.\tCác sở, ban, ngành;\n2.\tUBND các huyện.",
    "signature": "Nơi nhận:\tKT. GIÁM ĐỐC\n- Như trên;\tPHÓ GIÁM ĐỐC\n- Lưu: VT.\tNguyễn Văn Mẫu",
    "list": "Các xã sau:\n1. Xã A\n2. Xã B\n3. Xã C\n\n1 Xã A\n2 Xã B\n3 Xã C",
    "contacts": "Điện thoại: 0257 3821982\nFax: 0257 3821983\nĐiện thoại\t0257.3821982\n"
    "Fax\t0257.3821983\nÔng A     ĐT: 0912345678\nBà B      ĐT: 0912345679",
    "figures in prose": "Tính đến ngày 26/5/2021, huyện A có 75.878 người, đạt 26,14%\n"
    "huyện B có 25.809 người, đạt 12,40%\nnăm 2020 có 12.000\nnăm 2021 có 13.000",
    "nothing": "",
}


@pytest.mark.parametrize("letter", NO_TABLES.values(), ids=NO_TABLES)
def test_what_only_looks_like_a_table_is_none(letter: str) -> None:
    assert find_tables(letter) == ()


@pytest.mark.parametrize("name", ["core", "cells", "headwords", "vocabulary"])
def test_the_examples_in_the_code_are_true(name: str) -> None:
    module = import_module(f"vungxanh.engines.letters.tables.{name}")
    failed, tried = doctest.testmod(module)
    assert (tried > 0, failed) == (True, 0)
