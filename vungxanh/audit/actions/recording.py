"""Writing one event, in the transaction of what it records."""

from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from vungxanh.audit.actions.statement import insert
from vungxanh.audit.queries.keyring import row_tagger
from vungxanh.audit.rules import detail_text, refuse_what_tells, row_line, stamp
from vungxanh.audit.values import EVENTS, Detail
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import Viewer

_NOTHING: Detail = {}


def record(
    *, event: str, by: Viewer, at: datetime, subject: str, detail: Detail = _NOTHING
) -> None:
    """Write one event inside the caller's transaction, so that fact and record commit together.

    `subject` and `detail` hold references, counts and codes, never a name, number or address;
    what looks like one raises TellingError. The row carries a tag under a key that is not in the
    database, over every field but its sequence, which its seal covers.
    """
    if event not in EVENTS:
        message = f"{event!r} is not listed in vungxanh.audit.values.EVENTS"
        raise LookupError(message)
    database = connections[DEFAULT_DB_ALIAS]
    if not database.in_atomic_block:
        message = f"{event} must be recorded inside the transaction of what it records"
        raise transaction.TransactionManagementError(message)
    refuse_what_tells(subject, detail)
    fields = (str(new_id()), event, by.id, stamp(at), subject, by.purpose, detail_text(detail))
    tag = row_tagger().tag(row_line(fields))
    insert(database, fields, tag)


def record_seen(*, event: str, by: Viewer, at: datetime, subject: str, n_rows: int) -> None:
    """Write that somebody read protected rows; opens its own transaction around the record."""
    with transaction.atomic():
        record(event=event, by=by, at=at, subject=subject, detail={"rows": n_rows})
