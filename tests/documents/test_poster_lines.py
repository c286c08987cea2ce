"""Lines of posters: none touches another, none leaves its paper, addresses part at dots alone."""

from itertools import combinations

import pytest
from msgspec.structs import replace

from tests.documents.test_posters import LONGEST, SHORTEST, poster, words
from tests.factories.poster_pictures import sheets
from vungxanh.documents.posters import Form, Language, Poster, write_poster

Box = tuple[float, float, float, float]  # left, bottom, right, top in points


def boxes(pdf: bytes) -> list[Box]:
    """The ink of each line of the first sheet."""
    text = sheets(pdf)[0].get_textpage()
    return [text.get_rect(one) for one in range(text.count_rects())]


def touch(one: Box, other: Box) -> bool:
    beside = min(one[2], other[2]) - max(one[0], other[0])
    above = min(one[3], other[3]) - max(one[1], other[1])
    return beside > 1 and above > 0


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "asked",
    [SHORTEST, poster(), LONGEST, replace(LONGEST, is_invented=True)],
    ids=["short", "usual", "long", "invented"],
)
def test_no_line_touches_another_or_leaves_the_paper(
    asked: Poster, form: Form, language: Language
) -> None:
    pdf = write_poster(replace(asked, language=language), form)
    lines, width = boxes(pdf), sheets(pdf)[0].get_width()
    assert len(lines) > 3
    assert [pair for pair in combinations(lines, 2) if touch(*pair)] == []
    assert min(one[0] for one in lines) > 10
    assert max(one[2] for one in lines) < width - 10


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", Form)
def test_long_address_of_the_site_is_parted_after_dots_alone(
    form: Form, language: Language
) -> None:
    said = words(write_poster(replace(LONGEST, language=language), form))[0]
    parts = ("diem-kiem-soat.", "trung-tam-y-te-gia-lai.", "vn:8443")
    assert [part for part in parts if part not in said] == []


def test_last_word_of_a_name_does_not_stand_alone() -> None:
    asked = poster(name="Trung tâm Hội nghị quốc tế khu kinh tế Nhơn Hội một", entrance="")
    text = sheets(write_poster(asked, Form.DISC))[0].get_textpage()
    lines = text.get_text_range().replace("\u00a0", " ").splitlines()
    assert [one for one in lines if one.strip() == "một"] == []
