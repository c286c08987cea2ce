"""Whether intake could write a scan now: one is added in its role and taken back."""

from datetime import UTC, datetime

from django.db import DatabaseError, connection, transaction

from vungxanh.core.ids import new_id

_INSERT = """
INSERT INTO checkins_scan
    (id, person_id, point_id, entrance, direction, means, at, received_at, device_id, flags)
VALUES (%s, 0, 0, 0, 0, 0, %s, %s, %s, 0)
"""


def intake_fault(at: datetime) -> str:
    """What PostgreSQL says against a scan in the role of intake; empty where it takes one."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE vungxanh_intake")
            cursor.execute(_INSERT, [new_id(), at, at, new_id()])
            transaction.set_rollback(True)
    except DatabaseError as fault:
        return str(fault).partition("\n")[0]
    return ""


def has_partition(at: datetime) -> bool:
    """Whether the scans of the UTC day of an instant have their partition."""
    name = f"checkins_scan_{at.astimezone(UTC):%Y%m%d}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return bool(cursor.fetchone()[0])
