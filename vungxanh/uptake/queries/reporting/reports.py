"""Reports as pages show them: who reports, what is owed, what came, what stood before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.queries import lies_in
from vungxanh.accounts.values import area_of, own_units
from vungxanh.accounts.values.acting import organisations_of
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.duties import queries as owed
from vungxanh.duties.values import State
from vungxanh.engines.checks import Meaning
from vungxanh.engines.names import fold
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake.models import (
    ColumnMapping,
    DayTable,
    FigureReport,
    ReportedFigure,
    Reporter,
)
from vungxanh.uptake.queries.reporting import arrivals, whose
from vungxanh.uptake.queries.reporting.gathering import covered
from vungxanh.uptake.rules.reporting import Place, ReportState

N_RECENT = 10


@dataclass(frozen=True, slots=True)
class OwedReport:
    """A time at which a reporter owes a report, and the report that says most of it.

    `report` is the accepted one, else the one that was sent back, else None.
    """

    reporter: Reporter
    time: owed.Time
    report: FigureReport | None


@dataclass(frozen=True, slots=True)
class Told:
    """What an accepted report told, for its day."""

    report: FigureReport
    figures: Mapping[Place, int]


def own_reporters(viewer: Viewer) -> tuple[Reporter, ...]:
    """The reporters that the viewer is of, by the time they were named; one query."""
    own = Q(organisation_id__in=sorted(organisations_of(viewer.scopes)))
    if not whose.is_guest(viewer):
        own |= Q(unit_id__in=sorted(own_units(viewer.units)))
    return tuple(_reporters().filter(own, ended_at__isnull=True).order_by("created_at", "id"))


def reporters_in_charge(viewer: Viewer, text: str, number: object) -> Page[Reporter]:
    """Those that report to the viewer's area and whose name has the text in it; two queries."""
    mine = Q(pk__in=[]) if whose.is_guest(viewer) else lies_in(area_of(viewer.units), "area")
    rows = _reporters().filter(Q() if "system" in viewer.roles else mine, ended_at__isnull=True)
    if wanted := fold(text):
        named = Q(organisation__folded__contains=wanted) | Q(unit__folded__contains=wanted)
        rows = rows.filter(named)
    return numbered(rows.order_by("created_at", "id"), number)


def reporter(reporter_id: UUID, *, viewer: Viewer) -> Reporter:
    """One that the viewer may bring reports for; MissingError for any other."""
    found = arrivals.reporter(reporter_id)
    if not whose.may_report(found, viewer):
        raise MissingError
    return found


def report(report_id: UUID, *, viewer: Viewer) -> FigureReport:
    """One that the viewer may see; MissingError for any other."""
    found = _reports().filter(whose.visible(viewer, "reporter__"), id=report_id).first()
    if found is None:
        raise MissingError
    return found


def owed_reports(
    reporters: Sequence[Reporter], *, first: date, last: date
) -> tuple[OwedReport, ...]:
    """What these owe on the days from `first` to `last`, the latest first; two queries."""
    by_duty = {one.duty: one for one in reporters}
    times = owed.times(by_duty.keys(), first=first, last=last)
    rows = FigureReport.objects.filter(
        reporter__in=reporters,
        day__range=(first, last),
        state__in=[ReportState.ACCEPTED, ReportState.SENT_BACK],
    )
    # The accepted one comes last, so that it stands.
    ordered = sorted(rows, key=lambda one: (one.state == ReportState.ACCEPTED, one.brought_at))
    came = {(one.reporter_id, one.day): one for one in ordered}
    return tuple(
        OwedReport(holder, time, came.get((holder.id, time.day)))
        for time in reversed(times)
        if time.state is not State.CANCELLED
        for holder in (by_duty[time.duty_id],)
    )


def due_time(found: FigureReport) -> owed.Time | None:
    """When the duty that a report meets fell due; one query."""
    times = owed.times([found.reporter.duty], first=found.day, last=found.day)
    return next((one for one in times if one.id == found.occurrence), None)


def drafts(viewer: Viewer) -> tuple[FigureReport, ...]:
    """What the viewer brought and neither sent nor dropped, the latest first; one query."""
    rows = _reports().filter(brought_by=viewer.id, state=ReportState.DRAFT)
    return tuple(rows.filter(whose.visible(viewer, "reporter__")).order_by("-brought_at")[:20])


def history(viewer: Viewer, reporters: Sequence[Reporter], number: object) -> Page[FigureReport]:
    """What these brought, newest first, without what never counted; two queries."""
    rows = _reports().filter(whose.visible(viewer, "reporter__"), reporter__in=reporters)
    counted = rows.exclude(state__in=[ReportState.DRAFT, ReportState.DROPPED])
    return numbered(counted.order_by("-day", "-brought_at", "-id"), number)


def recent(one: Reporter) -> tuple[FigureReport, ...]:
    """The latest that counted; whoever asks sees to whose they are. One query."""
    rows = (
        _reports().filter(reporter=one).exclude(state__in=[ReportState.DRAFT, ReportState.DROPPED])
    )
    return tuple(rows.order_by("-day", "-brought_at", "-id")[:N_RECENT])


def standing(one: Reporter, day: date) -> Told | None:
    """The report that counts for a day; two queries."""
    rows = FigureReport.objects.filter(reporter=one, day=day, state=ReportState.ACCEPTED)
    return _told(rows.first())


def last_accepted(one: Reporter, day: date, *, but: UUID | None = None) -> Told | None:
    """What counts for the day, else for the latest day before; at most two queries.

    `but` leaves out one report, so that it is not compared with itself.
    """
    rows = FigureReport.objects.filter(reporter=one, day__lte=day)
    counted = rows.filter(state=ReportState.ACCEPTED)
    counted = counted.exclude(id=but) if but else counted
    return _told(counted.order_by("-day").first())


def before(found: FigureReport) -> Told | None:
    """What a report is to be compared with: what it replaced or would replace, else a day before.

    At most three queries.
    """
    if found.revision and found.revision > 1:
        rows = FigureReport.objects.filter(
            reporter=found.reporter, day=found.day, revision__lt=found.revision
        )
        return _told(rows.order_by("-revision").first())
    return last_accepted(found.reporter, found.day, but=found.id)


def units_of(one: Reporter) -> tuple[Unit, ...]:
    """The units that a reporter reports on, in Vietnamese order; one query."""
    below = locations.descendants(UnitId(one.area_id))
    level = [unit for unit in below if unit.level == one.form.level]
    ids = covered(one, level)
    return tuple(unit for unit in level if unit.id in ids)


def tables_with(found: FigureReport) -> tuple[DayTable, ...]:
    """The day tables that hold a report, the first version first; one query."""
    rows = DayTable.objects.filter(
        form=found.reporter.form_id, day=found.day, reporters__contains=[{"report": str(found.id)}]
    )
    return tuple(rows.select_related("area").order_by("version", "id"))


def remembered(one: Reporter) -> tuple[tuple[ColumnMapping, dict[str, Meaning]], ...]:
    """What the heads of its files mean, as somebody said, the latest first; one query."""
    rows = ColumnMapping.objects.filter(reporter=one).order_by("-said_at", "-id")
    return tuple((row, arrivals.said(row)) for row in rows)


def _told(found: FigureReport | None) -> Told | None:
    if found is None:
        return None
    rows = ReportedFigure.objects.filter(report=found)
    figures = {
        (unit, element): value
        for unit, element, value in rows.values_list("unit_id", "element", "value")
    }
    return Told(found, figures)


def _reporters() -> "QuerySet[Reporter]":
    return Reporter.objects.select_related("form", "area", "unit", "organisation")


def _reports() -> "QuerySet[FigureReport]":
    return FigureReport.objects.select_related(
        "reporter__form", "reporter__area", "reporter__unit", "reporter__organisation"
    )
