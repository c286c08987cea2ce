"""What the room answers; neither addresses nor texts."""

from vungxanh.messaging.queries.addresses import (
    address_of,
    is_address,
    is_opted_out,
    known_as,
    shown_instead_of_sent,
    taken_today,
)
from vungxanh.messaging.queries.inbox import inbox, sms_inbox
from vungxanh.messaging.queries.outbox import CAPABILITY, costs, counts, outbox, sms_budget
from vungxanh.messaging.queries.templates import published, sms_form, templates, versions

__all__ = [
    "CAPABILITY",
    "address_of",
    "costs",
    "counts",
    "inbox",
    "is_address",
    "is_opted_out",
    "known_as",
    "outbox",
    "published",
    "shown_instead_of_sent",
    "sms_budget",
    "sms_form",
    "sms_inbox",
    "taken_today",
    "templates",
    "versions",
]
