"""Points by their codes, many at once, for device intake."""

from collections.abc import Iterable

from vungxanh.checkins.models import Entrance, Point
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.scans import KnownPoint


def known_points(codes: Iterable[str]) -> dict[str, KnownPoint]:
    """What intake must know of each point that there is; one that was merged stands for the other.

    Two queries, whatever the number of codes.
    """
    rows = Point.objects.filter(code__in=set(codes)).select_related("merged_into")
    found = {row.code: row.merged_into or row for row in rows}
    ids = {point.pk for point in found.values()}
    doors: dict[int, set[int]] = {one: {0} for one in ids}
    numbers = Entrance.objects.filter(point__in=ids).values_list("point_id", "number")
    for point_id, number in numbers:
        doors[point_id].add(number)
    return {
        code: KnownPoint(point.pk, point.state in LIVING, frozenset(doors[point.pk]))
        for code, point in found.items()
    }
