"""On which days somebody's visits begin, and which of them a change moves."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection

from vungxanh.checkins.gateways.day_state import points_of
from vungxanh.checkins.models import Scan, StaleDay, VisitCorrection
from vungxanh.checkins.rules.day_visits import DayScans, Said, part_of
from vungxanh.checkins.values.day_files import DAY, USUAL_AT_MOST, day_of
from vungxanh.checkins.values.scans import ChangeReason, Direction

Visit = tuple[int, ...]


class Asked:
    """Small questions on the connection, and in the transaction, of the caller."""

    def rows(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """What a question answers."""
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return list(cursor.fetchall())


def visits_of_person(person_id: int) -> set[Visit]:
    """Everything that files say of somebody's visits, of all their scans."""
    rows = list(
        Scan.objects.filter(person_id=person_id)
        .order_by("id")
        .values_list("id", "point_id", "at", "direction", "entrance", "flags")
    )
    ids, points, ats, ways, entrances, flags = zip(*rows, strict=True) if rows else ((),) * 6
    scans = DayScans(
        np.full(len(rows), person_id, np.int64),
        np.array(points, np.int64),
        np.array([int(at.timestamp()) for at in ats], np.int64),
        *(np.array(column, np.int16) for column in (ways, entrances, flags)),
    )
    columns = part_of(scans, points_of(Asked()), said=_said(person_id, ids)).columns
    told = (columns.place_id, columns.t_in, columns.t_out, columns.started_by, columns.ended_by)
    every = (*told, columns.flags, columns.entrance)
    return set(zip(*(column.tolist() for column in every), strict=True))


def moved(before: set[Visit], after: set[Visit]) -> set[date]:
    """The days on which visits begin that are in one of both only."""
    return {day_of(visit[1]) for visit in before ^ after}


def days_of_person(person_id: int) -> set[date]:
    """Every day on which a visit may begin that is made of some of somebody's scans.

    Scans that no file has seen may have changed which scans open one.
    """
    scans = Scan.objects.filter(person_id=person_id).order_by()
    return days_of_scans(scans.values_list("at", "direction")) | days_of_words(person_id)


def days_of_scans(scans: Iterable[tuple[datetime, int]]) -> set[date]:
    """The same of some scans, each when and which way."""
    found: set[date] = set()
    for at, way in scans:
        last = day_of(int(at.timestamp()))
        assumed = USUAL_AT_MOST // DAY if way == Direction.OUT else 0
        found |= {last - timedelta(days=n) for n in range(assumed + 1)}
    return found


def days_of_words(person_id: int) -> set[date]:
    """The days on which visits begin by what is said of somebody's."""
    said = VisitCorrection.objects.filter(person_id=person_id).order_by()
    return {day_of(int(at.timestamp())) for at in said.values_list("t_in", flat=True)}


def let_write_again(*, days: Iterable[date], reason: ChangeReason, at: datetime) -> None:
    """Have the files of some days written again."""
    StaleDay.objects.bulk_create(
        StaleDay(day=day, reason=reason.value, at=at) for day in sorted(set(days))
    )


def _said(person_id: int, ids: Iterable[object]) -> Said:
    row = {one: at for at, one in enumerate(ids)}
    said = VisitCorrection.objects.filter(person_id=person_id).order_by("at", "id")
    told = [one for one in said if one.visit_id in row]
    return Said(
        np.array([row[one.visit_id] for one in told], np.int64),
        np.array([int(one.t_in.timestamp()) for one in told], np.int64),
        np.array([int(one.t_out.timestamp()) for one in told], np.int64),
    )
