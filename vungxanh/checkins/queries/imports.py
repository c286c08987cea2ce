"""Tables of points that were brought, and which of their rows may be registered already."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from vungxanh.checkins.models import CONTACT_PHONES, PointImport
from vungxanh.checkins.values.import_refusals import NoSuchTableError
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.points import PointEntry
from vungxanh.core.viewer import Viewer

Writing = tuple[str, datetime]
"""Who writes a table, and the one moment at which all of its points are registered."""
_NO_WRITING: Final[Writing] = ("", datetime(1970, 1, 1, tzinfo=UTC))
# The rule of `rules.duplicates`, asked of many at once: one commune and kind, one name or contact.
_ALIKE = """
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(%(units)s::text[], %(kinds)s::text[], %(keys)s::text[],
        %(digests)s::bytea[]) WITH ORDINALITY AS one (unit, kind, same_key, digest, place)
)
SELECT place, min(code) FROM (
    SELECT asked.place, p.code FROM asked JOIN checkins_point p
    ON p.unit_id = asked.unit AND p.same_key = asked.same_key
    WHERE p.kind = asked.kind AND p.state = ANY(%(living)s)
    AND (p.registered_by, p.registered_at) <> (%(by)s, %(at)s)
    UNION ALL
    SELECT asked.place, p.code FROM asked JOIN checkins_point p
    ON p.contact_phone_index = asked.digest
    WHERE p.unit_id = asked.unit AND p.kind = asked.kind AND p.state = ANY(%(living)s)
    AND (p.registered_by, p.registered_at) <> (%(by)s, %(at)s)
) AS found GROUP BY 1
"""


def alike(
    entries: Sequence[PointEntry], keys: Sequence[str], *, but: Writing = _NO_WRITING
) -> dict[int, str]:
    """Which of these entries may be a living point, by place, and its code; one query.

    `keys` are the `same_key` of their names; what was registered by `but` is left out.
    """
    said: dict[str, Any] = {
        "units": [one.unit for one in entries],
        "kinds": [one.kind.value for one in entries],
        "keys": list(keys),
        "digests": [
            CONTACT_PHONES.digest(one.contact_phone) if one.contact_phone else None
            for one in entries
        ],
        "living": [str(one) for one in LIVING],
        "by": but[0],
        "at": but[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, said)
        return {place - 1: code for place, code in cursor.fetchall()}


def tables_of(viewer: Viewer) -> QuerySet[PointImport]:
    """The tables that the viewer brought; they hold contacts, so they are nobody else's."""
    return PointImport.objects.filter(by=viewer.id).defer("plan")


def table_of(viewer: Viewer, import_id: UUID) -> PointImport:
    """One table that the viewer brought."""
    found = PointImport.objects.filter(by=viewer.id, pk=import_id).first()
    if found is None:
        raise NoSuchTableError
    return found
