"""Taking away every message to and from one subject."""

from vungxanh.core.subjects import Subject
from vungxanh.messaging.queries.held import rows_of


def erase(*, subject: Subject) -> dict[str, int]:
    """Delete their messages, those that wait too, inside the caller's transaction; by table."""
    return {table: int(rows.delete()[0]) for table, rows in rows_of(subject).items()}
