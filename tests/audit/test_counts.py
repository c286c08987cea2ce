"""Counts by month and purpose: numbers alone, in Vietnam's months."""

from datetime import UTC, date, datetime

from django.db import transaction

from vungxanh.audit import actions
from vungxanh.audit.queries import counted
from vungxanh.core.viewer import PUBLIC, SYSTEM, Viewer

LAST_EVENING_OF_MAY = datetime(2021, 5, 31, 16, 59, 59, 900_000, tzinfo=UTC)
JUNE = datetime(2021, 5, 31, 17, 0, tzinfo=UTC)


def seen(at: datetime, by: Viewer = SYSTEM) -> None:
    with transaction.atomic():
        actions.record(event="audit.seen", by=by, at=at, subject="audit")


def test_events_are_counted_by_month_in_vietnam_and_purpose(db: None) -> None:
    for at in (LAST_EVENING_OF_MAY, JUNE, JUNE):
        seen(at)
    seen(JUNE, PUBLIC)
    assert counted("audit.seen", date(2021, 1, 1), date(2021, 12, 31)) == (
        (date(2021, 5, 1), "upkeep", 1),
        (date(2021, 6, 1), "public", 1),
        (date(2021, 6, 1), "upkeep", 2),
    )


def test_both_days_count_and_no_other(db: None) -> None:
    for at in (LAST_EVENING_OF_MAY, JUNE):
        seen(at)
    assert counted("audit.seen", date(2021, 5, 31), date(2021, 5, 31))[0].n == 1
    assert counted("audit.seen", date(2021, 6, 2), date(2021, 6, 30)) == ()


def test_other_events_are_not_counted(db: None) -> None:
    seen(JUNE)
    assert counted("accounts.signed_in", date(2021, 1, 1), date(2021, 12, 31)) == ()
