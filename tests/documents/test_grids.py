"""Separated text becomes a grid whatever its encoding, or is refused with one sentence."""

import unicodedata
from decimal import Decimal

import pytest

from vungxanh.documents.grids import Grid, Limits, column_letters, grid_of_text, read_grid
from vungxanh.refusals import RefusalError

NAMES = "Địa phương;Dân số\nThành phố Quy Nhơn;290.229\nThị xã Hoài Nhơn;208.121\n"
SMALL = Limits(file_bytes=4_096, rows=10, columns=5, cells=40, cell_characters=50)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def refusal(content: bytes, limits: Limits = SMALL) -> RefusalError:
    with pytest.raises(RefusalError) as caught:
        read_grid(content, name="a.csv", limits=limits)
    return caught.value


def windows_1258(text: str) -> bytes:
    """As Windows writes it: base letters of the code page, then combining tone marks."""
    split = []
    for letter in text:
        try:
            letter.encode("cp1258")
            split.append(letter)
        except UnicodeEncodeError:
            base, tone = _without_tone(letter)
            split.append(base + tone)
    return "".join(split).encode("cp1258")


def _without_tone(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.replace(tone, "")), tone


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (NAMES.encode("utf-8"), "utf-8"),
        (NAMES.encode("utf-8-sig"), "utf-8-sig"),
        (NAMES.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + NAMES.encode("utf-16-be"), "utf-16"),
        (NAMES.encode("utf-16-le"), "utf-16-le"),
        (NAMES.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(NAMES), "windows-1258"),
        (unicodedata.normalize("NFD", NAMES).encode("utf-8"), "utf-8"),
    ],
)
def test_the_same_table_is_read_from_every_encoding(content: bytes, encoding: str) -> None:
    grid = read_grid(content, name="a.csv")
    assert texts(grid) == [
        ["Địa phương", "Dân số"],
        ["Thành phố Quy Nhơn", "290.229"],
        ["Thị xã Hoài Nhơn", "208.121"],
    ]
    assert (grid.encoding, grid.separator, grid.kind) == (encoding, ";", "csv")


def test_an_old_vietnamese_font_encoding_is_refused_by_name() -> None:
    tcvn3 = "Thµnh phè Quy Nh¬n;290229\n".encode("latin-1")
    error = refusal(tcvn3)
    assert error.code == "grids.unknown_encoding"
    assert "TCVN3" in error.words.vi


def test_a_table_in_an_old_font_encoding_is_read_where_enough_words_tell() -> None:
    lines = "\n".join(f"{n};ThÞ x· Ph­íc Long;HuyÖn Bï §¨ng;{n}5" for n in range(5))
    written = f"Stt;Tªn huyÖn;§Þa ph­¬ng;Sè l­îng\n{lines}\n"
    read = read_grid(written.encode("latin-1"), name="a.csv")
    assert texts(read)[:2] == [
        ["Stt", "Tên huyện", "Địa phương", "Số lượng"],
        ["0", "Thị xã Phước Long", "Huyện Bù Đăng", "05"],
    ]
    assert "TCVN3" in read.warnings[0].vi
    assert texts(grid_of_text(written)) == texts(read)


@pytest.mark.parametrize(
    ("text", "separator", "second_row"),
    [
        ("a,b,c\n1,2,3\n", ",", ["1", "2", "3"]),
        ("a;b;c\n1,5;2,5;3\n", ";", ["1,5", "2,5", "3"]),
        ("a\tb\tc\n1,5\t2;5\t3\n", "\t", ["1,5", "2;5", "3"]),
        ('a,b\n"Xã A, B",2\n', ",", ["Xã A, B", "2"]),
        ("Tiêu đề\na;b\n1;2\n3;4\n", ";", ["a", "b"]),
    ],
)
def test_the_separator_is_found_by_what_makes_even_rows(
    text: str, separator: str, second_row: list[str]
) -> None:
    grid = grid_of_text(text)
    assert grid.separator == separator
    assert texts(grid)[1] == second_row


def test_the_separator_line_of_excel_is_obeyed_and_keeps_its_row_number() -> None:
    grid = grid_of_text("sep=;\na;b\n1;2\n")
    assert grid.separator == ";"
    assert grid.rows[2][1].name == "B3"


def test_a_cell_with_line_breaks_pasted_from_excel_is_one_cell() -> None:
    grid = grid_of_text('STT\t"Số\nBluezoner"\n1\t5\n')
    assert texts(grid)[0] == ["STT", "Số Bluezoner"]


def test_places_are_said_as_a_person_would() -> None:
    cell = grid_of_text("a,b,c\n1,2,3\n4,5,6\n7,8,9\n").rows[3][2]
    assert (cell.place.vi, cell.place.en, cell.name) == ("dòng 4, cột C", "row 4, column C", "C4")
    assert [column_letters(n) for n in (26, 27, 702, 703)] == ["Z", "AA", "ZZ", "AAA"]


def test_blank_lines_stay_so_that_rows_have_the_numbers_of_the_file() -> None:
    grid = grid_of_text("a,b\n\n1,2\n")
    assert grid.rows[2][0].text == "1"
    assert grid.rows[1][1].is_empty


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "grids.empty"),
        (b" \n\t\n", "grids.empty"),
        (b",,,\n,,,\n", "grids.empty"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99, "grids.old_excel"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "grids.locked",
        ),
        (b"%PDF-1.7 ...", "grids.not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0", "grids.not_a_table"),
        (b"abc\x01\x02,def", "grids.not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "grids.web_page"),
        (b"\xff\xfe\x00", "grids.unknown_encoding"),
        (b"\x81\x8d\x8f\x90,1", "grids.unknown_encoding"),
        (b"a,b\n" * 11, "grids.too_large"),
        (b"1,2,3,4,5,6\n", "grids.too_large"),
        (b"1,2,3,4,5\n" * 9, "grids.too_large"),
        (b"x" * 5_000, "grids.too_large"),
        (b"a,b\n1," + b"9" * 51, "grids.long_cell"),
    ],
)
def test_bad_content_is_refused_with_a_code(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_a_refusal_of_one_cell_names_its_place() -> None:
    error = refusal(b"a,b\n1," + b"9" * 51)
    assert error.where == "dòng 2, cột B"
    assert error.words.vi.startswith("Dòng 2, cột B:")
    assert error.words.en.startswith("Row 2, column B:")


def test_pasted_text_is_held_to_the_same_limits() -> None:
    with pytest.raises(RefusalError) as caught:
        grid_of_text("x" * 5_000, limits=SMALL)
    assert caught.value.code == "grids.too_large"


def test_text_is_never_taken_for_a_number_by_itself() -> None:
    cell = grid_of_text("a,b\n1.234,x\n").rows[1][0]
    assert cell.value == "1.234"
    assert not isinstance(cell.value, Decimal)
