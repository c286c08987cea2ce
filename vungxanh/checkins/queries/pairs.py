"""Points that may be one place, two by two."""

from typing import Final

from django.db import connection

from vungxanh.checkins.models import Point, TwoPoints
from vungxanh.checkins.values.areas import communes_held, communes_seen
from vungxanh.core.viewer import Viewer

MOST_PAIRS: Final = 50
# The index by unit and key tells them side by side; nothing but pairs is joined.
_PAIRS: Final = """
WITH met AS MATERIALIZED (
    SELECT unit_id, same_key FROM checkins_point
    WHERE unit_id = ANY(%s) AND state IN ('registered', 'approved') AND same_key <> ''
    GROUP BY unit_id, same_key HAVING count(*) > 1
)
SELECT one.id, other.id FROM met
JOIN checkins_point one USING (unit_id, same_key)
JOIN checkins_point other USING (unit_id, same_key)
WHERE one.id < other.id AND one.kind = other.kind
    AND one.state IN ('registered', 'approved') AND other.state IN ('registered', 'approved')
    AND NOT EXISTS (
        SELECT FROM checkins_twopoints said
        WHERE said.first_id = one.id AND said.second_id = other.id
    )
ORDER BY other.id DESC, one.id DESC LIMIT %s
"""


def suspected(viewer: Viewer, unit: str = "") -> tuple[tuple[Point, Point], ...]:
    """Living points of one commune, kind and name, the newest first; two queries.

    Of the whole country one unit has to be said; nothing is sought without.
    """
    area = communes_seen(viewer.units, unit) if unit else communes_held(viewer.units)
    if not area:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [sorted(area), MOST_PAIRS])
        pairs = cursor.fetchall()
    rows = Point.objects.select_related("unit__parent").defer("contact_name", "contact_phone")
    kept = rows.in_bulk({one for pair in pairs for one in pair})
    return tuple((kept[one], kept[other]) for one, other in pairs)


def are_two(one: Point, other: Point) -> bool:
    """Whether an officer said that two points are not the same; one query."""
    first, second = sorted((one.pk, other.pk))
    return TwoPoints.objects.filter(first=first, second=second).exists()
