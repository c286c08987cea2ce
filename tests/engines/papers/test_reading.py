"""Numbers of identity papers; all are invented, with serials that no card begins with."""

import doctest
from datetime import date

import pytest

from vungxanh.engines.papers import (
    BadPaperError,
    Finding,
    Kind,
    Paper,
    Reason,
    Sex,
    core,
    masked,
    read_paper,
    same_paper,
)
from vungxanh.engines.papers.tables import PROVINCES

CARD = Paper(Kind.CCCD, "052185000001", birth_year=1985, sex=Sex.FEMALE, province="52")


def test_examples_in_docstrings_hold() -> None:
    results = doctest.testmod(core)
    assert (results.failed, results.attempted) == (0, 7)


@pytest.mark.parametrize(
    "text",
    [
        "052185000001",
        " 052 185 000 001 ",
        "052.185.000.001",
        "052-185-000001",
        "０５２１８５０００００１",
    ],
)
def test_one_card_in_all_its_forms(text: str) -> None:
    assert read_paper(text) == read_paper(text, Kind.CCCD) == CARD


@pytest.mark.parametrize(
    ("number", "year", "sex"),
    [
        ("052085000001", 1985, Sex.MALE),
        ("052199000001", 1999, Sex.FEMALE),
        ("052200000001", 2000, Sex.MALE),
        ("052321000001", 2021, Sex.FEMALE),
    ],
)
def test_fourth_digit_tells_century_and_sex(number: str, year: int, sex: Sex) -> None:
    found = read_paper(number)
    assert (found.birth_year, found.sex) == (year, sex)


# Circular 07/2016/TT-BCA, appendix 1, as printed at moinhat123.blogspot.com/2021/03.
PRINTED = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 "
    "036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 "
    "074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
)
CODES = PRINTED.split()


def test_provinces_are_the_sixty_three_of_the_circular() -> None:
    assert sorted(f"0{code}" for code in PROVINCES) == CODES
    assert len(CODES) == 63
    assert [read_paper(f"{code}085000001").province for code in CODES] == [c[1:] for c in CODES]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("52185000001", None, "052185000001"),
        ("1185000001", Kind.CCCD, "001185000001"),
        ("12345678", Kind.CMND, "012345678"),
        ("120000001", Kind.BHYT, "0120000001"),
    ],
)
def test_lost_zeros_are_put_back_and_said(text: str, kind: Kind | None, number: str) -> None:
    found = read_paper(text, kind)
    assert (found.number, found.checks) == (number, (Finding.ZEROS_ADDED,))


@pytest.mark.parametrize(
    ("text", "kind", "checks"),
    [
        ("B1234567", Kind.PASSPORT, ()),
        ("p01234567", Kind.PASSPORT, ()),
        ("AB123456", Kind.PASSPORT, (Finding.FOREIGN_FORM,)),
        ("C01X00T47", Kind.PASSPORT, (Finding.FOREIGN_FORM,)),
        ("123456789", Kind.CMND, (Finding.MAY_BE_PASSPORT,)),
        ("0000000001", Kind.BHYT, ()),
        ("GD4520000000001", Kind.BHYT, ()),
        ("QN5970000000001", Kind.BHYT, (Finding.UNKNOWN_PROVINCE,)),
        ("133185000001", Kind.CCCD, (Finding.COUNTRY_CODE,)),
    ],
)
def test_kind_is_told_by_length_and_letters(
    text: str, kind: Kind, checks: tuple[Finding, ...]
) -> None:
    found = read_paper(text)
    assert (found.kind, found.checks) == (kind, checks)


def test_kind_that_is_chosen_leaves_no_doubt() -> None:
    assert read_paper("123456789", Kind.CMND).checks == ()
    assert read_paper("123456789", Kind.PASSPORT).checks == (Finding.FOREIGN_FORM,)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("", None, Reason.EMPTY),
        (" . ", Kind.CCCD, Reason.EMPTY),
        ("không nhớ", None, Reason.SIGNS),
        ("٠٥٢١٨٥٠٠٠٠٠١", None, Reason.SIGNS),
        ("052185000001/1", None, Reason.SIGNS),
        ("1" * 4000, None, Reason.LENGTH),
        ("12345", None, Reason.LENGTH),
        ("05218500001", None, Reason.LENGTH),
        ("1234567890123", None, Reason.LENGTH),
        ("GD45200000", None, Reason.LENGTH),
        ("GD45200000", Kind.BHYT, Reason.LENGTH),
        ("052185000001", Kind.CMND, Reason.LENGTH),
        ("052185000001", Kind.PASSPORT, Reason.LENGTH),
        ("1234567", None, Reason.UNCLEAR),
        ("12345678", None, Reason.UNCLEAR),
        ("ABCDEFGH", None, Reason.SHAPE),
        ("B1234567", Kind.CMND, Reason.SHAPE),
        ("GD452000000000O", None, Reason.SHAPE),
        ("003185000001", None, Reason.PROVINCE),
        ("000185000001", None, Reason.PROVINCE),
        ("052485000001", None, Reason.CENTURY),
        ("GD0520000000001", None, Reason.BENEFIT),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(
    text: str, kind: Kind | None, reason: Reason
) -> None:
    with pytest.raises(BadPaperError) as refused:
        read_paper(text, kind)
    assert (refused.value.code, refused.value.reason) == ("papers.bad_number", reason)


def test_year_of_birth_that_lies_ahead_is_refused() -> None:
    with pytest.raises(BadPaperError) as refused:
        read_paper("052322000001", on=date(2021, 12, 31))
    assert refused.value.reason is Reason.BIRTH_YEAR
    assert read_paper("052321000001", on=date(2021, 1, 1)).birth_year == 2021


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_says_what_to_do_in_both_languages(reason: Reason) -> None:
    words = BadPaperError(reason).words
    assert words.vi.count(". ") == words.en.count(". ") == 1


@pytest.mark.parametrize(
    ("year", "sex", "agrees"),
    [
        (1985, Sex.FEMALE, True),
        (1985, None, True),
        (None, Sex.FEMALE, True),
        (1986, Sex.FEMALE, False),
        (1985, Sex.MALE, False),
        (None, None, None),
    ],
)
def test_what_a_person_says_is_held_against_the_number(
    year: int | None, sex: Sex | None, agrees: bool | None
) -> None:
    assert CARD.agrees_with(year, sex) is agrees


def test_old_identity_card_tells_neither_year_nor_sex() -> None:
    assert read_paper("123456789").agrees_with(1985, Sex.FEMALE) is None


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("052185000001", "******000001"),
        ("123456789", "******789"),
        ("B1234567", "******67"),
        ("AB1234", "******"),
        ("GD4520000000001", "******000000001"),
    ],
)
def test_first_six_characters_are_starred(text: str, hidden: str) -> None:
    assert masked(read_paper(text)) == hidden


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("052185000001", "052 185 000 001", True),
        ("052185000001", "052185000002", False),
        ("GD4520000000001", "0000000001", True),
        ("GD4520000000001", "HS4010000000001", True),
        ("GD4520000000001", "GD4520000000002", False),
        ("123456789", "052185000001", None),
        ("B1234567", "052185000001", None),
    ],
)
def test_only_papers_of_one_kind_can_be_told_apart(one: str, other: str, same: bool | None) -> None:
    assert same_paper(read_paper(one), read_paper(other)) is same
