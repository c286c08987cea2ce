"""What lies in the outbox, without addresses or texts, and what it costs."""

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q

from vungxanh.core import clock
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import DayCost, Message
from vungxanh.messaging.rules import Channel, State
from vungxanh.messaging.values import STATE_WORDS, Budget, Cost, Costs, MessageLine, problem_words

CAPABILITY = "messaging.manage"
_SHOWN = (
    "id",
    "kind",
    "about",
    "channel",
    "state",
    "created_at",
    "next_at",
    "ended_at",
    "n_tries",
    "n_parts",
    "problem",
)
_LEFT = {State.SENT, State.DELIVERED, State.UNDELIVERED}


def outbox(
    viewer: Viewer, *, state: str = "", channel: str = "", page: object = 1
) -> Page[MessageLine]:
    """One page of the outbox, newest first; two queries."""
    viewer.require(CAPABILITY)
    found = Message.objects.only(*_SHOWN).annotate(has_text=Q(text__isnull=False))
    if state in set(State):
        found = found.filter(state=state)
    if channel in set(Channel):
        found = found.filter(channel=channel)
    rows = numbered(found, page)
    lines = tuple(_line(message) for message in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def counts(viewer: Viewer, *, channel: str = "") -> dict[State, int]:
    """How many messages are in each state; one query."""
    viewer.require(CAPABILITY)
    found = Message.objects.filter(channel=channel) if channel in set(Channel) else Message.objects
    rows = found.order_by().values_list("state").annotate(Count("id"))
    return dict.fromkeys(State, 0) | {State(state): n for state, n in rows}


def costs(viewer: Viewer, *, at: datetime) -> Costs:
    """What left today and this month by each way; one query."""
    viewer.require(CAPABILITY)
    day = at.astimezone(clock.TZ).date()
    rows = list(DayCost.objects.filter(day__gte=day.replace(day=1), day__lte=day))
    return Costs(
        day,
        today=tuple(_sum(one, [row for row in rows if row.day == day]) for one in Channel),
        month=tuple(_sum(one, rows) for one in Channel),
    )


def sms_budget(at: datetime) -> Budget:
    """What SMS have cost on this day of the house, and may; one query of one row."""
    day, said = at.astimezone(clock.TZ).date(), settings.OUTGOING
    row = DayCost.objects.filter(day=day, channel=Channel.SMS).first()
    return Budget(
        day,
        used_parts=row.n_parts if row else 0,
        used_dong=row.n_dong if row else 0,
        limit=said.parts_a_day,
        limit_dong=said.parts_a_day * said.part_dong,
    )


def _sum(channel: Channel, rows: list[DayCost]) -> Cost:
    own = [row for row in rows if row.channel == channel]
    return Cost(
        channel,
        n_messages=sum(row.n_messages for row in own),
        n_parts=sum(row.n_parts for row in own),
        n_dong=sum(row.n_dong for row in own),
    )


def _line(message: Message) -> MessageLine:
    state, channel = State(message.state), Channel(message.channel)
    return MessageLine(
        id=message.id,
        kind=message.kind,
        about=message.about,
        channel=channel,
        state=state,
        words=STATE_WORDS[state],
        created_at=message.created_at,
        next_at=message.next_at,
        sent_at=message.ended_at if state in _LEFT else None,
        n_tries=message.n_tries,
        n_parts=message.n_parts,
        problem=problem_words(channel, message.problem),
        has_text=bool(getattr(message, "has_text", False)),
    )
