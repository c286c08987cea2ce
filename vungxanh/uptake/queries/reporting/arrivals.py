"""What is known of a reporter when its report arrives."""

from datetime import date
from uuid import UUID

from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.duties import queries as owed
from vungxanh.duties.values import State
from vungxanh.engines.checks import EarlierReport, Meaning
from vungxanh.uptake.models import ColumnMapping, FigureReport, ReportedFigure, Reporter
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.rules.reporting import ReportState


def reporter(reporter_id: UUID) -> Reporter:
    """One with its form, area and holder; whoever asks sees to whose it is. One query."""
    rows = Reporter.objects.select_related("form", "area", "unit", "organisation")
    found = rows.filter(id=reporter_id).first()
    if found is None:
        raise MissingError
    return found


def meanings(one: Reporter, heads: str) -> dict[str, Meaning]:
    """What somebody said once that these heads mean; one query."""
    kept = ColumnMapping.objects.filter(reporter=one, heads=heads).first()
    return said(kept) if kept else {}


def said(kept: ColumnMapping) -> dict[str, Meaning]:
    """What was said of columns, as it is kept; no query."""
    return {key: Meaning(*told) for key, told in kept.meanings.items()}


def last_before(one: Reporter, day: date) -> EarlierReport | None:
    """The newest accepted report for a day before; two queries."""
    rows = FigureReport.objects.filter(reporter=one, state=ReportState.ACCEPTED, day__lt=day)
    found = rows.order_by("-day").only("id", "day").first()
    if found is None:
        return None
    figures = ReportedFigure.objects.filter(report=found)
    counts = {
        (unit, element): value
        for unit, element, value in figures.values_list("unit_id", "element", "value")
    }
    return EarlierReport(found.day, counts)


def day_of_file(one: Reporter, digest: bytes, *, but: date) -> date | None:
    """The day that the very same file was accepted for, other than one day; one query."""
    rows = FigureReport.objects.filter(reporter=one, state=ReportState.ACCEPTED, digest=digest)
    found: date | None = rows.exclude(day=but).values_list("day", flat=True).first()
    return found


def standing(reporter_id: UUID, day: date, digest: bytes) -> FigureReport | None:
    """The accepted report of a day, if it was made of the very same bytes; one query."""
    rows = FigureReport.objects.filter(reporter_id=reporter_id, day=day, digest=digest)
    return rows.filter(state=ReportState.ACCEPTED).first()


def own_reporters(viewer: Viewer) -> list[Reporter]:
    """Those that the viewer acts for, with form and area; one query."""
    rows = Reporter.objects.filter(whose.own(viewer), ended_at__isnull=True)
    return list(rows.select_related("form", "area", "unit", "organisation"))


def owing(reporters: list[Reporter], day: date) -> list[Reporter]:
    """Those of them that owe a report for a day: of two versions of a form, one does; one query."""
    due = owed.times([one.duty for one in reporters], first=day, last=day)
    ids = {one.duty_id for one in due if one.state is not State.CANCELLED}
    return [one for one in reporters if one.duty in ids]


def own_report(viewer: Viewer, report_id: UUID) -> FigureReport:
    """A report of those that the viewer acts for; MissingError for any other. One query."""
    found = FigureReport.objects.filter(whose.own(viewer, "reporter__"), id=report_id).first()
    if found is None:
        raise MissingError
    return found


def reporter_of_duty(duty_id: UUID) -> Reporter:
    """The reporter whose duty it is; one query."""
    found = Reporter.objects.filter(duty=duty_id).first()
    if found is None:
        raise MissingError
    return found


def standing_on(one: Reporter, day: date) -> FigureReport | None:
    """The report that was accepted for a day; one query."""
    rows = FigureReport.objects.filter(reporter=one, day=day, state=ReportState.ACCEPTED)
    return rows.first()
