"""Duties of the letter of 2020: operators report daily before 16h00."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from tests.factories.people import PROVINCE, QUY_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.duties import actions
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import HolderKind, Schedule, SourceKind
from vungxanh.duties.values import Holder, NewDuty
from vungxanh.messaging.models import Message

MORNING = datetime(2020, 8, 28, 1, 0, tzinfo=UTC)
DUE = datetime(2020, 8, 28, 9, 0, tzinfo=UTC)
DAILY = Schedule(date(2020, 8, 28), time(16), "FREQ=DAILY")
ONCE = Schedule(date(2020, 8, 28), time(17))


@pytest.fixture
def province(places: None) -> Colleague:
    """Who orders duties: an officer of the province."""
    return employed("province", Role("province_officer"), PROVINCE)


@pytest.fixture
def district(places: None) -> Colleague:
    """Who owes them: an officer of Quy Nhơn."""
    return employed("district", Role("district_officer"), QUY_NHON)


@pytest.fixture
def owed(province: Colleague) -> Callable[..., UUID]:
    """Writes down what a unit owes the province."""

    def write(schedule: Schedule = ONCE, unit: str = QUY_NHON, **more: Any) -> UUID:
        duty = NewDuty(
            title="Báo cáo số máy đã cài Bluezone",
            holder=Holder(HolderKind.UNIT, unit, str(more.pop("role", ""))),
            owed_to=PROVINCE,
            schedule=schedule,
            source_kind=SourceKind.LETTER,
            source="Công văn mẫu 01, mục 5",
            **more,
        )
        return actions.owe(duty=duty, by=province.viewer, at=MORNING)

    return write


def only(duty_id: UUID) -> Occurrence:
    """The one time that a duty falls due."""
    return Occurrence.objects.get(duty_id=duty_id)


def mails() -> list[tuple[str, str]]:
    """Sort and address of every message about duties, in the order of writing."""
    found = Message.objects.filter(kind__startswith="duties.").order_by("created_at", "id")
    return [(one.kind, one.to) for one in found]


def events() -> list[str]:
    """What the log holds of duties, in the order of writing."""
    found = AuditEvent.objects.filter(event__startswith="duties.")
    return list(found.order_by("id").values_list("event", flat=True))


def details(event: str) -> list[dict[str, object]]:
    """What the log holds of one event."""
    return [one.detail for one in AuditEvent.objects.filter(event=event).order_by("id")]
