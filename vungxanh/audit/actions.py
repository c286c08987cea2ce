"""Writing the log, and sealing it into a chain."""

from datetime import datetime

from django.db import connection, transaction

from vungxanh.audit.models import AuditEvent, AuditLink, UnsealedEvent
from vungxanh.audit.queries import content
from vungxanh.audit.rules import GENESIS, link_digest
from vungxanh.audit.values import EVENTS, Detail
from vungxanh.core.viewer import Viewer

_NOTHING: Detail = {}
# Sealing is one process's work at a time; whoever comes second leaves it to the first.
_SEALING = 0x76785F7365616C
_AT_ONCE = 10_000


def record(
    *, event: str, by: Viewer, at: datetime, subject: str, detail: Detail = _NOTHING
) -> None:
    """Write one event inside the caller's transaction, so that fact and record commit together.

    `subject` and `detail` hold references, counts and codes, never a name, number or address.
    """
    if event not in EVENTS:
        message = f"{event!r} is not listed in vungxanh.audit.values.EVENTS"
        raise LookupError(message)
    if not connection.in_atomic_block:
        message = f"{event} must be recorded inside the transaction of what it records"
        raise transaction.TransactionManagementError(message)
    AuditEvent.objects.create(
        event=event, by=by.id, at=at, subject=subject, purpose=by.purpose, detail=dict(detail)
    )


def record_seen(*, event: str, by: Viewer, at: datetime, subject: str, n_rows: int) -> None:
    """Write that somebody read protected rows; opens its own transaction around the record."""
    with transaction.atomic():
        record(event=event, by=by, at=at, subject=subject, detail={"rows": n_rows})


def seal_events(*, at: datetime) -> int:
    """Link the events that wait, in the order they were written; returns how many.

    Writers never wait for this: an event enters the chain after its transaction has committed, and
    one that commits late takes a later place. Zero also when another process is sealing.
    """
    with transaction.atomic():
        if not _is_mine_to_seal():
            return 0
        waiting = _waiting()
        last = AuditLink.objects.order_by("-position").first()
        AuditLink.objects.bulk_create(_links(waiting, last, at))
        done = UnsealedEvent.objects.filter(sequence__in=[event.sequence for event in waiting])
        done.delete()
    return len(waiting)


def _is_mine_to_seal() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALING])
        return bool(cursor.fetchone()[0])


def _waiting() -> list[AuditEvent]:
    queued = UnsealedEvent.objects.order_by("sequence").values("sequence")[:_AT_ONCE]
    return list(AuditEvent.objects.filter(sequence__in=queued).order_by("sequence"))


def _links(events: list[AuditEvent], last: AuditLink | None, at: datetime) -> list[AuditLink]:
    digest = bytes(last.digest) if last else GENESIS
    start = last.position + 1 if last else 1
    links = []
    for position, event in enumerate(events, start):
        digest = link_digest(digest, content(event))
        links.append(AuditLink(position=position, event_id=event.id, digest=digest, sealed_at=at))
    return links
