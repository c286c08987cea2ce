"""Who moved and who only seems to have; the range of a forecast."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.engines.coverage import (
    COMPARED,
    Base,
    Counted,
    CoverageError,
    Feasibility,
    Measure,
    Moved,
    Outlook,
    Point,
    Progress,
    define_target,
    progress,
    reference,
    unit_movements,
)

DAY = date(2021, 5, 26)
EVE = DAY - timedelta(1)
NOTHING = Measure(None, None)


def of(count: int | None, base: int = 100, *, element: str = "smartphones") -> Measure:
    return Measure(count, Base(base, element, "mẫu", date(2019, 4, 1)))


def counted(key: str, before: int, after: int, base: int = 100) -> Counted:
    return Counted(key, of(before, base), EVE, of(after, base), DAY)


def kinds(*units: Counted) -> dict[str, tuple[Moved, int | None]]:
    found = unit_movements(units, before_on=EVE, after_on=DAY)
    return {one.key: (one.kind, one.places_up) for one in found}


pairs = st.dictionaries(
    st.text("abcd", min_size=1, max_size=2),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)),
    max_size=9,
)


@settings(max_examples=60)
@given(pairs)
def test_places_agree_with_counting_who_stands_above(table: dict[str, tuple[int, ...]]) -> None:
    units = [counted(key, *numbers) for key, numbers in table.items()]
    found = unit_movements(units, before_on=EVE, after_on=DAY)
    assert {one.key: one.places_up for one in found} == reference.places_up(units)
    gained = [one.points for one in found if one.points is not None]
    assert gained == sorted(gained, reverse=True)


@settings(max_examples=60)
@given(pairs, st.integers(0, 9))
def test_unit_that_reports_for_the_first_time_moves_nobody(
    table: dict[str, tuple[int, ...]], count: int
) -> None:
    units = [counted(key, *numbers) for key, numbers in table.items()]
    without = kinds(*units)
    found = kinds(*units, Counted("mới", NOTHING, None, of(count, 9), DAY))
    assert found == {**without, "mới": (Moved.NEW, None)}


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        (Counted("x", NOTHING, None, of(9), DAY), Moved.NEW),
        (Counted("x", of(5), EVE - timedelta(3), of(9), DAY), Moved.NO_COUNT_THEN),
        (Counted("x", of(5), EVE, of(5), EVE), Moved.NOT_ANEW),
        (Counted("x", of(5, 100), EVE, of(5, 90), DAY), Moved.BASE_CHANGED),
        (Counted("x", of(5, element="population"), EVE, of(9), DAY), Moved.BASE_CHANGED),
        (Counted("x", Measure(5, None), EVE, of(9), DAY), Moved.BASE_CHANGED),
        (Counted("x", of(5), EVE, Measure(9, None), DAY), Moved.NO_SHARE),
        (Counted("x", of(5), EVE, of(9, 0), DAY), Moved.NO_SHARE),
        (Counted("x", of(5), EVE, of(9), DAY, is_withheld=True), Moved.WITHHELD),
    ],
    ids=lambda one: one.value if isinstance(one, Moved) else "",
)
def test_what_is_no_movement_is_told_apart(unit: Counted, kind: Moved) -> None:
    found = kinds(counted("a", 10, 20), counted("b", 12, 13), unit)
    assert found == {"a": (Moved.ROSE, 1), "b": (Moved.FELL, -1), "x": (kind, None)}
    assert kind not in COMPARED


def test_catching_up_to_a_tie_is_a_place_and_says_tied() -> None:
    found = unit_movements(
        [counted("a", 20, 20), counted("b", 10, 20)], before_on=EVE, after_on=DAY
    )
    b, a = found
    assert (b.kind, b.rank_before, b.rank_after, b.is_tied, b.was_tied) == (
        Moved.ROSE, 2, 1, True, False
    )  # fmt: skip
    assert (a.kind, a.is_tied, a.points) == (Moved.HELD, True, Decimal("0.00"))


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(CoverageError) as refusal:
        unit_movements([], before_on=DAY, after_on=DAY)
    assert refusal.value.code == "coverage.days_in_wrong_order"


def forecast(gains: list[int], *, share: str = "60", n_days: int = 10) -> Progress:
    """Counts of consecutive days up to today, from 1,000 on, over a base of 10,000."""
    points = [
        Point(DAY - timedelta(len(gains) - n), 1000 + sum(gains[:n])) for n in range(len(gains) + 1)
    ]
    wanted = define_target(
        share_percent=Decimal(share),
        base_element="smartphones",
        due_on=DAY + timedelta(n_days),
        origin="mẫu",
        scope="x",
    )
    return progress(wanted, 10_000, points, as_of=DAY)


def test_even_days_leave_no_doubt() -> None:
    found = forecast([100] * 7)
    assert found.n_projected == 2700
    assert found.outlook == Outlook(2700, 2700, 7, 0, 0, is_wide=False)


def test_uneven_days_give_a_range_and_an_unsure_verdict() -> None:
    found = forecast([10, 300, 0, 250, 20, 90, 30], share="28")
    assert found.n_projected == 2700
    assert found.outlook is not None
    assert found.outlook.is_wide
    assert found.outlook.n_low < 2700 < 2800 < found.outlook.n_high
    assert found.feasibility is Feasibility.UNSURE


def test_a_fall_is_counted_and_may_lead_below_the_latest_count() -> None:
    found = forecast([100, 100, -400, 100, 100, 100, 100])
    assert found.outlook is not None
    assert found.outlook.n_falls == 1
    assert found.outlook.n_low < 1200


def test_missing_days_are_counted_and_do_not_narrow_the_range() -> None:
    whole = forecast([50, 150] * 4)
    known = {DAY - timedelta(n) for n in (0, 2, 3, 5, 7, 8)}
    points = [Point(DAY - timedelta(n), 1800 - 100 * n + (50 if n % 2 else 0)) for n in range(9)]
    wanted = define_target(
        share_percent=Decimal(60),
        base_element="smartphones",
        due_on=DAY + timedelta(10),
        origin="mẫu",
        scope="x",
    )
    lacking = progress(wanted, 10_000, [p for p in points if p.on in known], as_of=DAY)
    assert whole.outlook is not None
    assert lacking.outlook is not None
    assert (whole.outlook.n_days_missing, lacking.outlook.n_days_missing) == (0, 3)


@pytest.mark.parametrize(("age", "verdict"), [(7, Feasibility.BEHIND), (8, Feasibility.STALE)])
def test_nothing_is_projected_from_a_count_older_than_a_week(
    age: int, verdict: Feasibility
) -> None:
    last = DAY - timedelta(age)
    wanted = define_target(
        share_percent=Decimal(60),
        base_element="smartphones",
        due_on=DAY + timedelta(30),
        origin="mẫu",
        scope="x",
    )
    points = [Point(last - timedelta(7), 10), Point(last, 80)]
    found = progress(wanted, 1000, points, as_of=DAY)
    assert found.feasibility is verdict
    assert (found.n_projected is None) == (verdict is Feasibility.STALE)


@settings(max_examples=80)
@given(st.lists(st.integers(-500, 500), min_size=3, max_size=14), st.integers(0, 60))
def test_range_holds_the_projection(gains: list[int], n_days: int) -> None:
    points = [
        Point(DAY - timedelta(len(gains) - n), 9000 + sum(gains[:n])) for n in range(len(gains) + 1)
    ]
    wanted = define_target(
        share_percent=None,
        base_element=None,
        due_on=DAY + timedelta(n_days),
        origin="mẫu",
        scope="x",
        n_asked=10**6,
    )
    found = progress(wanted, None, points, as_of=DAY)
    assert found.outlook is not None
    assert found.n_projected is not None
    assert found.outlook.n_low <= found.n_projected <= found.outlook.n_high


def test_number_is_a_target_without_a_base() -> None:
    wanted = define_target(
        share_percent=None, base_element=None, due_on=DAY, origin="mẫu", scope="x", n_asked=500
    )
    found = progress(wanted, None, [Point(DAY, 120)], as_of=DAY - timedelta(0))
    assert (found.n_goal, found.n_needed, found.share_percent) == (500, 380, None)
    assert found.feasibility is Feasibility.PAST_DUE


@pytest.mark.parametrize(
    ("share", "number", "code"),
    [
        (None, None, "coverage.target_of_what"),
        (Decimal(60), 500, "coverage.target_of_what"),
        (None, 0, "coverage.target_number"),
    ],
    ids=["neither", "both", "zero"],
)
def test_target_is_a_share_or_a_number(
    share: Decimal | None, number: int | None, code: str
) -> None:
    with pytest.raises(CoverageError) as refusal:
        define_target(
            share_percent=share,
            base_element="smartphones",
            due_on=DAY,
            origin="mẫu",
            scope="x",
            n_asked=number,
        )
    assert refusal.value.code == code
