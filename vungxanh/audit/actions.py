"""Writing the log, and sealing it into a chain."""

from datetime import datetime

from django.db import connection, transaction

from vungxanh.audit.models import AuditEvent
from vungxanh.audit.values import EVENTS, Detail
from vungxanh.core.viewer import Viewer

_NOTHING: Detail = {}


def record(
    event: str, *, by: Viewer, at: datetime, subject: str, detail: Detail = _NOTHING
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


def record_seen(what: str, *, by: Viewer, at: datetime, subject: str, n_rows: int) -> None:
    """Write that somebody read protected rows; opens its own transaction around the record."""
    with transaction.atomic():
        record(what, by=by, at=at, subject=subject, detail={"rows": n_rows})
