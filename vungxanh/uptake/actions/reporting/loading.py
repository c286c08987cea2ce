"""Reporters, reports and day tables, locked, for somebody who may act on them."""

from uuid import UUID

from vungxanh.accounts.queries import authorised
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.uptake.models import DayTable, FigureReport, Reporter
from vungxanh.uptake.queries.reporting import whose


def locked_reporter(reporter_id: UUID, *, by: Viewer) -> Reporter:
    """One that the viewer may report for; all that happens to its reports waits for it."""
    rows = Reporter.objects.select_for_update(of=("self",))
    row = rows.select_related("form", "area", "unit", "organisation").filter(id=reporter_id).first()
    if row is None or not whose.may_report(row, by):
        raise MissingError
    return row


def locked_report(report_id: UUID, *, by: Viewer) -> FigureReport:
    """A report of such a reporter."""
    found = FigureReport.objects.filter(id=report_id).values_list("reporter_id", flat=True).first()
    if found is None:
        raise MissingError
    reporter = locked_reporter(found, by=by)
    row = FigureReport.objects.select_for_update(of=("self",)).get(id=report_id)
    row.reporter = reporter
    return row


def locked_table(table_id: UUID, *, by: Viewer, needs: str) -> DayTable:
    """A day table of the viewer's own area."""
    rows = DayTable.objects.select_for_update(of=("self",)).select_related("area", "form")
    row = rows.filter(id=table_id).first()
    return authorised(row, viewer=by, needs=needs, unit=lambda one: one.area, acting=True)
