"""Sending what is due, one after the other, each way out by itself."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from vungxanh.audit.actions import record
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.actions.budget import correct, give_back, reserve
from vungxanh.messaging.actions.outbox import ERASED, enter, first_try, ref
from vungxanh.messaging.actions.templates import Said, Worded, made, worded_by
from vungxanh.messaging.actions.ways import Ways, values_of
from vungxanh.messaging.gateways import Handed, MailGateway, NotSentError, Outcome
from vungxanh.messaging.models import ADDRESS, EarlyReceipt, Message
from vungxanh.messaging.queries import versions
from vungxanh.messaging.rules import GRADES, Channel, Grade, State, leased_until, next_try

AT_ONCE = 100
# With these nothing else would go either: the rest of this way waits for the next minute.
AWAY = {"unreachable", "no_server", "not_admitted", "throttled"}
_FAILED = {State.GIVEN_UP, State.UNDELIVERED}


def deliver(
    *,
    at: datetime,
    gateway: MailGateway | None = None,
    ways: Ways | None = None,
    clock: Callable[[], datetime] | None = None,
) -> int:
    """Send what is due by each way; returns how many went. Safe to run many at once.

    `gateway` is the mail's alone. `clock` tells the time of each try, where a run may take long.
    Records messaging.sent, messaging.given_up and messaging.budget_reached.
    """
    chosen = ways or (Ways(mail=gateway) if gateway else Ways())
    return sum(_deliver(channel, chosen, clock or (lambda: at)) for channel in Channel)


def send_one(*, message_id: UUID, at: datetime, ways: Ways | None = None) -> bool:
    """Send one message now if it is due and nobody else has it; whether it went."""
    found = Message.objects.filter(id=message_id, state=State.WAITING, next_at__lte=at)
    taken = _take(found, at)
    return taken is not None and _send(taken, ways or Ways(), at) is None


def end(*, message: Message, state: State, at: datetime, event: str) -> None:
    """What became of a message, in the caller's transaction: its words go, or another way."""
    message.state = state
    if state in {State.SENT, State.GIVEN_UP}:
        message.next_at, message.ended_at = None, at
    if state not in _FAILED:
        message.problem = ""
    goes_on = state in _FAILED and bool(message.instead_channel)
    if goes_on:
        _go_on(message, at)
    if goes_on or _is_said(message):
        for name, nothing in ERASED.items():
            setattr(message, name, nothing)
    message.save()
    record(event=event, by=SYSTEM, at=at, subject=ref(message), detail={"kind": message.kind})


def note_outcome(*, message: Message, outcome: Outcome, at: datetime) -> None:
    """What a gateway reported of a message that it took, in the caller's transaction."""
    message.reported_at = at
    if outcome is Outcome.DELIVERED:
        end(message=message, state=State.DELIVERED, at=at, event="messaging.delivered")
        return
    message.problem = outcome.value
    end(message=message, state=State.UNDELIVERED, at=at, event="messaging.undelivered")


def _deliver(channel: Channel, ways: Ways, clock: Callable[[], datetime]) -> int:
    n_sent = 0
    for _ in range(AT_ONCE):
        now = clock()
        taken = _next(channel, now)
        if taken is None:
            break
        problem = _send(taken, ways, now) if taken.state == State.SENDING else "held"
        n_sent += problem is None
        if problem in AWAY and taken.state == State.WAITING:
            break
    return n_sent


def _next(channel: Channel, at: datetime) -> Message | None:
    """The next message of a way that is due, the most pressing grade first."""
    due = Message.objects.filter(channel=channel, next_at__lte=at)
    for grade in _awake(channel, at):
        found = _take(due.filter(grade=grade), at)
        if found is not None:
            return found
    return None


def _awake(channel: Channel, at: datetime) -> list[Grade]:
    """The grades that may leave at this hour."""
    is_quiet = channel.keeps_quiet and settings.OUTGOING.quiet.holds(at)
    return [one for one in GRADES if not (is_quiet and one.waits_for_morning)]


def _take(due: QuerySet[Message], at: datetime) -> Message | None:
    """One of these, taken so that no other worker takes it until the lease ends.

    One that came too late is given up, one that the budget stops waits for tomorrow: their state
    says so.
    """
    with transaction.atomic():
        open_ = due.filter(Q(state=State.WAITING) | Q(state=State.SENDING))
        rows = open_.select_for_update(skip_locked=True).order_by("next_at", "id")
        found = rows.first()
        if found is None:
            return None
        if found.until_at is not None and found.until_at <= at:
            found.problem = "too_late"
            end(message=found, state=State.GIVEN_UP, at=at, event="messaging.given_up")
            return found
        if reserve(message=found, at=at):
            found.state, found.next_at = State.SENDING, leased_until(at, found.until_at)
            found.n_tries += 1
        else:
            found.state, found.problem = State.WAITING, "budget"
            found.next_at = settings.OUTGOING.quiet.next_day(at)
        found.save(update_fields=["state", "next_at", "n_tries", "problem"])
    return found


def _send(message: Message, ways: Ways, at: datetime) -> str | None:
    """Try one message; the problem that kept it, None when it went."""
    try:
        handed = ways.hand_over(message, at)
    except NotSentError as failure:
        _note_failure(message, failure, at)
        return failure.problem
    _note_sent(message, handed, at)
    return None


@transaction.atomic
def _note_sent(message: Message, handed: Handed, at: datetime) -> None:
    message.provider_id = handed.provider_id
    correct(message=message, n_parts=handed.n_parts, at=at)
    end(message=message, state=State.SENT, at=at, event="messaging.sent")
    if message.provider_id:
        _note_early(message, at)


def _note_early(message: Message, at: datetime) -> None:
    """The report that was faster than this note."""
    early = EarlyReceipt.objects.filter(provider_id=message.provider_id)
    said = early.first()
    if said is not None:
        early.delete()
        note_outcome(message=message, outcome=Outcome(said.outcome), at=at)


@transaction.atomic
def _note_failure(message: Message, failure: NotSentError, at: datetime) -> None:
    """A missing server is no try: those messages wait as long as it takes, or go another way."""
    give_back(message=message, at=at)
    message.problem = failure.problem
    is_over = failure.is_final
    if failure.problem == "no_server":
        message.n_tries, is_over = 0, bool(message.instead_channel)
    again = None if is_over else next_try(max(message.n_tries, 1), at)
    if again is None:
        end(message=message, state=State.GIVEN_UP, at=at, event="messaging.given_up")
        return
    message.state = State.WAITING
    message.next_at = first_try(Channel(message.channel), Grade(message.grade), again)
    message.save(update_fields=["state", "next_at", "n_tries", "problem"])


def _is_said(message: Message) -> bool:
    """Whether nobody needs the words any more: they came, or are worth nothing later."""
    state = State(message.state)
    if state is State.SENT:
        return not Channel(message.channel).has_receipts
    return state is State.DELIVERED or message.grade == Grade.ASKED


def _go_on(message: Message, at: datetime) -> None:
    """The same words by the other way, as a message of its own."""
    channel = Channel(message.instead_channel)
    words = _other_words(message, channel)
    row = Message(
        kind=message.kind,
        about=message.about,
        channel=channel,
        grade=message.grade,
        to=message.instead_to or "",
        to_index=ADDRESS.digest(message.instead_to or ""),
        subject=words.subject,
        text=words.text,
        values=message.values,
        template=message.template,
        template_version=message.template_version,
        language=message.language,
        n_parts=words.n_parts,
        n_dong=words.n_dong,
        created_at=at,
        next_at=first_try(channel, Grade(message.grade), at),
        until_at=message.until_at,
        instead_of=message.id,
    )
    enter(row=row, by=SYSTEM, at=at)


def _other_words(message: Message, channel: Channel) -> Worded:
    """The words for the other way, from the version that the first was made from."""
    known = versions(message.template) if message.template else ()
    version = next((one for one in known if one.number == message.template_version), None)
    if version is not None:
        return worded_by(version, channel, Said(message.language, values_of(message)))
    start = Worded(
        text="",
        subject=message.subject or "",
        version=None,
        grade=Grade(message.grade),
        n_parts=1,
        n_dong=0,
    )
    return made(channel, message.text or "", start)
