"""Writing messages, letting them go again, forgetting them."""

import json
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.prepared import store
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.actions.refusals import (
    BadAddressError,
    BadNumberError,
    BudgetSpentError,
    OptedOutError,
    TooManyTodayError,
)
from vungxanh.messaging.actions.templates import Worded, worded
from vungxanh.messaging.models import ADDRESS, KEPT, Message
from vungxanh.messaging.queries import (
    CAPABILITY,
    address_of,
    is_opted_out,
    taken_today,
)
from vungxanh.messaging.rules import TEXT_KEPT, Channel, Grade, State
from vungxanh.messaging.values import Instead, NewMessage

# Words and where else they would go: erased together.
ERASED = {"subject": None, "text": None, "values": None, "instead_to": None}
_AT_ONCE = {Grade.ASKED, Grade.URGENT}


def post(*, message: NewMessage, by: Viewer, at: datetime) -> UUID | None:
    """Put a message into the outbox, inside the caller's transaction; None if its key is known.

    Records messaging.posted. It leaves when the transaction has committed, what was asked for and
    what is urgent at once. Raises a refusal when the address or a value is missing, when the reader
    opted out, has had enough for a day, or the day's SMS are used up and it cannot wait.
    """
    if not connection.in_atomic_block:
        why = f"{message.kind} must be posted inside the transaction of what it tells of"
        raise transaction.TransactionManagementError(why)
    to = _reachable(message.channel, message.to)
    if message.key and Message.objects.filter(key=message.key).exists():
        return None
    words = worded(message=message, at=at)
    _must_be_wanted(message, to, grade=words.grade, at=at)
    row = _row(message, words, at)
    row.to, row.to_index = to, ADDRESS.digest(to)
    enter(row=row, by=by, at=at)
    return row.id


def enter(*, row: Message, by: Viewer, at: datetime) -> None:
    """Store a row that waits, and wake the worker for what must not wait for the minute."""
    store(row)
    record(event="messaging.posted", by=by, at=at, subject=ref(row), detail={"kind": row.kind})
    if row.grade in _AT_ONCE and row.channel != Channel.MAIL:
        app.configure_task(name="messaging.send").defer(message_id=str(row.id))


def retry(*, message_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a message that failed, or that waits, go now, while its text is kept.

    Records messaging.retried.
    """
    by.require(CAPABILITY)
    again = [State.WAITING, State.GIVEN_UP, State.UNDELIVERED]
    found = Message.objects.filter(id=message_id, state__in=again, text__isnull=False)
    with transaction.atomic():
        changed = found.update(
            state=State.WAITING, n_tries=0, next_at=at, ended_at=None, problem="", provider_id=""
        )
        if not changed:
            raise MissingError
        record(event="messaging.retried", by=by, at=at, subject=f"message:{message_id}")


def erase_texts(*, at: datetime) -> int:
    """Erase what messages said that ended two days ago; returns how many."""
    old = Message.objects.filter(ended_at__lte=at - TEXT_KEPT, text__isnull=False)
    return old.update(**ERASED)


def forget(*, at: datetime) -> int:
    """Delete messages past their retention; returns how many."""
    return int(Message.objects.filter(ended_at__lt=at - KEPT.period).delete()[0])


def ref(message: Message) -> str:
    """How the log names a message."""
    return f"message:{message.pk}"


def first_try(channel: Channel, grade: Grade, at: datetime) -> datetime:
    """When a message may leave first: now, or when the night is over."""
    waits = channel.keeps_quiet and grade.waits_for_morning
    return settings.OUTGOING.quiet.awake(at) if waits else at


def _reachable(channel: Channel, to: str) -> str:
    """The address as it is kept."""
    found = address_of(channel, to)
    if not found:
        raise BadAddressError if channel is Channel.MAIL else BadNumberError
    return found


def _must_be_wanted(message: NewMessage, to: str, *, grade: Grade, at: datetime) -> None:
    if grade.may_be_refused and is_opted_out(to, kind=message.kind):
        raise OptedOutError
    if message.channel is Channel.MAIL or not grade.ends_with_budget:
        return
    said, (n_today, used_parts) = settings.OUTGOING, taken_today(to, at=at)
    if n_today >= said.most_to_one:
        raise TooManyTodayError
    is_spent = used_parts >= said.parts_a_day
    if message.channel is Channel.SMS and grade is Grade.ASKED and is_spent:
        raise BudgetSpentError


def _row(message: NewMessage, words: Worded, at: datetime) -> Message:
    other = message.instead or Instead(message.channel, "")
    return Message(
        kind=message.kind,
        key=message.key or None,
        about=message.about,
        channel=message.channel,
        grade=words.grade,
        subject=" ".join(words.subject.split()),
        text=words.text,
        values=json.dumps(dict(message.values)) if message.template else None,
        template=message.template,
        template_version=words.version,
        language=message.language,
        n_parts=words.n_parts,
        n_dong=words.n_dong,
        created_at=at,
        next_at=first_try(message.channel, words.grade, at),
        until_at=message.until,
        instead_channel=other.channel if message.instead else "",
        instead_to=_reachable(other.channel, other.to) if message.instead else None,
    )
