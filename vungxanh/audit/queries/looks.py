"""What the log holds of one subject: who looked, and how many rows there are."""

from collections.abc import Iterable

from vungxanh.audit.models import AuditEvent
from vungxanh.audit.queries.log import entry
from vungxanh.audit.values import Entry
from vungxanh.core.clock import TZ

MOST = 200


def looks_at(subject: str, events: Iterable[str], *, most: int = MOST) -> tuple[Entry, ...]:
    """The newest events of these names on a subject; the room that asks answers for who may read.

    One range of the index by subject and sequence.
    """
    rows = AuditEvent.objects.filter(subject=subject, event__in=sorted(events))
    return tuple(entry(row) for row in rows.order_by("-sequence")[:most])


def told_about(subjects: Iterable[str]) -> list[dict[str, object]]:
    """Every row of the log that names one of these subjects, without who did it; one query."""
    rows = AuditEvent.objects.filter(subject__in=sorted(subjects)).order_by("sequence")
    return [
        {"at": at.astimezone(TZ).isoformat(timespec="seconds"), "event": event, "purpose": purpose}
        for at, event, purpose in rows.values_list("at", "event", "purpose")
    ]


def n_about(subjects: Iterable[str]) -> int:
    """How many rows of the log name one of these subjects; one query."""
    return AuditEvent.objects.filter(subject__in=sorted(subjects)).count()
