"""What can be written to, who must not be, and where templates come from; no viewer is asked."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from vungxanh.core import clock
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


def is_over_its_day(to: str, *, at: datetime) -> bool:
    """Whether an address was written to as often today as it may be; one query."""
    since = clock.day_start(at.astimezone(clock.TZ).date())
    found = Message.objects.filter(to_index__in=ADDRESS.digests(to), created_at__gte=since)
    free = [Grade.ESSENTIAL, Grade.URGENT]
    return found.exclude(grade__in=free).count() >= settings.OUTGOING.most_to_one
