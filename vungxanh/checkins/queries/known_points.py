"""Points by their codes, many at once, for device intake."""

from collections.abc import Iterable

from vungxanh.checkins.models import Entrance, Point
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.scans import KnownPoint


def known_points(codes: Iterable[str]) -> dict[str, KnownPoint]:
    """What intake must know of each point that there is; one that was merged lives as the other.

    Two queries, whatever the number of codes.
    """
    rows = Point.objects.filter(code__in=set(codes)).values_list(
        "code", "pk", "state", "merged_into__state"
    )
    found = {code: (pk, of_other or state) for code, pk, state, of_other in rows}
    doors: dict[int, set[int]] = {pk: {0} for pk, _ in found.values()}
    numbers = Entrance.objects.filter(point__in=doors).values_list("point_id", "number")
    for point_id, number in numbers:
        doors[point_id].add(number)
    return {
        code: KnownPoint(pk, state in LIVING, frozenset(doors[pk]))
        for code, (pk, state) in found.items()
    }
