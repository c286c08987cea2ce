"""How far ahead duties are written down, and what is written once."""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from tests.duties.conftest import DAILY, MORNING
from tests.factories.people import Colleague
from vungxanh.duties import actions
from vungxanh.duties.actions import DutyError
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HORIZON, Schedule

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]


def days() -> list[date]:
    """The days on which something falls due."""
    return list(Occurrence.objects.order_by("due_at").values_list("day", flat=True))


def test_what_recurs_is_written_up_to_the_horizon_each_night(owed: Owed) -> None:
    owed(DAILY)
    for n_days in range(1, 20):
        at = MORNING + timedelta(days=n_days)
        assert actions.plan(at=at) == 1
        assert days()[-1] == (at + HORIZON).date() - timedelta(days=1)
    assert days() == [date(2020, 8, 28) + timedelta(days=n) for n in range(27)]


def test_what_is_owed_once_is_written_however_far_ahead_and_never_again(owed: Owed) -> None:
    owed(Schedule(date(2020, 12, 31), time(17)))
    assert actions.plan(at=MORNING + timedelta(days=100)) == 0
    assert days() == [date(2020, 12, 31)]


def test_first_time_far_ahead_is_written_when_it_comes_near(owed: Owed) -> None:
    owed(Schedule(date(2020, 9, 30), time(16), "FREQ=MONTHLY;BYMONTHDAY=-1"))
    assert days() == []
    assert actions.plan(at=MORNING + timedelta(days=30)) == 1
    assert days() == [date(2020, 9, 30)]


@pytest.mark.parametrize("n_days", [3, 40])
def test_last_day_is_kept_also_after_a_pause(owed: Owed, n_days: int) -> None:
    owed(Schedule(date(2020, 8, 28), time(16), "FREQ=DAILY", date(2020, 9, 10)))
    actions.plan(at=MORNING + timedelta(days=n_days))
    actions.plan(at=MORNING + timedelta(days=50))
    assert days() == [date(2020, 8, 28) + timedelta(days=n) for n in range(14)]
    assert actions.plan(at=MORNING + timedelta(days=51)) == 0


def test_ended_duty_is_written_no_further(owed: Owed, province: Colleague) -> None:
    duty_id = owed(DAILY)
    actions.end_duty(duty_id=duty_id, reason="Hết dịch", by=province.viewer, at=MORNING)
    assert actions.plan(at=MORNING + timedelta(days=5)) == 0
    with pytest.raises(DutyError) as refused:
        actions.end_duty(duty_id=duty_id, reason="Hết dịch", by=province.viewer, at=MORNING)
    assert refused.value.code == "duties.already_ended"


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        (Schedule(date(2020, 8, 28), time(16), "FREQ=DAILY", date(2020, 8, 27)), "never_due"),
        (Schedule(date(2020, 8, 28), time(16), "", date(2020, 8, 27)), "never_due"),
        (
            Schedule(date(2020, 8, 28), time(16), "FREQ=MONTHLY;BYMONTHDAY=1", date(2020, 8, 30)),
            "never_due",
        ),
        (Schedule(date(2020, 8, 28), time(16), "FREQ=SECONDLY"), "recurrence"),
    ],
    ids=["ends before", "once ends before", "between", "each second"],
)
def test_what_never_falls_due_is_refused_and_not_stored(
    owed: Owed, schedule: Schedule, code: str
) -> None:
    with pytest.raises(Exception, match=f"duties.{code}"):
        owed(schedule)
    assert not Duty.objects.exists()
