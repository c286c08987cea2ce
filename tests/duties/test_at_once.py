"""Two runs, two officers, a run and an officer, at the same moment."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests.duties.conftest import DAILY, MORNING, mails
from tests.factories.people import Colleague
from vungxanh.duties import actions
from vungxanh.duties.models import Duty, Occurrence

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Owed = Callable[..., UUID]
FIVE = datetime(2020, 8, 28, 10, tzinfo=UTC)
NOT_FOR_EVER = 20  # seconds


def beside(act: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Start an act on a connection of its own; the thread, and what it will have answered."""
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, answers


def together(act: Callable[[], object]) -> list[object]:
    """The same act twice at once; what both answered."""
    start = threading.Barrier(2, timeout=NOT_FOR_EVER)

    def run() -> object:
        start.wait()
        return act()

    first, second = beside(run), beside(run)
    first[0].join(NOT_FOR_EVER)
    second[0].join(NOT_FOR_EVER)
    return first[1] + second[1]


def wait_for_lock() -> None:
    """Until another connection waits for a lock of this one."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    pause = threading.Event()
    for _ in range(NOT_FOR_EVER * 100):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
        pause.wait(0.01)
    raise TimeoutError


def test_two_runs_at_once_tell_once(owed: Owed, district: Colleague) -> None:
    for _ in range(3):
        owed()
    assert sum(map(int, map(str, together(lambda: actions.remind(at=FIVE))))) == 3
    assert mails() == [("duties.reminder", district.email)] * 3


def test_same_key_at_once_is_one_duty(owed: Owed) -> None:
    ids = together(lambda: owed(DAILY, key="uptake.report:1"))
    assert (len(ids), len(set(ids))) == (2, 1)
    assert (Duty.objects.count(), Occurrence.objects.count()) == (1, 8)


def test_two_nights_plans_at_once_write_each_time_once(owed: Owed) -> None:
    owed(DAILY)
    later = MORNING + timedelta(days=3)
    assert sorted(map(str, together(lambda: actions.plan(at=later)))) == ["0", "3"]
    assert Occurrence.objects.count() == 11


def test_duty_that_ends_while_it_is_planned_is_planned_no_further(
    owed: Owed, province: Colleague
) -> None:
    duty_id = owed(DAILY)
    later = MORNING + timedelta(days=3)
    with transaction.atomic():
        actions.end_duty(duty_id=duty_id, reason="Hết dịch", by=province.viewer, at=later)
        thread, answers = beside(lambda: actions.plan(at=later))
        wait_for_lock()
    thread.join(NOT_FOR_EVER)
    assert answers == [0]
    assert not Occurrence.objects.filter(state="open", due_at__gt=later).exists()
