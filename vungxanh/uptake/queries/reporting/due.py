"""Which day tables are due and not made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from vungxanh.core import clock
from vungxanh.duties import queries as owed
from vungxanh.duties.values import State
from vungxanh.locations.values import Level, UnitId, registry
from vungxanh.uptake.models import DayTable, Reporter
from vungxanh.uptake.rules.reporting import TableState

UPPER_WAITS = timedelta(hours=1)
"""How long a table that is made of tables below waits for their approval."""


@dataclass(frozen=True, slots=True)
class DueTable:
    """A table to be made: of a form, to an area, of a day; `path` tells how deep the area lies."""

    form_id: UUID
    area_id: str
    day: date
    path: str
    due_at: datetime


def due_tables(at: datetime) -> tuple[DueTable, ...]:
    """What is due of today and of yesterday and not made, the lowest areas first; four queries.

    Yesterday's, so that a night without power costs no table. Nothing where nobody owed a report.
    A province made only of tables below is due when all of them are approved, or an hour later.
    """
    today = at.astimezone(clock.TZ).date()
    yesterday = today - timedelta(days=1)
    own = tuple(_owed(yesterday, today))
    since = DayTable.objects.filter(day__gte=yesterday, day__lte=today)
    rows = tuple(since.values_list("form_id", "area_id", "day", "state"))
    standing = {(form, area, day) for form, area, day, _ in rows}
    approved = {key[:3] for key in rows if key[3] != TableState.MADE}
    found = (*(one for one in own if one.due_at <= at), *_above(own, approved, at))
    due = (one for one in found if (one.form_id, one.area_id, one.day) not in standing)
    return tuple(sorted(due, key=lambda one: (one.day, -one.path.count("/"), one.path)))


def _owed(first: date, last: date) -> Iterator[DueTable]:
    """What reporters owe on the days; two queries."""
    rows = Reporter.objects.filter(ended_at__isnull=True)
    told = rows.values_list("duty", "form_id", "area_id", "area__path", "form__table_time")
    reporters = {duty: (form, area, path, hour) for duty, form, area, path, hour in told}
    days = owed.times(reporters.keys(), first=first, last=last)
    asked = {(reporters[one.duty_id], one.day) for one in days if one.state != State.CANCELLED}
    for (form, area, path, hour), day in asked:
        yield DueTable(form, area, day, path, datetime.combine(day, hour, clock.TZ))


def _above(
    own: Iterable[DueTable], approved: set[tuple[UUID, str, date]], at: datetime
) -> Iterator[DueTable]:
    """Provinces that nobody reports to, made of the tables of areas that somebody reports to."""
    below: dict[tuple[UUID, UnitId, date], list[DueTable]] = {}
    direct = {(one.form_id, one.area_id, one.day) for one in own}
    for one in own:
        for above in registry().unit(UnitId(one.area_id)).chain[:-1]:
            if registry().unit(above).level is Level.PROVINCE:
                below.setdefault((one.form_id, above, one.day), []).append(one)
    for (form, province, day), tables in below.items():
        if (form, province, day) in direct:
            continue
        due_at = max(one.due_at for one in tables)
        is_whole = all((one.form_id, one.area_id, one.day) in approved for one in tables)
        if at >= due_at and (is_whole or at >= due_at + UPPER_WAITS):
            yield DueTable(form, province, day, registry().unit(province).path, due_at)
