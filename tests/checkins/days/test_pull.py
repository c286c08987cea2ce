"""However a day is pulled, its columns are the rows of the table, of one moment."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.checkins.days.planting import TODAY, Planted, make_days, plant
from vungxanh.checkins.actions.days import connect
from vungxanh.checkins.gateways import day_pull
from vungxanh.checkins.gateways.day_pull import reading
from vungxanh.checkins.models import Scan
from vungxanh.checkins.rules.day_visits import DayScans

pytestmark = pytest.mark.django_db(transaction=True)
N = 2_500
WAYS = {"libpq": (10**6, 10**6), "one socket": (0, 10**6), "two sockets": (0, 0)}


def rows_of(scans: DayScans) -> list[tuple[int, ...]]:
    columns = (
        scans.person_id,
        scans.point_id,
        scans.at,
        scans.direction,
        scans.entrance,
        scans.flags,
    )
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("days_ago", [2, 25])
def test_every_way_of_pulling_gives_the_rows_of_the_day(
    monkeypatch: pytest.MonkeyPatch, way: str, days_ago: int
) -> None:
    monkeypatch.setattr(day_pull, "SMALL_BELOW", WAYS[way][0])
    monkeypatch.setattr(day_pull, "HALVED_FROM", WAYS[way][1])
    make_days()
    day = TODAY - timedelta(days=days_ago)
    minutes = days_ago * 1440
    plant([Planted(n - 9, n * 7, minutes + n % 900, n % 2 == 1, n % 16) for n in range(N)])
    plant([Planted(1, 1, minutes - 1440), Planted(1, 1, minutes + 1440)])
    with reading(connect) as now:
        plant([Planted(2, 2, minutes)])
        found = rows_of(now.scans(day))
        everything = rows_of(now.scans_of([1]))
    begun = datetime.combine(day, time(), UTC)
    stored = Scan.objects.filter(at__gte=begun, at__lt=begun + timedelta(days=1)).exclude(
        person_id=2, point_id=2
    )
    assert len(found) == N
    assert found == sorted(
        (
            one.person_id,
            one.point_id,
            int(one.at.timestamp()),
            one.direction,
            one.entrance,
            one.flags,
        )
        for one in stored
    )
    assert len(everything) == 3
