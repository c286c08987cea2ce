"""Writing one event, in the transaction of what it records."""

from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from vungxanh.audit.queries.keyring import row_tagger
from vungxanh.audit.rules import detail_text, refuse_what_tells, row_line, stamp
from vungxanh.audit.values import EVENTS, Detail
from vungxanh.core.ids import new_id
from vungxanh.core.prepared import Statement
from vungxanh.core.viewer import Viewer

_NOTHING: Detail = {}
# In the order of `rules.rows`, and the tag over them.
_COLUMNS = ("id", "event", "by", "at", "subject", "purpose", "detail")
_INSERT = Statement("""
INSERT INTO audit_auditevent (id, event, by, at, subject, purpose, detail, tag)
VALUES (%(id)s, %(event)s, %(by)s, %(at)s, %(subject)s, %(purpose)s, %(detail)s, %(tag)s)
""")


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
    if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        message = f"{event} must be recorded inside the transaction of what it records"
        raise transaction.TransactionManagementError(message)
    refuse_what_tells(subject, detail)
    fields = (str(new_id()), event, by.id, stamp(at), subject, by.purpose, detail_text(detail))
    tag = row_tagger().tag(row_line(fields))
    _INSERT.rows(**dict(zip(_COLUMNS, fields, strict=True)), tag=f"\\x{tag.hex()}")


def record_seen(*, event: str, by: Viewer, at: datetime, subject: str, n_rows: int) -> None:
    """Write that somebody read protected rows; opens its own transaction around the record."""
    with transaction.atomic():
        record(event=event, by=by, at=at, subject=subject, detail={"rows": n_rows})
