"""What lies in the outbox, without addresses or texts; and what is an address."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Count

from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import Message
from vungxanh.messaging.rules import State
from vungxanh.messaging.values import PROBLEMS, STATE_WORDS, MessageLine

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
