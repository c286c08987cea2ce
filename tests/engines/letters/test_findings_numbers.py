"""Numbers in words, and what a rounded or blurred number may stand for."""

import doctest
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.directives.values import places, reading
from vungxanh.engines.letters.findings import number_words, ranges
from vungxanh.engines.letters.findings.number_words import number_of_words
from vungxanh.engines.letters.findings.ranges import Range, range_of


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("năm", 5),
        ("lăm", 5),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("ba mươi tư", 34),
        ("một trăm linh năm", 105),
        ("hai trăm", 200),
        ("một nghìn hai trăm ba mươi tư", 1_234),
        ("mười hai triệu", 12_000_000),
        ("Hai", 2),
        ("hai đơn vị", 2),
        ("sáu mươi phần trăm", 60),
        ("năm Canh Tý", None),
        ("nghìn hai triệu", None),
        ("trăm", None),
        ("mỗi huyện một tổ", None),
        ("", None),
    ],
)
def test_number_words_are_read_or_left(said: str, number: int | None) -> None:
    assert number_of_words(said) == number


@given(st.text(max_size=80))
def test_no_words_stop_the_reading_of_numbers(said: str) -> None:
    number = number_of_words(said)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("value", "blurred", "low", "high"),
    [
        (16_000_000, "hơn", 16_000_000, 17_000_000),
        (50_000_000, None, 49_500_000, 50_500_000),
        (973_075, None, Fraction(1_946_149, 2), Fraction(1_946_151, 2)),
        (19, "gần", 18, 19),
        (60, "khoảng", 59, 61),
        (60, "chỉ", Fraction(119, 2), Fraction(121, 2)),
        (Decimal("13.66"), None, Fraction(2731, 200), Fraction(2733, 200)),
    ],
)
def test_a_number_stands_for_all_that_are_written_so(
    value: int | Decimal, blurred: str | None, low: Fraction, high: Fraction
) -> None:
    assert range_of(value, blurred) == Range(Fraction(low), Fraction(high))


def test_implied_bases_of_the_ministry_s_goal_and_figures_agree() -> None:
    goal = range_of(50_000_000).over(range_of(60, "khoảng"))
    now = range_of(16_000_000, "hơn").over(range_of(19, "gần"))
    assert goal is not None
    assert now is not None
    assert goal.meets(now)


def test_nothing_is_a_share_of_no_base() -> None:
    assert range_of(5).over(range_of(0)) is None


@pytest.mark.parametrize("module", [number_words, ranges, places, reading])
def test_examples_in_the_documentation_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)
