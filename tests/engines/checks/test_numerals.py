"""Written numbers are read by evidence; where there is none they are refused."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.documents import vietnamese
from vungxanh.engines.checks.numerals import Evidence, Kind, numeral, read_number
from vungxanh.engines.checks.types import CheckError

DOT_GROUPS: Evidence = frozenset({("groups", ".")})
DOT_DECIMAL: Evidence = frozenset({("decimal", ".")})


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("75878", None, "75878"),
        ("75,878", "count", "75878"),
        ("973.075", "count", "973075"),
        ("1.487.817", None, "1487817"),
        ("1,487,817", None, "1487817"),
        ("1 487 817", None, "1487817"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", None, "1234.5"),
        ("26.14", None, "26.14"),
        ("26,14 %", None, "26.14"),
        ("13.66%", "share", "13.66"),
        ("12.345", "share", "12.345"),
        ("0.123", None, "0.123"),
        ("1234.567", None, "1234.567"),
        ("-5", None, "-5"),
        ("−1.234.567", None, "-1234567"),
        ("75.878 người", "count", "75878"),
        ("22,74 triệu", None, "22740000"),
        ("1,5 million", None, "1500000"),
    ],
)
def test_numbers_are_read_by_their_own_and_their_columns_evidence(
    text: str, kind: Kind | None, value: str
) -> None:
    assert read_number(text, kind=kind).value == Decimal(value)


def test_three_digits_after_a_single_separator_are_not_guessed() -> None:
    with pytest.raises(CheckError) as caught:
        read_number("1.234")
    assert caught.value.code == "checks.ambiguous_number"
    assert "“1.234”" in caught.value.words.vi


@pytest.mark.parametrize(
    ("evidence", "value"), [(DOT_GROUPS, Decimal(1234)), (DOT_DECIMAL, Decimal("1.234"))]
)
def test_neighbours_decide_what_the_number_does_not(evidence: Evidence, value: Decimal) -> None:
    assert read_number("1.234", evidence=evidence).value == value


def test_neighbours_that_disagree_decide_nothing() -> None:
    with pytest.raises(CheckError):
        read_number("1.234", kind="count", evidence=DOT_GROUPS | DOT_DECIMAL)


@pytest.mark.parametrize(
    "text", ["", "abc", "12a", "1.23.4", "1,2,3", "1.2345.678", "1,234.567,8", "--5", "26/5", "."]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(CheckError) as caught:
        read_number(text)
    assert caught.value.code == "checks.not_a_number"


@settings(deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(["vi", "en"]))
def test_a_printed_count_is_read_back(n: int, lang: str) -> None:
    assert read_number(vietnamese.count(n, lang), kind="count").value == n


@settings(deadline=None)
@given(st.decimals(0, 100, places=2), st.sampled_from(["vi", "en"]))
def test_a_printed_share_is_read_back(percent: Decimal, lang: str) -> None:
    assert read_number(vietnamese.share_percent(percent, lang), kind="share").value == percent


@settings(deadline=None)
@given(st.text(max_size=50))
def test_any_text_is_a_number_or_none(text: str) -> None:
    read = numeral(text)
    assert read is None or read.value.is_finite()
