"""What a day brought on a form to an area: who was expected, what they told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from vungxanh.duties import queries as owed
from vungxanh.duties.values import State
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake.models import (
    DayTable,
    Fact,
    FigureReport,
    ReportedFigure,
    Reporter,
    ReportForm,
)
from vungxanh.uptake.rules.columns import columns_of, elements_of
from vungxanh.uptake.rules.reporting import (
    Contribution,
    Place,
    ReportState,
    Summed,
    TableState,
    over_all,
    summed,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """One that was expected on a day: what the day's table says of it, and what it brought."""

    line: Mapping[str, Any]
    contribution: Contribution


@dataclass(frozen=True, slots=True)
class Gathered:
    """A day's reports together. `is_complete` when nobody is missing."""

    expected: tuple[Expected, ...]
    sums: Summed

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What the table says of each of those expected."""
        return [dict(one.line) for one in self.expected]

    @property
    def n_came(self) -> int:
        """How many brought something."""
        return sum(one.contribution.figures is not None for one in self.expected)


def gather(form: ReportForm, area: Unit, day: date) -> Gathered:
    """Everything told for a day; at most eight queries, whatever the number of reporters."""
    elements = elements_of(columns_of(form.columns))
    units = [one for one in locations.descendants(area.id) if one.level == form.level]
    found = (
        *_of_reporters(form, area, units=units, day=day),
        *_of_areas_below(form, area, units=units, day=day),
    )
    sums = summed([one.contribution for one in found], elements)
    return Gathered(found, over_all(sums, area.id, elements))


def covered(reporter: Reporter, units: Iterable[Unit]) -> frozenset[str]:
    """The units that a reporter speaks of, out of all units of the form's level in its area."""
    if reporter.covers:
        return frozenset(reporter.covers)
    ids: frozenset[str] = frozenset(unit.id for unit in units)
    return ids & {str(reporter.unit_id)} or ids


def _of_reporters(
    form: ReportForm, area: Unit, *, units: Sequence[Unit], day: date
) -> tuple[Expected, ...]:
    rows = Reporter.objects.filter(form=form, area_id=area.id)
    reporters = {one.duty: one for one in rows.select_related("organisation", "unit")}
    due = owed.times(reporters.keys(), first=day, last=day)
    awaited = [one for one in due if one.state is not State.CANCELLED]
    ids = [reporters[one.duty_id].id for one in awaited]
    standing = FigureReport.objects.filter(
        reporter_id__in=ids, day=day, state=ReportState.ACCEPTED
    ).only("id", "reporter_id", "revision")
    reports = {one.reporter_id: one for one in standing}
    figures = _figures_of([one.id for one in reports.values()])
    make = partial(_expected, units=units, reports=reports, figures=figures)
    found = (make(reporters[one.duty_id], one) for one in awaited)
    return tuple(one for one in found if one is not None)


def _expected(
    reporter: Reporter,
    due: owed.Time,
    *,
    units: Sequence[Unit],
    reports: Mapping[UUID, FigureReport],
    figures: Mapping[UUID, Mapping[Place, int]],
) -> Expected | None:
    """One reporter of the day; None for one that was let off and brought nothing."""
    report = reports.get(reporter.id)
    if report is None and due.state is State.WAIVED:
        return None
    name = name_of(reporter)
    line = {
        "name": name,
        "reporter": str(reporter.id),
        "report": str(report.id) if report else None,
        "revision": report.revision if report else None,
        "is_late": due.was_late,
    }
    told = figures.get(report.id, {}) if report else None
    return Expected(line, Contribution(name, covered(reporter, units), told))


def name_of(reporter: Reporter) -> str:
    """The holder's name; no query where it is loaded."""
    named = reporter.unit or reporter.organisation
    return named.name if named is not None else ""


def _figures_of(reports: Sequence[UUID]) -> dict[UUID, dict[Place, int]]:
    rows = ReportedFigure.objects.filter(report_id__in=reports)
    found: dict[UUID, dict[Place, int]] = defaultdict(dict)
    for report, unit, element, value in rows.values_list(
        "report_id", "unit_id", "element", "value"
    ):
        found[report][(unit, element)] = value
    return found


def _of_areas_below(
    form: ReportForm, area: Unit, *, units: Sequence[Unit], day: date
) -> tuple[Expected, ...]:
    """The approved tables of the areas below that have reporters of their own."""
    below = _areas_below(form, area, day)
    rows = DayTable.objects.filter(form=form, day=day, area_id__in=[one.id for one in below])
    approved = rows.exclude(state=TableState.MADE).order_by("version")
    tables = {one.area_id: one for one in approved}
    submissions = [one.submission_id for one in tables.values() if one.submission_id]
    figures: dict[UUID, dict[Place, int]] = defaultdict(dict)
    facts = Fact.objects.filter(submission_id__in=submissions, unit_id__in=[u.id for u in units])
    for source, unit, element, value in facts.values_list(
        "submission_id", "unit_id", "element", "value"
    ):
        figures[source][(unit, element)] = value
    make = partial(_of_area, units=units, figures=figures)
    return tuple(make(one, tables.get(one.id)) for one in below)


def _areas_below(form: ReportForm, area: Unit, day: date) -> list[Unit]:
    """The highest units below the area to which somebody owed a report on the day."""
    inside = Reporter.objects.filter(form=form, area__path__startswith=f"{area.path}/")
    areas = dict(inside.filter(area__tree=area.tree).values_list("duty", "area_id"))
    due = owed.times(areas.keys(), first=day, last=day)
    ids = {UnitId(areas[one.duty_id]) for one in due if one.state is not State.CANCELLED}
    found = locations.units(ids)
    return [one for one in found.values() if ids.isdisjoint(one.chain[:-1])]


def _of_area(
    area: Unit,
    table: DayTable | None,
    *,
    units: Sequence[Unit],
    figures: Mapping[UUID, Mapping[Place, int]],
) -> Expected:
    line = {
        "name": area.name,
        "area": area.id,
        "table": str(table.id) if table else None,
        "revision": table.version if table else None,
        "is_late": False,
    }
    covers = frozenset(one.id for one in units if area.id in one.chain)
    told = figures.get(table.submission_id or table.id, {}) if table else None
    return Expected(line, Contribution(area.name, covers, told))
