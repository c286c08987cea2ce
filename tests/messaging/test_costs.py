"""What a day's SMS cost, and what happens when they are used up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings as real
from django.db import connection
from django.test.utils import CaptureQueriesContext
from prometheus_client import CollectorRegistry, generate_latest
from pytest_django import Settings

from tests.factories.people import Colleague
from tests.messaging.gateway import (
    MORNING,
    NIGHT,
    NOON,
    REFUSED,
    otp,
    posted,
    sms,
    texts,
    ways,
)
from vungxanh.audit.models import AuditEvent
from vungxanh.config.gauges import register
from vungxanh.core import clock
from vungxanh.core.viewer import ForbiddenError
from vungxanh.messaging import actions, queries
from vungxanh.messaging.gateways import (
    Handed,
    MemoryGateway,
    MemorySmsGateway,
    NotSentError,
    ShortMessage,
)
from vungxanh.messaging.models import DayCost, Message
from vungxanh.messaging.rules import Channel, Grade, State

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture
def ten_parts(settings: Settings) -> None:
    """A house that sends ten parts a day, at 300 đồng."""
    settings.OUTGOING = replace(real.OUTGOING, parts_a_day=10, part_dong=300, most_to_one=100)


def sent(n: int, **said: object) -> None:
    """So many SMS of one part, gone."""
    for _ in range(n):
        posted(sms(**said))
    actions.deliver(at=NOON, ways=ways())


def test_parts_and_dong_of_a_day_are_counted_by_channel(ten_parts: None) -> None:
    posted(sms(text="a" * 161))
    sent(1)
    row = DayCost.objects.get(channel=Channel.SMS)
    assert (row.day, row.n_messages, row.n_parts, row.n_dong) == (DAY, 2, 3, 900)
    budget = queries.sms_budget(NOON)
    assert (budget.used_parts, budget.used_dong, budget.limit) == (3, 900, 10)
    assert (budget.limit_dong, budget.percent, budget.is_spent) == (3000, 30, False)


def test_the_budget_is_asked_for_in_one_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        queries.sms_budget(NOON)
    assert len(asked) == 1


def test_what_did_not_leave_costs_nothing(ten_parts: None) -> None:
    posted(sms())
    posted(sms())
    actions.deliver(at=NOON, ways=ways(REFUSED, NotSentError("unreachable")))
    assert queries.sms_budget(NOON).used_parts == 0


def test_parts_that_the_gateway_counted_are_those_that_count(ten_parts: None) -> None:
    class Counting(MemorySmsGateway):
        def send(self, message: ShortMessage) -> Handed:
            return Handed("x", 3)

    message = posted(sms())
    actions.deliver(at=NOON, ways=replace(ways(), sms=Counting()))
    assert queries.sms_budget(NOON).used_parts == 3
    message.refresh_from_db()
    assert (message.n_parts, message.n_dong) == (3, 900)


def test_when_the_budget_is_spent_only_what_is_essential_leaves(ten_parts: None) -> None:
    sent(10)
    assert queries.sms_budget(NOON).is_spent
    posted(sms(text="ordinary"))
    posted(sms(text="essential", grade=Grade.ESSENTIAL))
    posted(sms(text="urgent", grade=Grade.URGENT))
    with pytest.raises(actions.BudgetSpentError):
        posted(otp())
    way = ways()
    actions.deliver(at=NOON, ways=way)
    assert texts(way) == ["urgent", "essential"]
    held = Message.objects.get(state=State.WAITING)
    assert (held.problem, held.next_at, held.n_tries) == ("budget", MORNING, 0)
    actions.deliver(at=MORNING, ways=way)
    assert texts(way)[2:] == ["ordinary"]


def test_many_that_wait_for_tomorrow_do_not_hold_what_is_essential(ten_parts: None) -> None:
    sent(10)
    for _ in range(5):
        posted(sms())
    posted(sms(text="essential", grade=Grade.ESSENTIAL))
    way = ways()
    assert actions.deliver(at=NOON, ways=way) == 1


def test_a_new_day_begins_at_midnight_in_vietnam(ten_parts: None) -> None:
    sent(10)
    assert queries.sms_budget(NIGHT).is_spent
    assert queries.sms_budget(NIGHT + timedelta(hours=1)).used_parts == 0


def test_administrators_are_told_at_80_and_100_per_cent_once_a_day(
    ten_parts: None, administrator: Colleague, officer: Colleague
) -> None:
    sent(7)
    assert not Message.objects.filter(kind="messaging.budget").exists()
    sent(2)
    sent(3, grade=Grade.ESSENTIAL)
    way = ways()
    actions.deliver(at=NOON, ways=way)
    assert isinstance(way.mail, MemoryGateway)
    assert [one.to for one in way.mail.sent] == [administrator.email]
    assert "100 phần trăm" in way.mail.sent[0].subject
    assert Message.objects.filter(kind="messaging.budget", grade="urgent").count() == 2
    said = AuditEvent.objects.filter(event="messaging.budget_reached").order_by("at", "id")
    assert [one.detail["percent"] for one in said] == [80, 100]


def test_costs_of_today_and_of_the_month_are_told_to_who_looks_after_them(
    ten_parts: None, administrator: Colleague, officer: Colleague
) -> None:
    DayCost.objects.create(day=date(2026, 11, 1), channel="sms", n_messages=5, n_parts=6, n_dong=9)
    DayCost.objects.create(day=date(2026, 10, 31), channel="sms", n_messages=100, n_parts=100)
    sent(1)
    costs = queries.costs(administrator.viewer, at=NOON)
    today = {one.channel: one.n_parts for one in costs.today}
    month = {one.channel: one.n_parts for one in costs.month}
    assert (today[Channel.SMS], month[Channel.SMS], month[Channel.MAIL]) == (1, 7, 0)
    with pytest.raises(ForbiddenError):
        queries.costs(officer.viewer, at=NOON)


def test_metrics_tell_parts_and_budget(ten_parts: None) -> None:
    sent(4)
    registry = CollectorRegistry()
    register(registry)
    with clock.frozen_at(NOON):
        said = generate_latest(registry).decode()
    assert "vungxanh_sms_parts_today 4.0" in said
    assert "vungxanh_sms_parts_budget 10.0" in said
