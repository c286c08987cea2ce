"""Day tables: who may see them, their versions, what changed since they were made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.queries import lies_in
from vungxanh.accounts.values import Area, area_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit, UnitId
from vungxanh.uptake.models import DayTable, FigureReport, Reporter, ReportForm
from vungxanh.uptake.queries.reporting.gathering import gather
from vungxanh.uptake.queries.reporting.whose import is_guest
from vungxanh.uptake.queries.viewing import VIEW, may_work_on, sees_unpublished
from vungxanh.uptake.rules.reporting import TableState


@dataclass(frozen=True, slots=True)
class Arrival:
    """One of those expected whose part changed since a table was made.

    `at` is when; None where what was in it stands no longer, or nobody says since when.
    """

    name: str
    at: datetime | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An area below whose table another is made of: its newest one, None where none was made."""

    unit: Unit
    table: DayTable | None


def is_open_to(row: DayTable, viewer: Viewer) -> bool:
    """Whether the viewer may see it: published ones anyone, others staff of the area or above."""
    return row.state == TableState.PUBLISHED or sees_working(viewer, row)


def sees_working(viewer: Viewer, row: DayTable) -> bool:
    """Whether the viewer sees tables of its area that are not published; no guest ever does."""
    if "system" in viewer.roles:
        return True
    return not is_guest(viewer) and sees_unpublished(viewer, row.area)


def table(viewer: Viewer, table_id: UUID) -> DayTable:
    """One table with its form and area; what is not the viewer's is not there."""
    rows = DayTable.objects.select_related("form", "area", "submission")
    row = rows.filter(id=table_id).first()
    if row is None or not is_open_to(row, viewer):
        raise MissingError
    return row


def versions(viewer: Viewer, row: DayTable) -> tuple[DayTable, ...]:
    """All versions of the day that the viewer may see, the newest first; one query."""
    same = DayTable.objects.filter(form_id=row.form_id, area_id=row.area_id, day=row.day)
    if not sees_working(viewer, row):
        same = same.filter(state=TableState.PUBLISHED)
    return tuple(same.select_related("form", "area").order_by("-version"))


def corrected_by(row: DayTable) -> int:
    """The number of the published version that stands in its place; 0 where none does."""
    same = DayTable.objects.filter(form_id=row.form_id, area_id=row.area_id, day=row.day)
    later = same.filter(version__gt=row.version, state=TableState.PUBLISHED)
    return later.order_by("-version").values_list("version", flat=True).first() or 0


def tables(viewer: Viewer) -> "QuerySet[DayTable]":
    """The newest version of each day that the viewer may see, the newest day first."""
    seen = Q(state=TableState.PUBLISHED)
    if "system" in viewer.roles:
        seen = Q()
    elif viewer.may(VIEW) and not is_guest(viewer):
        seen |= lies_in(Area(area_of(viewer.units).whole), "area")
    rows = DayTable.objects.filter(seen)
    newest = rows.order_by("form_id", "area_id", "day", "-version").distinct(
        "form_id", "area_id", "day"
    )
    found = DayTable.objects.filter(id__in=newest.values("id")).select_related("form", "area")
    return found.order_by("-day", "area__path", "form_id", "id")


def arrivals(row: DayTable) -> tuple[Arrival, ...]:
    """Whose part changed since a table was made, the earliest first; at most ten queries."""
    gathered = gather(row.form, locations.unit(row.area_id), row.day)
    former = {_key(line): line for line in row.reporters}
    changed = [one for one in gathered.lines if _brought(one) != _brought(former.get(_key(one)))]
    now = {_key(one) for one in gathered.lines}
    left = [line for key, line in former.items() if key not in now and _brought(line) is not None]
    times = _times(changed)
    found = [
        *(
            Arrival(one["name"], times.get(_brought(one) or ""), not _brought(one))
            for one in changed
        ),
        *(Arrival(line["name"], None, is_gone=True) for line in left),
    ]
    return tuple(sorted(found, key=lambda one: (one.at is None, one.at, one.name)))


def waiting(row: DayTable) -> tuple[Waiting, ...]:
    """The areas below that the table is made of, each with its newest table; two queries."""
    ids = [UnitId(line["area"]) for line in row.reporters if "area" in line]
    if not ids:
        return ()
    rows = DayTable.objects.filter(form_id=row.form_id, day=row.day, area_id__in=ids)
    newest = {one.area_id: one for one in rows.order_by("version")}
    return tuple(Waiting(unit, newest.get(unit.id)) for unit in locations.units(ids).values())


def makeable(viewer: Viewer, day: date) -> tuple[tuple[ReportForm, Unit], ...]:
    """Forms and areas of the viewer's own of which no table of the day is made; three queries."""
    if is_guest(viewer):
        return ()
    pairs = Reporter.objects.filter(ended_at__isnull=True).order_by("form_id", "area_id")
    asked = dict.fromkeys(pairs.values_list("form_id", "area_id").distinct())
    made = set(DayTable.objects.filter(day=day).values_list("form_id", "area_id"))
    units = locations.units([UnitId(area) for _, area in asked])
    forms = ReportForm.objects.in_bulk([form for form, _ in asked])
    return tuple(
        (forms[form], units[UnitId(area)])
        for form, area in dict.fromkeys(_with_above(asked, units))
        if (form, area) not in made and may_work_on(viewer, units[UnitId(area)], "uptake.import")
    )


def reports_in(row: DayTable) -> Mapping[str, FigureReport]:
    """The reports that the table is made of, by id, without their originals; one query."""
    ids = [line["report"] for line in row.reporters if line.get("report")]
    rows = FigureReport.objects.filter(id__in=ids).defer("content", "caller")
    return {str(one.id): one for one in rows}


def _with_above(
    pairs: Mapping[tuple[UUID, str], None], units: dict[UnitId, Unit]
) -> Iterator[tuple[UUID, str]]:
    """The pairs, and the provinces above them; `units` learns of those too."""
    yield from pairs
    for form, area in pairs:
        for above in locations.ancestors(area):
            if above.level is Level.PROVINCE:
                units[above.id] = above
                yield form, above.id


def _key(line: Mapping[str, Any]) -> str:
    return str(line.get("reporter") or line.get("area"))


def _brought(line: Mapping[str, Any] | None) -> str | None:
    """The report or the table below that a line is of."""
    return (line.get("report") or line.get("table")) if line else None


def _times(lines: Sequence[Mapping[str, Any]]) -> dict[str, datetime]:
    """When reports were accepted and tables below approved, by id."""
    reports = [one["report"] for one in lines if one.get("report")]
    below = [one["table"] for one in lines if one.get("table")]
    told = [
        *FigureReport.objects.filter(id__in=reports).values_list("id", "accepted_at"),
        *DayTable.objects.filter(id__in=below).values_list("id", "approved_at"),
    ]
    return {str(key): at for key, at in told if at is not None}
