"""Parts of names: what finds a person however the name was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.names import fold
from vungxanh.engines.persons import Demand, Part, PersonAsked, block_of, name_tokens

NAME = "Nguyễn Văn Mẫu"
SYLLABLES = ["Nguyễn", "Đỗ", "Văn", "Thị", "Mẫu", "Thuý", "Vy", "Khoẻ", "Ng.", "V."]
names = st.lists(st.sampled_from(SYLLABLES), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    "written",
    [
        "nguyen van mau",
        "NGUYỄN VĂN MẪU",
        "Mẫu Nguyễn Văn",
        "Mẫu, Văn Nguyễn",
        "Nguye\u0302\u0303n Va\u0306n Ma\u0302\u0303u",
    ],
    ids=["no-accents", "capitals", "given-first", "turned-round", "decomposed"],
)
def test_name_is_found_by_the_same_parts_however_written(written: str) -> None:
    assert name_tokens(NAME)[1] == name_tokens(written)[1]
    assert set(name_tokens(NAME)[0]) <= set(name_tokens(written)[0])


def test_i_and_y_and_place_of_the_tone_make_no_difference() -> None:
    assert name_tokens("Đỗ Thuý Vy") == name_tokens("Do Thúy Vi")


def test_what_everybody_bears_finds_nobody() -> None:
    assert name_tokens(NAME) == (("mau",), ("mau nguyen", "mau van"))


def test_stop_syllables_alone_still_give_the_given_name() -> None:
    assert name_tokens("Nguyễn Thị Văn") == (("van",), ())


def test_initials_find_nobody() -> None:
    assert name_tokens("Ng. V. Mẫu") == (("mau",), ())
    assert name_tokens("N.V.M") == ((), ())


@pytest.mark.slow
@given(names)
def test_tokens_of_a_name_without_accents_are_those_of_the_name(name: str) -> None:
    assert name_tokens(fold(name)) == name_tokens(name)


@given(st.permutations(["Đỗ", "Minh", "Mẫu", "Khoẻ"]))
def test_order_makes_no_difference(syllables: list[str]) -> None:
    assert name_tokens(" ".join(syllables)) == name_tokens("Đỗ Minh Mẫu Khoẻ")


@given(st.text())
def test_any_text_has_sorted_tokens_without_repeats(text: str) -> None:
    for tokens in name_tokens(text):
        assert list(tokens) == sorted(set(tokens))
    assert len(name_tokens(text)[1]) <= 15


def test_papers_and_phones_are_asked_first_and_a_lone_syllable_last() -> None:
    asked = PersonAsked(
        NAME, 1985, phones=frozenset({"+84900000001"}), papers=frozenset({"id:001"})
    )
    first, second, *_, last = block_of(asked)
    assert first == (Demand(Part.PAPERS, ("id:001",)),)
    assert second == (Demand(Part.PHONE, ("+84900000001",)),)
    assert last == (Demand(Part.SYLLABLE, ("mau",)),)


def test_year_of_birth_is_asked_with_its_neighbours() -> None:
    (both, *_) = block_of(PersonAsked(NAME, 1985))
    pairs = Demand(Part.PAIR, ("mau nguyen", "mau van"), is_all=True)
    assert both == (pairs, Demand(Part.BIRTH_YEAR, ("1985", "1984", "1986")))


def test_nothing_known_asks_nothing() -> None:
    assert block_of(PersonAsked(birth_year=1985)) == ()


@given(names, st.none() | st.integers(1900, 2020))
def test_no_question_is_asked_twice_and_none_is_empty(name: str, year: int | None) -> None:
    blocks = block_of(PersonAsked(name, year))
    assert len(set(blocks)) == len(blocks)
    assert all(demand.values for block in blocks for demand in block)
