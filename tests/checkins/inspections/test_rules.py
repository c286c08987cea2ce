"""What may follow at a place: remind, wait, propose, decide."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.checkins.rules.inspections import (
    MOST_REMINDERS,
    Next,
    Standing,
    Step,
    is_fair_day,
    next_step,
)

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("n_days", "expected"),
    [
        ([], Step(Next.REMIND, 1)),
        ([1], Step(Next.WAIT, 1, TODAY + 2 * DAY)),
        ([0], Step(Next.WAIT, 1, TODAY + DAY)),
        ([-1], Step(Next.REMIND, 2)),
        ([-9, -1], Step(Next.REMIND, 3)),
        ([-9, -5, 0], Step(Next.WAIT, 3, TODAY + DAY)),
        ([-9, -5, -1], Step(Next.PROPOSE)),
    ],
)
def test_each_reminder_runs_out_before_the_next_and_a_proposal_comes_after_three(
    n_days: list[int], expected: Step
) -> None:
    standing = Standing([TODAY + n * DAY for n in n_days])
    assert next_step(standing, today=TODAY) == expected


def test_a_proposal_that_waits_is_decided_before_anything_else() -> None:
    assert next_step(Standing((), is_proposed=True), today=TODAY).next is Next.DECIDE


def test_whoever_is_suspended_is_not_reminded() -> None:
    assert next_step(Standing((), is_suspended=True), today=TODAY).next is Next.SUSPENDED


@pytest.mark.parametrize(
    ("n", "is_fair"), [(-1, False), (0, False), (1, True), (60, True), (61, False)]
)
def test_a_day_leaves_until_tomorrow_and_at_most_two_months(n: int, is_fair: bool) -> None:
    assert is_fair_day(TODAY + n * DAY, today=TODAY) is is_fair


@given(st.lists(st.integers(-60, 60), max_size=3))
def test_never_a_fourth_reminder_and_never_a_proposal_before_three(n_days: list[int]) -> None:
    found = next_step(Standing([TODAY + n * DAY for n in n_days]), today=TODAY)
    assert found.number <= MOST_REMINDERS
    assert (found.next is Next.PROPOSE) <= (len(n_days) == MOST_REMINDERS)
