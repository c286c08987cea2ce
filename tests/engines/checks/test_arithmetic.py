"""The rules' arithmetic agrees with its plain twin."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.engines.checks import codes
from vungxanh.engines.checks import Column, Row, Table, check_table, reference
from vungxanh.engines.checks.arithmetic import half_up, judge_share, outlying, places, share

pytestmark = pytest.mark.slow

COUNTS = st.integers(0, 10**9)
BASES = st.integers(1, 10**9)
SHARES = st.builds(Fraction, st.integers(0, 9_999), st.integers(1, 99))


@st.composite
def near_shares(draw: st.DrawFn) -> tuple[Decimal, int, int, int]:
    """A printed share at or within two units of the exact one, numerator, base, decimals."""
    numerator, base, decimals = draw(COUNTS), draw(BASES), draw(st.integers(0, 4))
    units = int(share(numerator, base) * 10**decimals) + draw(st.integers(-2, 2))
    return Decimal(units).scaleb(-decimals), numerator, base, decimals


@settings(deadline=None)
@given(near_shares())
@example((Decimal("47.59"), 82_930, 174_229, 2))
@example((Decimal("0.01"), 1, 20_000, 2))
@example((Decimal("0.00"), 1, 20_000, 2))
def test_shares_are_judged_as_by_hand(printed: tuple[Decimal, int, int, int]) -> None:
    share_printed, numerator, base, decimals = printed
    judged = judge_share(share_printed, numerator, base, decimals=decimals)
    assert judged == reference.judge_share(share_printed, numerator, base, decimals=decimals)


@settings(deadline=None)
@given(COUNTS, BASES, st.integers(0, 4))
def test_a_share_rounded_half_up_is_always_right(n: int, base: int, decimals: int) -> None:
    assert judge_share(half_up(share(n, base), decimals), n, base, decimals=decimals) == "right"


@settings(deadline=None)
@given(st.lists(st.integers(0, 2_000), max_size=12))
@example([52, 53, 54, 55, 98])
@example([7, 7, 7, 7, 9])
@example([7, 7, 7, 7, 7])
def test_outliers_are_those_of_the_book(values: list[int]) -> None:
    expected = reference.outlying([Decimal(value) for value in values])
    assert outlying([Fraction(value) for value in values]) == expected


@settings(deadline=None)
@given(st.lists(SHARES, min_size=5, max_size=12), st.integers(2, 9))
def test_outliers_do_not_depend_on_the_unit_of_measure(values: list[Fraction], factor: int) -> None:
    assert len(outlying(values)) < len(values)
    assert outlying([value * 2**factor for value in values]) == outlying(values)


@settings(deadline=None)
@given(st.lists(SHARES, min_size=1, max_size=20))
def test_places_are_one_more_than_the_number_of_greater_values(values: list[Fraction]) -> None:
    greater = [sum(other > value for other in values) for value in values]
    assert places(values) == [n + 1 for n in greater]


PARTS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"population": st.integers(0, 99), "smartphones": st.integers(0, 99)}
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(PARTS, st.fixed_dictionaries({"population": st.integers(0, 300)}))
@example([{"population": 1}, {"population": 2}], {"population": 3})
def test_totals_differ_where_plain_adding_says_so(
    parts: list[dict[str, int]], total: dict[str, int]
) -> None:
    columns = tuple(
        Column(place, element, "count", element=element)
        for place, element in enumerate(("population", "smartphones"), start=1)
    )
    rows = tuple(
        Row(number, name=f"Xã {number}", counts=counts)
        for number, counts in enumerate(parts, start=2)
    )
    table = Table(columns, rows, totals=(Row(99, name="Cộng", counts=total),))
    found = codes(check_table(table)).count("total.differs_from_parts")
    assert found == len(reference.total_differences(parts, total))
