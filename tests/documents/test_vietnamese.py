"""How numbers and days are printed."""

import datetime as dt
import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.documents import vietnamese


def test_every_example_of_the_module_holds() -> None:
    outcome = doctest.testmod(vietnamese)
    assert (outcome.failed, outcome.attempted > 10) == (0, True)


@given(st.integers(-(10**12), 10**12))
def test_a_count_reads_back_in_either_language(n: int) -> None:
    vi = vietnamese.count(n).replace(".", "").replace(vietnamese.MINUS, "-")
    en = vietnamese.count(n, "en").replace(",", "").replace(vietnamese.MINUS, "-")
    assert int(vi) == int(en) == n


@given(st.decimals(-1000, 1000, allow_nan=False, places=4))
def test_a_share_is_within_half_a_hundredth(percent: Decimal) -> None:
    printed = vietnamese.share(percent, "en").replace(vietnamese.MINUS, "-").replace(",", "")
    assert abs(Decimal(printed) - percent) <= Decimal("0.005")


def test_a_half_rounds_up_and_not_to_even() -> None:
    assert vietnamese.share(Decimal("12.345")) == "12,35"
    assert vietnamese.share(Decimal("0.125")) == "0,13"


def test_a_change_that_rounds_to_nothing_has_no_sign() -> None:
    assert vietnamese.points(Decimal("-0.001")) == "0,00\N{NO-BREAK SPACE}điểm"
    assert vietnamese.share(Decimal("-0.001")) == "0,00"


def test_missing_is_a_dash_and_never_zero() -> None:
    printed = {
        vietnamese.count(None),
        vietnamese.share(None),
        vietnamese.share_percent(None),
        vietnamese.points(None),
        vietnamese.date(None),
        vietnamese.moment(None),
    }
    assert printed == {"–"}


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        vietnamese.moment(dt.datetime.fromisoformat("2021-05-26T09:00:00"))


def test_an_evening_in_london_is_the_next_day_in_viet_nam() -> None:
    assert (
        vietnamese.moment(dt.datetime(2021, 5, 26, 20, 0, tzinfo=dt.UTC)) == "03:00 ngày 27/5/2021"
    )
