"""What can be written to, who must not be, and where templates come from; no viewer is asked."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from vungxanh.core import clock
from vungxanh.core.prepared import Statement
from vungxanh.messaging.models import ADDRESS, Message, OptOut
from vungxanh.messaging.rules import Channel, Grade
from vungxanh.messaging.rules.numbers import e164

MOST_BYTES = 4096  # of a push subscription


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


def address_of(channel: Channel, text: str) -> str:
    """The address as it is kept and sent to; empty where it is none of this channel; no query.

    >>> address_of(Channel.SMS, "0912 345 678"), address_of(Channel.MAIL, "ten@donvi")
    ('+84912345678', '')
    """
    if channel is Channel.MAIL:
        return text if is_address(text) else ""
    if channel is Channel.PUSH:
        return text if 0 < len(text.encode()) <= MOST_BYTES else ""
    return e164(text)


def is_opted_out(to: str, *, kind: str = "") -> bool:
    """Whether an address takes no ordinary messages, or none of this kind; one query."""
    found = OptOut.objects.filter(address_index__in=ADDRESS.digests(known_as(to)))
    return found.filter(kind__in=sorted({"", kind})).exists()


def known_as(to: str) -> str:
    """The form of an address under which it is found again.

    >>> known_as("0912 345 678"), known_as("Ten@Donvi.gov.vn")
    ('+84912345678', 'Ten@Donvi.gov.vn')
    """
    return e164(to) or to


def shown_instead_of_sent(to: str) -> str:
    """What the newest message to an address says, in a demo alone, which sends nothing; one query.

    Empty everywhere else, and once its words are erased.
    """
    if not settings.DEMO:
        return ""
    found = Message.objects.filter(to_index__in=ADDRESS.digests(to)).order_by("-id").first()
    return (found.text or "") if found else ""


TAKEN = Statement("""
SELECT
  (SELECT count(*) FROM messaging_message
   WHERE to_index = ANY(%(indexes)s::bytea[]) AND created_at >= %(since)s
     AND NOT grade = ANY(%(free)s::text[])),
  (SELECT coalesce(sum(n_parts), 0) FROM messaging_daycost
   WHERE day = %(day)s AND channel = %(channel)s)
""")
_FREE = [str(Grade.ESSENTIAL), str(Grade.URGENT)]


def taken_today(to: str, *, at: datetime) -> tuple[int, int]:
    """How often an address was written to today, and the parts that SMS took; one query."""
    day = at.astimezone(clock.TZ).date()
    indexes, since = list(ADDRESS.digests(to)), clock.day_start(day)
    asked = {"indexes": indexes, "since": since, "free": _FREE}
    [(n_today, n_parts)] = TAKEN.rows(**asked, day=day, channel=str(Channel.SMS))
    return int(n_today), int(n_parts)
