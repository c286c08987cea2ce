"""What lies in the outbox and what came in, without addresses or texts; what is an address."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Count

from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import IncomingMail, Message
from vungxanh.messaging.rules import Incoming, State
from vungxanh.messaging.values import (
    ASIDE,
    INCOMING_WORDS,
    PROBLEMS,
    STATE_WORDS,
    MailLine,
    MessageLine,
)
from vungxanh.refusals import Words

CAPABILITY = "messaging.manage"
_SHOWN = (
    "id",
    "kind",
    "about",
    "state",
    "created_at",
    "next_at",
    "ended_at",
    "n_tries",
    "problem",
)


def outbox(viewer: Viewer, *, state: str = "", page: object = 1) -> Page[MessageLine]:
    """One page of the outbox, newest first; two queries."""
    viewer.require(CAPABILITY)
    found = Message.objects.only(*_SHOWN)
    if state in set(State):
        found = found.filter(state=state)
    rows = numbered(found, page)
    lines = tuple(_line(message) for message in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def counts(viewer: Viewer) -> dict[State, int]:
    """How many messages are in each state; one query."""
    viewer.require(CAPABILITY)
    rows = Message.objects.order_by().values_list("state").annotate(Count("id"))
    return dict.fromkeys(State, 0) | {State(state): n for state, n in rows}


def is_address(text: str) -> bool:
    """Whether a message can be written to this address; no query.

    >>> is_address("ten@donvi.gov.vn"), is_address("ten@donvi"), is_address("")
    (True, False, False)
    """
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _line(message: Message) -> MessageLine:
    state = State(message.state)
    return MessageLine(
        id=message.id,
        kind=message.kind,
        about=message.about,
        state=state,
        words=STATE_WORDS[state],
        created_at=message.created_at,
        next_at=message.next_at,
        sent_at=message.ended_at if state is State.SENT else None,
        n_tries=message.n_tries,
        problem=message.problem if message.problem in PROBLEMS else "",
    )


def inbox(viewer: Viewer, *, page: object = 1) -> Page[MailLine]:
    """One page of the mails that came in, newest first; two queries."""
    viewer.require(CAPABILITY)
    found = IncomingMail.objects.defer("sender", "subject")
    rows: Page[IncomingMail] = numbered(found, page)
    lines = tuple(_mail_line(mail) for mail in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def _mail_line(mail: IncomingMail) -> MailLine:
    state = Incoming(mail.state)
    return MailLine(
        id=mail.id,
        came_at=mail.came_at,
        n_bytes=mail.n_bytes,
        n_attachments=mail.n_attachments,
        state=state,
        words=INCOMING_WORDS[state],
        problem=ASIDE.get(mail.problem, Words(mail.problem, mail.problem)),
        taken_as=mail.taken_as,
    )
