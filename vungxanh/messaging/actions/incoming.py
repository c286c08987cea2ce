"""Taking mails in: kept first, then given to the room that knows the sender."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from vungxanh.audit.actions import record
from vungxanh.core import files
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.mails import Mail, MailError, read_mail
from vungxanh.messaging.actions.outbox import post
from vungxanh.messaging.actions.refusals import BadAddressError
from vungxanh.messaging.gateways.inbox import Arrived, InboxGateway, NotReadError, inbox_gateway
from vungxanh.messaging.models import CAME, SENDER, IncomingMail
from vungxanh.messaging.rules import MOST_AN_HOUR, Incoming
from vungxanh.messaging.values import NewMessage, Taken
from vungxanh.refusals import RefusalError, Words

AT_ONCE = 50
MEDIA = "message/rfc822"
Taker = Callable[..., Taken | None]
_EVENTS = {
    Incoming.TAKEN: "messaging.mail_taken",
    Incoming.REFUSED: "messaging.mail_refused",
    Incoming.SET_ASIDE: "messaging.mail_set_aside",
}


def receive(*, at: datetime, gateway: InboxGateway | None = None) -> int:
    """Take in what waits in the mailbox, then deal with what is kept; how many came.

    Each mail is kept in a transaction of its own before the mailbox forgets it, so that a program
    that dies loses none; one that comes twice is kept once. Records messaging.mail_came,
    messaging.mail_taken, messaging.mail_refused and messaging.mail_set_aside.
    """
    way = gateway or inbox_gateway()
    if way is None:
        return 0
    try:
        n_came = way.each(lambda arrived: _keep(arrived, at), at_most=AT_ONCE)
    except NotReadError as failure:
        with transaction.atomic():
            record(
                event="messaging.mailbox_away",
                by=SYSTEM,
                at=at,
                subject="mailbox",
                detail={"why": failure.problem},
            )
        n_came = 0
    waiting = list(_waiting().values_list("id", flat=True)[:AT_ONCE])
    with ExitStack() as all_of_them:  # a mail that breaks its room keeps no other waiting
        for mail_id in reversed(waiting):
            all_of_them.callback(_deal, mail_id, at)
    return n_came


def forget_incoming(*, at: datetime) -> int:
    """Delete mails past their retention with their originals; returns how many."""
    old = IncomingMail.objects.filter(ended_at__lt=at - CAME.period)
    stored = list(old.exclude(original=None).values_list("original_id", flat=True))
    n_gone = old.delete()[0]
    StoredFile.objects.filter(pk__in=stored).delete()
    return int(n_gone)


@transaction.atomic
def _keep(arrived: Arrived, at: datetime) -> None:
    raw = arrived.raw
    digest = hashlib.sha256(raw if raw is not None else str(arrived).encode()).digest()
    if IncomingMail.objects.filter(digest=digest).exists():
        return
    row = IncomingMail(digest=digest, came_at=at, n_bytes=arrived.n_bytes, n_attachments=0)
    row.sender, row.subject, row.sender_index = "", "", SENDER.digest("")
    if raw is None:
        _end(row, Incoming.SET_ASIDE, at, problem="mail.too_large")
    else:
        _read(row, raw, at)
    row.save(force_insert=True)
    _note(row, "messaging.mail_came", at)


def _read(row: IncomingMail, raw: bytes, at: datetime) -> None:
    """What the mail says of itself; why it is set aside, if it is."""
    try:
        mail = read_mail(raw)
    except MailError as refused:
        _end(row, Incoming.SET_ASIDE, at, problem=refused.code)
        return
    row.sender, row.subject, row.sent_at = mail.sender, mail.subject, mail.sent_at
    row.sender_index = SENDER.digest(mail.sender)
    row.n_attachments = len(mail.attachments)
    if mail.is_automatic:
        _end(row, Incoming.SET_ASIDE, at, problem="automatic")
    elif _n_of_hour(row, at) >= MOST_AN_HOUR:
        _end(row, Incoming.SET_ASIDE, at, problem="too_many")
    else:
        row.original = files.keep(raw, name="mail.eml", media_type=MEDIA, by=SYSTEM, at=at)


def _n_of_hour(row: IncomingMail, at: datetime) -> int:
    since = at - timedelta(hours=1)
    return IncomingMail.objects.filter(
        sender_index__in=SENDER.digests(row.sender), came_at__gt=since
    ).count()


@transaction.atomic
def _deal(mail_id: UUID, at: datetime) -> None:
    """Give one mail to the rooms in turn; the first that knows the sender takes or refuses it."""
    row = _waiting().select_for_update(of=("self",), skip_locked=True).filter(id=mail_id).first()
    if row is None or row.original_id is None:
        return
    mail = read_mail(files.open_file(row.original_id))
    try:
        with transaction.atomic():
            taken = _taken(mail, row, at)
    except RefusalError as refused:
        _end(row, Incoming.REFUSED, at, problem=refused.code)
        _answer(row, refused.words, at)
    else:
        _settle(row, taken, at)
    row.save(update_fields=["state", "problem", "taken_as", "ended_at"])
    _note(row, _EVENTS[Incoming(row.state)], at)


def _taken(mail: Mail, row: IncomingMail, at: datetime) -> Taken | None:
    found = (take(mail=mail, original=row.original_id, at=at) for take in _takers())
    return next((taken for taken in found if taken is not None), None)


def _takers() -> Iterator[Taker]:
    """What rooms register as `take_mail` in their AppConfig."""
    for config in apps.get_app_configs():
        take = getattr(config, "take_mail", None)
        if take is not None:
            yield take


def _settle(row: IncomingMail, taken: Taken | None, at: datetime) -> None:
    if taken is None:
        _end(row, Incoming.SET_ASIDE, at, problem="unknown_sender")
        return
    row.taken_as = taken.reference
    _end(row, Incoming.TAKEN, at)
    if taken.answer is not None:
        _answer(row, taken.answer, at)


def _answer(row: IncomingMail, words: Words, at: datetime) -> None:
    """Tell the sender; the outbox marks its letters as automatic, so that no two machines talk."""
    message = NewMessage(
        kind="messaging.answer",
        to=row.sender,
        subject="Vùng Xanh: Trả lời thư của bạn / About your mail",
        text=f"{words.vi}\n\n{words.en}\n",
        about=f"mail:{row.id}",
        key=f"mail:{row.id}",
    )
    try:
        post(message=message, by=SYSTEM, at=at)
    except BadAddressError:
        return


def _end(row: IncomingMail, state: Incoming, at: datetime, *, problem: str = "") -> None:
    row.state, row.ended_at, row.problem = state, at, problem


def _note(row: IncomingMail, event: str, at: datetime) -> None:
    detail: dict[str, str | int] = {"files": row.n_attachments}
    if row.problem:
        detail["why"] = row.problem
    record(event=event, by=SYSTEM, at=at, subject=f"mail:{row.id}", detail=detail)


def _waiting() -> QuerySet[IncomingMail]:
    return IncomingMail.objects.filter(state=Incoming.WAITING).order_by("came_at", "id")
