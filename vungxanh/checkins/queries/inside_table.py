"""Who may be inside a place, read from the table of scans with one statement."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from vungxanh.checkins.rules.inside import LastScan
from vungxanh.checkins.values.scans import ID_MAY_DIFFER
from vungxanh.core.prepared import Row, Statement

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_A_BIT: Final = timedelta(seconds=1)

# Points that were merged are one place; their scans lie under either.
_PLACES: Final = Statement("""
SELECT place.id, place.usual_stay_minutes::bigint * 60,
    ARRAY(SELECT one.id FROM checkins_point AS one WHERE one.merged_into_id = place.id)
FROM checkins_point AS asked JOIN checkins_point AS place
    ON place.id = coalesce(asked.merged_into_id, asked.id)
WHERE asked.id = %(point)s
""")
# Identifiers are bounded so that only the partitions of the day are asked. Two scans of each, since
# two in one second need more than the later one to be put in order.
_LAST_SCANS: Final = """
SELECT here.person_id, last.point_id, last.second, last.direction, last.device_id,
    EXISTS (SELECT FROM checkins_visitcorrection AS said WHERE said.person_id = here.person_id)
FROM (whoever) AS here CROSS JOIN LATERAL (
    SELECT point_id, floor(extract(epoch FROM at))::bigint AS second, direction, device_id
    FROM checkins_scan
    WHERE person_id = here.person_id
        AND at >= %(since)s AND at < %(until)s AND id >= %(first)s AND id < %(last)s
    ORDER BY at DESC LIMIT 2
) AS last ORDER BY here.person_id, last.second DESC
"""
_AT_PLACE: Final = """
SELECT DISTINCT person_id FROM checkins_scan
WHERE point_id = ANY(%(places)s::bigint[]) AND direction = 0
    AND at >= %(since)s AND at < %(until)s AND id >= %(first)s AND id < %(last)s
"""
_OF_SCANS: Final = """
SELECT DISTINCT person_id FROM checkins_scan
WHERE id = ANY(%(scans)s::uuid[]) AND id >= %(least)s AND id <= %(most)s
"""
_LAST_AT_PLACE: Final = Statement(_LAST_SCANS.replace("whoever", _AT_PLACE))
_LAST_OF_SCANS: Final = Statement(_LAST_SCANS.replace("whoever", _OF_SCANS))


class Place(NamedTuple):
    """A place: the number it has now, how long people usually stay, every number it has had."""

    id: int
    usual_s: int
    numbers: frozenset[int]


class Seen(NamedTuple):
    """Somebody's last scan; `is_odd` where it alone does not tell who is inside."""

    last: LastScan
    is_odd: bool


def place_of(point_id: int) -> Place:
    """The place that a point is now. Raises `LookupError` where there is no such point."""
    for place, usual_s, merged in _PLACES.rows(point=point_id):
        return Place(place, usual_s, frozenset({place, *merged}))
    raise LookupError(point_id)


def last_scans(place: Place, second: int) -> dict[int, Seen]:
    """By person, of all who scanned in at the place within the usual stay before a second."""
    rows = _LAST_AT_PLACE.rows(places=sorted(place.numbers), **_bounds(place, second))
    return _seen(rows, place)


def last_scans_of(scans: Collection[UUID], place: Place, second: int) -> dict[int, Seen]:
    """The same of those alone whom some scans are of; of nobody whose last scan was before."""
    asked = {"scans": list(scans), "least": min(scans), "most": max(scans)}
    return _seen(_LAST_OF_SCANS.rows(**asked, **_bounds(place, second)), place)


def _bounds(place: Place, second: int) -> dict[str, object]:
    since, until = _instant(second - place.usual_s) + _A_BIT, _instant(second) + _A_BIT
    first, last = first_id(since - ID_MAY_DIFFER), first_id(until + ID_MAY_DIFFER)
    return {"since": since, "until": until, "first": first, "last": last}


def _seen(rows: Iterable[Row], place: Place) -> dict[int, Seen]:
    found: dict[int, Seen] = {}
    for person, point, at, way, device, is_said in rows:
        known = found.get(person)
        if known is None:
            where = place.id if point in place.numbers else point
            found[person] = Seen(LastScan(where, at, way, device.bytes), is_said)
        elif at == known.last.at:
            found[person] = known._replace(is_odd=True)
    return found


def first_id(at: datetime) -> UUID:
    """The least identifier of an instant."""
    return UUID(int=(at - _EPOCH) // timedelta(milliseconds=1) << 80)


def _instant(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
