"""Laws that hold for every table, and agreement of the fast forms with their plain twins."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vungxanh.engines.coverage import (
    Base,
    BaseDifference,
    CoverageError,
    Feasibility,
    Measure,
    Point,
    Row,
    Target,
    UnitSeries,
    Unranked,
    define_target,
    goal_count,
    movements,
    needs_by_unit,
    pace,
    progress,
    rank,
    reference,
    share_change,
    share_percent,
    share_percent_truncated,
)

DAY = date(2021, 5, 26)
DUE = date(2021, 8, 31)
counts = st.integers(0, 10**9)
bases = st.integers(1, 10**9)
small_rows = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.tuples(st.none() | st.integers(0, 12), st.none() | st.integers(0, 12)),
    max_size=12,
).map(lambda table: [Row(key, n, d) for key, (n, d) in table.items()])


def target(share: str = "60", due_on: date = DUE) -> Target:
    return define_target(
        share_percent=Decimal(share),
        base_element="smartphones",
        due_on=due_on,
        origin="mẫu",
        scope="x",
    )


@given(counts, bases)
def test_share_is_the_decimal_quotient_rounded_half_up(numerator: int, denominator: int) -> None:
    with localcontext(prec=60):
        quotient = Decimal(numerator) * 100 / Decimal(denominator)
        expected = quotient.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert share_percent(numerator, denominator) == expected


@given(counts, bases)
def test_truncated_share_is_the_rounded_one_or_a_hundredth_less(n: int, d: int) -> None:
    rounded, cut = share_percent(n, d), share_percent_truncated(n, d)
    assert rounded is not None
    assert cut is not None
    assert rounded - cut in (Decimal("0.00"), Decimal("0.01"))
    assert Fraction(cut) <= Fraction(100 * n, d) < Fraction(cut) + Fraction(1, 100)


def test_half_a_hundredth_goes_up() -> None:
    assert share_percent(1, 20_000) == Decimal("0.01")
    assert share_percent_truncated(1, 20_000) == Decimal("0.00")


@pytest.mark.parametrize(("n", "d"), [(None, 5), (5, None), (5, 0), (None, None)])
def test_unknown_part_or_empty_base_gives_no_share(n: int | None, d: int | None) -> None:
    assert share_percent(n, d) is None
    assert share_percent_truncated(n, d) is None


def test_negative_count_is_refused() -> None:
    with pytest.raises(CoverageError) as refusal:
        share_percent(-1, 5)
    assert refusal.value.code == "coverage.negative_count"


@pytest.mark.slow
@given(small_rows)
def test_ranks_agree_with_counting_the_better(rows: list[Row]) -> None:
    ranked = {row.key: row.rank for row in rank(rows) if row.rank is not None}
    assert ranked == reference.ranks(rows)


@pytest.mark.slow
@given(st.lists(st.tuples(counts, bases), min_size=2, max_size=6))
def test_ranks_of_large_counts_are_exact(pairs: list[tuple[int, int]]) -> None:
    rows = [Row(str(i), n, d) for i, (n, d) in enumerate(pairs)]
    assert {row.key: row.rank for row in rank(rows)} == reference.ranks(rows)


def test_shares_closer_than_a_float_can_tell_do_not_tie() -> None:
    close = [Row("a", 999_999_998, 999_999_999), Row("b", 999_999_999, 1_000_000_000)]
    assert [(row.key, row.rank) for row in rank(close)] == [("b", 1), ("a", 2)]
    assert 999_999_998 / 999_999_999 == 999_999_999 / 1_000_000_000


@pytest.mark.slow
@given(small_rows, st.randoms())
def test_order_of_rows_changes_nothing(rows: list[Row], random: Random) -> None:
    shuffled = sorted(rows, key=lambda _: random.random())
    assert rank(shuffled) == rank(rows)


@pytest.mark.slow
@given(small_rows, st.integers(0, 12))
def test_every_unit_is_listed_once_with_a_rank_or_a_reason(rows: list[Row], least: int) -> None:
    table = rank(rows, minimum_base=least)
    assert sorted(row.key for row in table) == sorted(row.key for row in rows)
    assert all((row.rank is None) == (row.unranked is not None) for row in table)
    assert all(row.share_percent == share_percent(row.numerator, row.denominator) for row in table)


@pytest.mark.slow
@given(small_rows)
def test_ranked_units_come_first_from_high_to_low(rows: list[Row]) -> None:
    places = [row.rank for row in rank(rows)]
    known = [place for place in places if place is not None]
    assert places == sorted(known) + [None] * (len(places) - len(known))


@pytest.mark.slow
@given(small_rows)
def test_ties_are_marked_exactly_where_ranks_repeat(rows: list[Row]) -> None:
    table = rank(rows)
    places = [row.rank for row in table if row.rank is not None]
    assert [row.is_tied for row in table] == [
        row.rank is not None and places.count(row.rank) > 1 for row in table
    ]


def test_ties_stand_in_order_of_their_sort_key() -> None:
    rows = [Row("x1", 1, 2, "Phù Mỹ"), Row("x2", 2, 4, "An Lão"), Row("x3", 1, 1, "Vân Canh")]
    assert [(r.key, r.rank) for r in rank(rows)] == [("x3", 1), ("x2", 2), ("x1", 2)]


def test_reasons_for_no_rank_are_told_apart() -> None:
    rows = [Row("a", None, 9), Row("b", 1, None), Row("c", 0, 0), Row("d", 3, 9), Row("e", 0, 10)]
    table = {row.key: row for row in rank(rows, minimum_base=10)}
    assert [table[key].unranked for key in "abcde"] == [
        Unranked.NO_NUMERATOR,
        Unranked.NO_DENOMINATOR,
        Unranked.ZERO_DENOMINATOR,
        Unranked.BASE_TOO_SMALL,
        None,
    ]
    assert (table["e"].rank, table["e"].share_percent) == (1, Decimal("0.00"))


def test_two_rows_for_one_unit_are_refused() -> None:
    with pytest.raises(CoverageError) as refusal:
        rank([Row("a", 1, 2), Row("a", 1, 3)])
    assert (refusal.value.code, refusal.value.where) == ("coverage.duplicate_unit", "a")


@pytest.mark.slow
@given(small_rows)
def test_nobody_moves_between_a_ranking_and_itself(rows: list[Row]) -> None:
    table = rank(rows)
    assert all(move.places_up in (0, None) for move in movements(table, table))


june = Base(1000, "smartphones", "bộ", date(2021, 6, 19))


@pytest.mark.parametrize(
    ("after", "differences"),
    [
        (june, ()),
        (replace(june, value=900), (BaseDifference.VALUE,)),
        (replace(june, source="thành phố"), (BaseDifference.SOURCE,)),
        (replace(june, as_of=date(2021, 7, 1)), (BaseDifference.DATE,)),
        (replace(june, element="population"), (BaseDifference.ELEMENT,)),
    ],
)
def test_change_of_base_names_what_differs(
    after: Base, differences: tuple[BaseDifference, ...]
) -> None:
    moved = share_change(Measure(100, june), Measure(200, after))
    assert moved.base_differs_in == differences
    assert moved.is_base_changed == bool(differences)


def test_shares_of_different_elements_are_not_carried_to_the_old_base() -> None:
    moved = share_change(
        Measure(100, june), Measure(200, Base(2000, "population", "bộ", june.as_of))
    )
    assert (moved.points, moved.share_on_old_base) == (Decimal("0.00"), None)


@given(counts, counts, bases)
def test_change_on_one_base_is_antisymmetric(old: int, new: int, base: int) -> None:
    same = Base(base, "population", "", DAY)
    there = share_change(Measure(old, same), Measure(new, same))
    back = share_change(Measure(new, same), Measure(old, same))
    assert there.points is not None
    assert there.points == -(back.points or 0)
    assert there.points == there.points_on_old_base
    assert there.n_more == new - old


def test_change_from_an_unknown_count_is_unknown() -> None:
    moved = share_change(Measure(None, june), Measure(5, june))
    assert (moved.n_more, moved.points, moved.share_before) == (None, None, None)
    assert moved.share_after == Decimal("0.50")


def test_target_without_a_base_is_answered_with_a_question_of_all_candidates() -> None:
    with pytest.raises(CoverageError) as refusal:
        define_target(
            share_percent=Decimal(60), base_element=None, due_on=DUE, origin="mẫu", scope="x"
        )
    assert refusal.value.code == "coverage.target_without_base"
    assert refusal.value.field == "base_element"
    for word in ("dân số", "18 tuổi", "smartphone", "thuê bao", "?"):
        assert word in refusal.value.words.vi
    assert "population, adults, smartphones or subscriptions?" in refusal.value.words.en


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"base_element": "households"}, "coverage.unknown_base"),
        ({"share_percent": Decimal(0)}, "coverage.target_share"),
        ({"share_percent": Decimal("NaN")}, "coverage.target_share"),
        ({"origin": "  "}, "coverage.target_without_origin"),
    ],
)
def test_unfit_targets_are_refused(changed: dict[str, Any], code: str) -> None:
    fit: dict[str, Any] = {
        "share_percent": Decimal(60),
        "base_element": "adults",
        "due_on": DUE,
        "origin": "mẫu",
        "scope": "x",
    }
    with pytest.raises(CoverageError) as refusal:
        define_target(**(fit | changed))
    assert refusal.value.code == code


@given(st.decimals("0.01", "100", places=2), st.integers(1, 10**8))
def test_goal_is_the_least_count_that_reaches_the_share(share: Decimal, base: int) -> None:
    goal = goal_count(target(str(share)), base)
    assert Fraction(goal, base) >= Fraction(share) / 100 > Fraction(goal - 1, base)


@pytest.mark.slow
@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(1, 400))
def test_doing_the_daily_need_every_day_meets_the_goal_and_one_less_does_not(
    base: int, count: int, left: int
) -> None:
    found = progress(
        target(), base, [Point(DUE - timedelta(left), count)], as_of=DUE - timedelta(left)
    )
    assert found.n_goal is not None
    assert found.n_needed_per_day is not None
    assert count + found.n_needed_per_day * left >= found.n_goal
    assume(found.n_needed_per_day > 0)
    assert count + (found.n_needed_per_day - 1) * left < found.n_goal


def week(before: int, now: int) -> list[Point]:
    return [Point(DAY - timedelta(7), before), Point(DAY, now)]


@pytest.mark.parametrize(
    ("share", "base", "points", "as_of", "verdict"),
    [
        ("60", 100, week(10, 60), DAY, Feasibility.ALREADY_MET),
        ("60", 100, week(10, 60), DUE + timedelta(9), Feasibility.ALREADY_MET),
        ("60", 1000, week(10, 60), DAY, Feasibility.ON_TRACK),
        ("60", 10_000, week(10, 60), DAY, Feasibility.BEHIND),
        ("60", 1000, week(60, 60), DAY, Feasibility.CANNOT_AT_THIS_PACE),
        ("60", 1000, week(60, 50), DAY, Feasibility.CANNOT_AT_THIS_PACE),
        ("120", 1000, week(10, 60), DAY, Feasibility.IMPOSSIBLE),
        ("60", 1000, week(10, 60), DUE, Feasibility.PAST_DUE),
        ("60", 1000, [Point(DAY, 60)], DAY, Feasibility.NO_PACE),
        ("60", 1000, [], DAY, Feasibility.NO_COUNT),
        ("60", None, week(10, 60), DAY, Feasibility.NO_BASE),
        ("60", 0, week(10, 60), DAY, Feasibility.NO_BASE),
    ],
)
def test_feasibility_is_told_honestly(
    share: str, base: int | None, points: list[Point], as_of: date, verdict: Feasibility
) -> None:
    assert progress(target(share), base, points, as_of=as_of).feasibility is verdict


def test_past_due_asks_for_no_number_a_day() -> None:
    found = progress(target(), 1000, week(10, 60), as_of=DUE + timedelta(1))
    assert (found.n_needed, found.n_needed_per_day, found.n_days_left) == (540, None, -1)
    assert found.n_projected is None


@pytest.mark.slow
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_reached_on_is_the_first_day_at_or_above_the_goal(old: int, gain: int, more: int) -> None:
    base = 2 * (old + gain + more)
    found = progress(target(), base, week(old, old + gain), as_of=DAY)
    assume(found.reached_on is not None)
    assert found.reached_on is not None
    assert found.pace is not None
    assert found.n_goal is not None
    n_days = (found.reached_on - DAY).days
    assert old + gain + found.pace.per_day * n_days >= found.n_goal
    assert old + gain + found.pace.per_day * (n_days - 1) < found.n_goal


def test_pace_looks_back_a_week_where_it_can() -> None:
    points = [Point(DAY - timedelta(n), 1000 - n * n) for n in (0, 1, 6, 8, 30)]
    found = pace(points, as_of=DAY)
    assert found is not None
    assert (found.since, found.n_gained) == (DAY - timedelta(8), 64)
    assert found.per_day == 8


def test_pace_ignores_what_lies_after_the_day_asked() -> None:
    points = [*week(10, 80), Point(DAY + timedelta(1), 900)]
    assert pace(points, as_of=DAY) == pace(week(10, 80), as_of=DAY)


def test_two_counts_for_one_day_are_refused() -> None:
    with pytest.raises(CoverageError) as refusal:
        pace([Point(DAY, 1), Point(DAY, 2)], as_of=DAY)
    assert refusal.value.code == "coverage.two_counts_a_day"


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_needs_of_the_units_add_up_to_no_less_than_the_whole(pairs: list[tuple[int, int]]) -> None:
    units = [UnitSeries(str(i), b, (Point(DAY, n),)) for i, (b, n) in enumerate(pairs)]
    whole = progress(
        target(),
        sum(b for b, _ in pairs),
        [Point(DAY, sum(n for _, n in pairs))],
        as_of=DAY,
    )
    needs = needs_by_unit(target(), units, as_of=DAY)
    assert needs.n_needed_sum is not None
    assert needs.n_needed_sum >= (whole.n_needed or 0)
    assert needs.n_unknown == 0


def test_units_without_figures_are_counted_not_added() -> None:
    units = [UnitSeries("a", 100, (Point(DAY, 10),)), UnitSeries("b", 100, ())]
    needs = needs_by_unit(target(), units, as_of=DAY)
    assert (needs.n_needed_sum, needs.n_unknown) == (50, 1)
    assert needs_by_unit(target(), units[1:], as_of=DAY).n_needed_sum is None
