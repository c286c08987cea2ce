"""Likeness of persons: examples, laws, and agreement with the slow form."""

from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vungxanh.engines.names import fold
from vungxanh.engines.persons import (
    PersonAsked,
    PersonKnown,
    Reason,
    Sex,
    likeness,
    likeness_of_names,
    reference,
)

NAME = "Nguyễn Văn Mẫu"
SYLLABLES = (
    *("Nguyễn", "Nguyen", "Ng.", "Trần", "Chần", "Lê", "Nê", "Đỗ", "Do", "Dzũng", "Dũng"),
    *("Giũng", "Văn", "V.", "Van", "Thị", "Thi", "Mẫu", "Mậu", "Mâu", "Mau", "Mua", "Thuý"),
    *("Thúy", "Vy", "Vi", "Ly", "Lan", "Lang", "Phúc", "Phút", "Hoà", "Hòa", "An", "Na", "Y", "x"),
)
names = st.lists(st.sampled_from(SYLLABLES), max_size=5).map(" ".join)
units = st.sampled_from([(), ("a",), ("a", "b"), ("a", "b", "c"), ("a", "d", "e"), ("f", "g", "h")])
few = st.frozensets(st.sampled_from("pqr"), max_size=2)
told = st.builds(
    PersonAsked,
    names,
    st.none() | st.integers(1980, 1984),
    st.none() | st.sampled_from(Sex),
    units,
    few,
    few,
)


def known_as(told: PersonAsked) -> PersonKnown:
    """The same, as the register would say it."""
    return PersonKnown(**{field.name: getattr(told, field.name) for field in fields(told)})


@pytest.mark.slow
@given(names, names)
def test_names_agree_with_the_slow_form(one: str, other: str) -> None:
    assert likeness_of_names(one, other) == pytest.approx(reference.likeness_of_names(one, other))


@pytest.mark.slow
@example("¹", "¹")
@given(st.text(max_size=12), st.text(max_size=12))
def test_any_texts_agree_with_the_slow_form(one: str, other: str) -> None:
    assert likeness_of_names(one, other) == pytest.approx(reference.likeness_of_names(one, other))


@pytest.mark.slow
@given(told, told, st.integers(1, 10**8))
def test_scores_agree_with_the_slow_form(
    one: PersonAsked, other: PersonAsked, n_people: int
) -> None:
    score = likeness(one, known_as(other), n_people).score
    assert score == pytest.approx(reference.score(one, other, n_people))


@given(names, names)
def test_likeness_of_names_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= likeness_of_names(one, other) == likeness_of_names(other, one) <= 1


@given(names.filter(str.split))
def test_name_is_most_like_itself(name: str) -> None:
    assert likeness_of_names(name, name) == pytest.approx(1)


@given(names.filter(str.split))
def test_name_without_its_accents_is_no_more_like_than_with_them(name: str) -> None:
    assert likeness_of_names(fold(name), name) <= likeness_of_names(name, name)


@pytest.mark.slow
@given(told, told)
def test_what_is_unknown_says_nothing(one: PersonAsked, other: PersonAsked) -> None:
    nothing = likeness(PersonAsked(), known_as(other), 1024)
    assert (nothing.score, nothing.reasons) == (1 / 1025, ())
    assert likeness(one, PersonKnown(), 1024).score == 1 / 1025


@given(told, told)
def test_likeness_of_persons_is_symmetric(one: PersonAsked, other: PersonAsked) -> None:
    assert likeness(one, known_as(other)) == likeness(other, known_as(one))


@given(told)
def test_more_that_agrees_never_lowers_the_score(one: PersonAsked) -> None:
    known = known_as(one)
    parts = {field.name: getattr(one, field.name) for field in fields(one)}
    told_so_far = [dict(list(parts.items())[:n]) for n in range(len(parts) + 1)]
    scores = [likeness(PersonAsked(**told), known).score for told in told_so_far]
    assert scores == sorted(scores)


@pytest.mark.parametrize(
    ("written", "reasons"),
    [
        (NAME, [Reason.NAME_SAME]),
        ("NGUYỄN  VĂN MẪU", [Reason.NAME_SAME]),
        ("Nguyen Van Mau", [Reason.NAME_LESS_MARKED]),
        ("Nguyễn Văn Mậu", [Reason.NAME_SPELT_OTHERWISE]),
        ("Nguyễn Văn Mẩu", [Reason.NAME_SPELT_OTHERWISE]),
        ("Nguyễn Văn Maux", [Reason.NAME_SPELT_OTHERWISE]),
        ("Nguyễn Mẫu", [Reason.NAME_SHORTENED]),
        ("Ng. V. Mẫu", [Reason.NAME_SHORTENED]),
        ("Mẫu Nguyễn Văn", [Reason.NAME_REORDERED]),
        ("Mẫu Văn Nguyễn", [Reason.NAME_REORDERED]),
        ("Trần Thị Sen", [Reason.NAME_DIFFERS]),
    ],
)
def test_reason_says_how_the_names_agree(written: str, reasons: list[Reason]) -> None:
    assert list(likeness(PersonAsked(written), PersonKnown(NAME)).reasons) == reasons


def test_nearer_ways_of_writing_are_worth_more() -> None:
    ways = [NAME, "Mẫu Nguyễn Văn", "Nguyen Van Mau", "Nguyễn Văn Mậu", "Nguyễn Văn Sen"]
    worth = [likeness_of_names(way, NAME) for way in ways]
    assert worth == sorted(worth, reverse=True)
    assert len(set(worth)) == len(worth)


def test_same_name_alone_does_not_make_the_same_person() -> None:
    assert likeness(PersonAsked(NAME), PersonKnown(NAME)).score < 0.01


def test_same_name_year_and_commune_make_it_likely_and_papers_certain() -> None:
    home = ("52", "540", "21551")
    known = PersonKnown(NAME, 1985, Sex.MALE, home, papers=frozenset({"id:001"}))
    likely = likeness(PersonAsked(NAME, 1985, Sex.MALE, home), known)
    certain = likeness(PersonAsked(NAME, papers=frozenset({"id:001"})), known)
    assert 0.9 < likely.score < certain.score < 1
    assert Reason.PAPERS_SAME in certain.reasons


def test_members_of_a_family_with_one_telephone_are_told_apart() -> None:
    phone = frozenset({"+84900000001"})
    home = ("52", "540", "21551")
    known = PersonKnown("Nguyễn Văn Mẫu", 1985, Sex.MALE, home, phone)
    sister = PersonAsked("Nguyễn Thị Sen", 1990, Sex.FEMALE, home, phone)
    assert likeness(sister, known).score < 0.01


def test_particulars_do_not_show_when_printed() -> None:
    assert "Mẫu" not in repr(PersonAsked(NAME)) + str(PersonKnown(NAME))
