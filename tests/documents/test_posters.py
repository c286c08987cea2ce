"""Posters: every form in every language reads back from its picture, also from afar."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.factories.poster_pictures import from_afar, one_code, sheets
from tests.factories.qr_pictures import corner_squares, text_in_picture
from vungxanh.documents.pdf import FontsMissingError
from vungxanh.documents.posters import Form, Language, Poster, codes, write_poster

PAYLOAD = "AQ" + "Zk3_-x9Bw7" * 10 + "QmPLoEr2"
LONGEST_NAME = ("Trung tâm Hội nghị quốc tế khu kinh tế Nhơn Hội " * 3)[:120]
LONGEST_ADDRESS = ("Lô B12-14 đường Nguyễn Thị Minh Khai nối dài, khu phố Đông, " * 4)[:200]
PAPER_MM = {Form.A5: (148, 210)}


def poster(**said: Any) -> Poster:
    plain = Poster(
        name="Chợ mẫu",
        entrance="cổng 1",
        address="Đường mẫu, phường Quy Nhơn",
        code="7K3M-Q9XD-C",
        url=f"https://vungxanh.example.gov.vn/c/7K3MQ9XDC#{PAYLOAD}",
        issued_on=dt.date(2026, 5, 26),
    )
    return replace(plain, **said)


SHORTEST = poster(name="A", entrance="", address="", url=f"https://x.vn/c/7K3MQ9XDC#{PAYLOAD}")
LONGEST = poster(
    name=LONGEST_NAME,
    entrance="Phòng họp lớn tầng 12, cửa sau nhà xe phía bờ biển dài nữa",
    address=LONGEST_ADDRESS,
    url=f"https://diem-kiem-soat.trung-tam-y-te-gia-lai.gov.vn:8443/c/7K3MQ9XDC#{PAYLOAD}",
    copies=2,
)


def words(pdf: bytes) -> list[str]:
    found = [one.get_textpage().get_text_bounded() for one in sheets(pdf)]
    return [" ".join(one.replace("\u200b", "").split()) for one in found]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("asked", [SHORTEST, poster(), LONGEST], ids=["short", "usual", "long"])
def test_every_poster_reads_back(asked: Poster, form: Form, language: Language) -> None:
    pdf = write_poster(replace(asked, language=language), form)
    assert text_in_picture(one_code(pdf, form)) == asked.url


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("asked", [SHORTEST, poster(), LONGEST], ids=["short", "usual", "long"])
def test_every_poster_reads_back_from_a_metre_away(asked: Poster, form: Form) -> None:
    seen = from_afar(one_code(write_poster(asked, form), form, scale=4.0))
    assert text_in_picture(seen) == asked.url


def test_face_of_a_table_stand_that_is_turned_over_reads_too() -> None:
    drawn = np.squeeze(sheets(write_poster(poster(), Form.TENT))[0].render(scale=3).to_numpy())
    upper = drawn[: int(121 / 297 * len(drawn)), :, 0].astype(float)
    assert text_in_picture(upper) == poster().url


@pytest.mark.parametrize("asked", [SHORTEST, poster(), LONGEST], ids=["short", "usual", "long"])
def test_code_of_an_a4_poster_is_larger_than_15_cm_with_its_quiet_zone_white(
    asked: Poster,
) -> None:
    pdf = write_poster(asked, Form.A4)
    grey = one_code(pdf, Form.A4)
    found, unit = corner_squares(grey)
    left, top = (found.min(axis=0) - 3.5 * unit).astype(int)
    right, bottom = (found.max(axis=0) + 3.5 * unit).astype(int)
    assert (right - left) / grey.shape[1] * 210 > 150
    zone = int(4 * unit) - 3
    around = grey[top - zone : bottom + zone, left - zone : right + zone].copy()
    around[zone - 3 : -zone + 3, zone - 3 : -zone + 3] = 255
    assert around.min() > 250


@pytest.mark.parametrize("form", Form)
def test_a_copy_is_a_sheet_of_its_own_and_numbered(form: Form) -> None:
    said = words(write_poster(poster(copies=3, language=Language.VI), form))
    assert len(said) == 3
    numbers = ["".join(one.split()) for one in said]
    assert [f"{n}/3" in one for n, one in enumerate(numbers, 1)] == [True] * 3


@pytest.mark.parametrize("form", Form)
def test_sheet_tells_point_code_day_and_what_must_show(form: Form) -> None:
    (said,) = words(write_poster(poster(), form))
    for part in (
        "Chợ mẫu",
        "cổng 1",
        "7K3M-Q9XD-C",
        "26/5/2026",
        "Zalo",
        "vungxanh.example.gov.vn",
    ):
        assert part in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", Form)
def test_sheet_of_an_invented_point_says_so_and_no_other_does(
    form: Form, language: Language
) -> None:
    mark = "sample, not real" if language is Language.EN else "mẫu, không có thật"
    asked = poster(language=language)
    (real,) = words(write_poster(asked, form))
    (invented,) = words(write_poster(replace(asked, is_invented=True), form))
    assert [mark in one.casefold() for one in (real, invented)] == [False, True]


def test_sheet_says_where_to_report_a_sticker_over_the_code() -> None:
    (said,) = words(write_poster(poster(language=Language.VI), Form.A4))
    assert "vungxanh.example.gov.vn/c/7K3MQ9XDC/bao/" in said.replace(" ", "")


def test_english_poster_has_no_vietnamese_words_of_its_own() -> None:
    (said,) = words(write_poster(poster(language=Language.EN), Form.A4))
    assert "26 May 2026" in said
    assert "Mã điểm" not in said
    assert "Point code" in said


@pytest.mark.parametrize("form", Form)
def test_longest_names_stay_on_one_sheet_whole(form: Form) -> None:
    said = words(write_poster(replace(LONGEST, copies=1), form))
    assert len(said) == 1
    assert LONGEST_NAME.split()[-1] in said[0]
    assert "nữa" in said[0]


def test_name_without_spaces_stays_on_its_sheet() -> None:
    form = Form.A4
    pdf = write_poster(poster(name="M" * 120, entrance=""), form)
    grey = one_code(pdf, form)
    assert len(sheets(pdf)) == 1
    assert text_in_picture(grey) == poster().url
    assert grey[:, -int(12 / 210 * grey.shape[1]) :].min() > 250


def test_words_never_become_markup() -> None:
    (said,) = words(write_poster(poster(name="#panic() *Chợ* $x$", entrance=""), Form.A4))
    assert "#panic() *Chợ* $x$" in said


def test_equal_content_gives_equal_bytes() -> None:
    assert write_poster(poster(), Form.A4) == write_poster(poster(), Form.A4)


def test_without_fonts_the_refusal_says_which_command_helps(tmp_path: Any) -> None:
    with pytest.raises(FontsMissingError):
        write_poster(poster(), Form.A4, fonts=tmp_path)


def test_best_mask_is_that_of_the_standard_s_weights() -> None:
    flat = np.zeros((1, 21, 21), dtype=bool)
    lines, blocks, uneven = 2 * 21 * (3 + 16), 3 * 20 * 20, 10 * 10
    assert codes.penalties(flat).tolist() == [lines + blocks + uneven]
    corner = flat.copy()
    corner[0, 0, :7] = [1, 0, 1, 1, 1, 0, 1]
    without = flat.copy()
    without[0, 0, :7] = [1, 0, 1, 1, 1, 1, 1]
    assert codes._like_corners(corner).tolist() == [1]
    assert codes._like_corners(without).tolist() == [0]


def test_each_run_is_drawn_as_a_path_of_its_own() -> None:
    found = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=bool)
    drawn = codes.drawing(found)
    assert drawn.count("<path") == 4
    assert 'd="M1 0.98h2v1.04H1z"' in drawn
