"""Taking SMS in: kept first, once; then a word for ourselves, or for the room that takes it."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from vungxanh.audit.actions import record
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.actions.opting import opt_in, opt_out
from vungxanh.messaging.actions.outbox import post
from vungxanh.messaging.gateways import CameIn
from vungxanh.messaging.models import ADDRESS, CAME, IncomingSms
from vungxanh.messaging.rules import MOST_AN_HOUR, Channel, Grade, Incoming
from vungxanh.messaging.rules.numbers import e164
from vungxanh.messaging.rules.words import Asked, Verb, read_sms
from vungxanh.messaging.values import NewMessage, Taken
from vungxanh.refusals import RefusalError

AT_ONCE = 200
SmsTaker = Callable[..., Taken | None]
_EVENTS = {
    Incoming.TAKEN: "messaging.sms_taken",
    Incoming.REFUSED: "messaging.sms_refused",
    Incoming.SET_ASIDE: "messaging.sms_set_aside",
}


def take_in(*, came: Iterable[CameIn], at: datetime) -> int:
    """Keep what phones sent, each in a transaction of its own, then deal with what is kept.

    Returns how many are new; one that is handed out twice is kept once. Records
    messaging.sms_came, messaging.sms_taken, messaging.sms_refused and messaging.sms_set_aside.
    """
    n_new = sum(_keep(one, at) for one in came)
    waiting = list(_waiting().values_list("id", flat=True)[:AT_ONCE])
    with ExitStack() as all_of_them:  # one that breaks its room keeps no other waiting
        for sms_id in reversed(waiting):
            all_of_them.callback(_deal, sms_id, at)
    return n_new


def forget_sms(*, at: datetime) -> int:
    """Delete SMS past their retention; returns how many."""
    return int(IncomingSms.objects.filter(ended_at__lt=at - CAME.period).delete()[0])


@transaction.atomic
def _keep(came: CameIn, at: datetime) -> bool:
    sender = e164(came.sender)
    row = IncomingSms(
        provider_id=came.provider_id,
        sender=sender,
        sender_index=ADDRESS.digest(sender),
        text=came.text or " ",  # what waits has a text
        sent_at=came.at,
        came_at=at,
    )
    if IncomingSms.objects.filter(provider_id=row.provider_id).exists():
        return False
    IncomingSms.objects.bulk_create([row], ignore_conflicts=True)
    if not IncomingSms.objects.filter(pk=row.pk).exists():
        return False
    record(event="messaging.sms_came", by=SYSTEM, at=at, subject=_ref(row))
    return True


@transaction.atomic
def _deal(sms_id: UUID, at: datetime) -> None:
    rows = _waiting().select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(id=sms_id).first()
    if row is None:
        return
    asked = read_sms(row.text or "")
    row.verb = asked.verb.value
    if asked.verb in {Verb.STOP, Verb.START}:
        _take_wish(row, asked.verb, at)
    elif not row.sender or _n_of_hour(row) > MOST_AN_HOUR:
        _end(row, Incoming.SET_ASIDE, at, problem="too_many" if row.sender else "unknown_sender")
    elif asked.verb is Verb.UNKNOWN:
        _end(row, Incoming.SET_ASIDE, at, problem="unknown_words")
        _answer(row, at, template="messaging.sms_unknown")
    else:
        _give(row, asked, at)
    row.save(update_fields=["verb", "text", "state", "problem", "taken_as", "ended_at"])
    _note(row, at)


def _take_wish(row: IncomingSms, verb: Verb, at: datetime) -> None:
    """Stop, or start again; a repeat is taken and not answered again."""
    if verb is Verb.STOP:
        is_new = opt_out(to=row.sender, by=SYSTEM, at=at)
    else:
        is_new = opt_in(to=row.sender, by=SYSTEM, at=at)
    row.taken_as = "address"
    _end(row, Incoming.TAKEN, at)
    if is_new:
        name = "messaging.sms_stopped" if verb is Verb.STOP else "messaging.sms_started"
        _answer(row, at, template=name)


def _give(row: IncomingSms, asked: Asked, at: datetime) -> None:
    """To the rooms in turn; the first that knows it takes or refuses it."""
    try:
        with transaction.atomic():
            taken = _taken(row, asked, at)
    except RefusalError as refused:
        _end(row, Incoming.REFUSED, at, problem=refused.code)
        _answer(row, at, text=refused.words.vi)
        return
    if taken is None:
        _end(row, Incoming.SET_ASIDE, at, problem="unknown_words")
        return
    row.taken_as = taken.reference
    _end(row, Incoming.TAKEN, at)
    if taken.answer is not None:
        _answer(row, at, text=taken.answer.vi)


def _taken(row: IncomingSms, asked: Asked, at: datetime) -> Taken | None:
    """What rooms register as `take_sms` in their AppConfig make of it."""
    told = (getattr(config, "take_sms", None) for config in apps.get_app_configs())
    takers: list[SmsTaker] = [take for take in told if take is not None]
    found = (take(asked=asked, sender=row.sender, original=row.id, at=at) for take in takers)
    return next((taken for taken in found if taken is not None), None)


def _answer(row: IncomingSms, at: datetime, *, template: str = "", text: str = "") -> None:
    """Answer by SMS in Vietnamese; where the budget or the reader's day is spent, not at all."""
    message = NewMessage(
        kind="messaging.sms_answer",
        to=row.sender,
        text=text,
        about=_ref(row),
        key=_ref(row),
        channel=Channel.SMS,
        template=template,
        grade=Grade.ASKED,
    )
    try:
        with transaction.atomic():
            post(message=message, by=SYSTEM, at=at)
    except RefusalError:
        return


def _n_of_hour(row: IncomingSms) -> int:
    since = row.came_at - timedelta(hours=1)
    near = IncomingSms.objects.filter(came_at__gt=since, came_at__lte=row.came_at)
    return near.filter(sender_index__in=ADDRESS.digests(row.sender), pk__lte=row.pk).count()


def _end(row: IncomingSms, state: Incoming, at: datetime, *, problem: str = "") -> None:
    row.state, row.ended_at, row.problem, row.text = state, at, problem, None


def _note(row: IncomingSms, at: datetime) -> None:
    detail: dict[str, str | int] = {"verb": row.verb}
    if row.problem:
        detail["why"] = row.problem
    record(event=_EVENTS[Incoming(row.state)], by=SYSTEM, at=at, subject=_ref(row), detail=detail)


def _ref(row: IncomingSms) -> str:
    return f"sms:{row.pk}"


def _waiting() -> QuerySet[IncomingSms]:
    return IncomingSms.objects.filter(state=Incoming.WAITING).order_by("came_at", "id")
