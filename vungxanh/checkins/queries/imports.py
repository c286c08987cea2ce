"""Tables of points that were brought, and which of their rows may be registered already."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from vungxanh.checkins.models import CONTACT_PHONES, PointImport
from vungxanh.checkins.values.import_refusals import NoSuchTableError
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.points import PointEntry
from vungxanh.checkins.values.words import same_key
from vungxanh.core.viewer import Viewer

_AT_ONCE = 5_000
# The rule of `rules.duplicates`, asked of many at once: one commune and kind, one name or contact.
_ALIKE = """
SELECT asked.place, min(p.code) FROM unnest(
    %(places)s::int[], %(units)s::text[], %(kinds)s::text[], %(keys)s::text[], %(digests)s::bytea[]
) AS asked (place, unit, kind, same_key, digest)
JOIN checkins_point p ON p.unit_id = asked.unit AND p.kind = asked.kind
    AND p.same_key = asked.same_key AND p.state = ANY(%(living)s)
GROUP BY 1
UNION
SELECT asked.place, min(p.code) FROM unnest(
    %(places)s::int[], %(units)s::text[], %(kinds)s::text[], %(keys)s::text[], %(digests)s::bytea[]
) AS asked (place, unit, kind, same_key, digest)
JOIN checkins_point p ON p.contact_phone_index = asked.digest AND p.unit_id = asked.unit
    AND p.kind = asked.kind AND p.state = ANY(%(living)s)
WHERE asked.digest <> ''
GROUP BY 1
"""


def alike(entries: Sequence[PointEntry]) -> dict[int, str]:
    """Which of these entries may be a living point, by place, and its code; a query per 5,000."""
    found: dict[int, str] = {}
    for start in range(0, len(entries), _AT_ONCE):
        part = entries[start : start + _AT_ONCE]
        said: dict[str, list[Any]] = {
            "places": list(range(start, start + len(part))),
            "units": [one.unit for one in part],
            "kinds": [str(one.kind) for one in part],
            "keys": [same_key(one.name) for one in part],
            "digests": [
                CONTACT_PHONES.digest(one.contact_phone) if one.contact_phone else b""
                for one in part
            ],
            "living": [str(one) for one in LIVING],
        }
        with connection.cursor() as cursor:
            cursor.execute(_ALIKE, said)
            found.update(dict(cursor.fetchall()))
    return found


def tables_of(viewer: Viewer) -> QuerySet[PointImport]:
    """The tables that the viewer brought; they hold contacts, so they are nobody else's."""
    return PointImport.objects.filter(by=viewer.id).defer("plan")


def table_of(viewer: Viewer, import_id: UUID) -> PointImport:
    """One table that the viewer brought."""
    found = PointImport.objects.filter(by=viewer.id, pk=import_id).first()
    if found is None:
        raise NoSuchTableError
    return found
