"""Writing messages, sending them, forgetting them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.messaging.gateways import Letter, MailGateway, NotSentError, mail_gateway
from vungxanh.messaging.models import KEPT, Message
from vungxanh.messaging.queries import is_address
from vungxanh.messaging.rules import LEASE, State, next_try
from vungxanh.messaging.values import NewMessage
from vungxanh.refusals import RefusalError, Words

CAPABILITY = "messaging.manage"
AT_ONCE = 100
# With these nothing else would go either: the rest waits for the next minute.
AWAY = {"unreachable", "no_server"}


class BadAddressError(RefusalError):
    """A message to what is no e-mail address."""

    def __init__(self) -> None:
        words = Words(
            vi="Địa chỉ email này chưa đúng dạng. Sửa lại, ví dụ ten@donvi.gov.vn.",
            en="This is no e-mail address. Correct it, for example name@office.gov.vn.",
        )
        super().__init__("messaging.bad_address", words, field="email")


def post(*, message: NewMessage, by: Viewer, at: datetime) -> UUID | None:
    """Put a message into the outbox, inside the caller's transaction; None if its key is known.

    Records messaging.posted. It leaves when the transaction has committed.
    """
    if not connection.in_atomic_block:
        why = f"{message.kind} must be posted inside the transaction of what it tells of"
        raise transaction.TransactionManagementError(why)
    if not is_address(message.to):
        raise BadAddressError
    row = _row(message, at)
    known = Message.objects.filter(key=row.key) if row.key else Message.objects.none()
    if known.exists():
        return None
    row.save(force_insert=True)
    record(event="messaging.posted", by=by, at=at, subject=_ref(row), detail={"kind": row.kind})
    return row.id


def deliver(
    *,
    at: datetime,
    gateway: MailGateway | None = None,
    clock: Callable[[], datetime] | None = None,
) -> int:
    """Send what is due, one after the other; returns how many went. Safe to run many at once.

    `clock` tells the time of each try, where a run may take long. Records messaging.sent and
    messaging.given_up.
    """
    way = gateway or mail_gateway()
    n_sent = 0
    for _ in range(AT_ONCE):
        now = clock() if clock else at
        taken = _take(now)
        if taken is None:
            break
        problem = _send(taken, way, now)
        n_sent += problem is None
        if problem in AWAY:
            break
    return n_sent


def retry(*, message_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a message that was given up, or that waits, go now; records messaging.retried."""
    by.require(CAPABILITY)
    with transaction.atomic():
        changed = Message.objects.filter(
            id=message_id, state__in=[State.WAITING, State.GIVEN_UP]
        ).update(state=State.WAITING, n_tries=0, next_at=at, ended_at=None, problem="")
        if not changed:
            raise MissingError
        record(event="messaging.retried", by=by, at=at, subject=f"message:{message_id}")


def forget(*, at: datetime) -> int:
    """Delete messages past their retention; returns how many."""
    return int(Message.objects.filter(ended_at__lt=at - KEPT.period).delete()[0])


def _ref(message: Message) -> str:
    """How the log names a message."""
    return f"message:{message.pk}"


def _row(message: NewMessage, at: datetime) -> Message:
    return Message(
        kind=message.kind,
        key=message.key or None,
        about=message.about,
        to=message.to,
        subject=" ".join(message.subject.split()),
        text=message.text,
        created_at=at,
        next_at=at,
    )


def _take(at: datetime) -> Message | None:
    """The next message that is due, taken so that no other worker takes it until the lease ends."""
    with transaction.atomic():
        due = Message.objects.select_for_update(skip_locked=True).filter(
            Q(state=State.WAITING) | Q(state=State.SENDING), next_at__lte=at
        )
        found = due.order_by("next_at", "id").first()
        if found is None:
            return None
        found.state, found.next_at = State.SENDING, at + LEASE
        found.n_tries += 1
        found.save(update_fields=["state", "next_at", "n_tries"])
    return found


def _send(message: Message, way: MailGateway, at: datetime) -> str | None:
    """Try one message; the problem that kept it, None when it went."""
    letter = Letter(str(message.id), message.to, message.subject, message.text)
    try:
        way.send(letter)
    except NotSentError as failure:
        _note_failure(message, failure, at)
        return failure.problem
    _end(message, State.SENT, at, event="messaging.sent")
    return None


def _note_failure(message: Message, failure: NotSentError, at: datetime) -> None:
    """A missing server is no try: those messages wait as long as it takes."""
    message.problem = failure.problem
    if failure.problem == "no_server":
        message.n_tries = 0
    again = None if failure.is_final else next_try(max(message.n_tries, 1), at)
    if again is None:
        _end(message, State.GIVEN_UP, at, event="messaging.given_up")
        return
    message.state, message.next_at = State.WAITING, again
    message.save(update_fields=["state", "next_at", "n_tries", "problem"])


def _end(message: Message, state: State, at: datetime, *, event: str) -> None:
    message.state, message.next_at, message.ended_at = state, None, at
    if state is State.SENT:
        message.problem = ""
    with transaction.atomic():
        message.save(update_fields=["state", "next_at", "ended_at", "n_tries", "problem"])
        record(event=event, by=SYSTEM, at=at, subject=_ref(message), detail={"kind": message.kind})
