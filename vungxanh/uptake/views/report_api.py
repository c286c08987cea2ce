"""Reports by machine: what is asked of the caller, sending, and what became of a report."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from vungxanh.core import clock
from vungxanh.core.access import api, viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake.imports.figure_reports import Brought
from vungxanh.uptake.imports.sent_reports import send_report
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.queries.reporting import arrivals
from vungxanh.uptake.queries.reporting.gathering import covered
from vungxanh.uptake.rules.columns import columns_of, elements_of
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import REPORT

MOST_ROWS = 20_000
ROUTE = "uptake-reports_api"
router = Router(tags=["uptake-reports"])


class ReporterOut(Schema):
    """What the caller reports on: the form's elements, and the units that are to be told."""

    reporter: UUID
    form: str
    title: str
    elements: list[str]
    units: list[str]


class RowIn(Schema):
    """A unit's figures by element; null or absent is not told, 0 is zero."""

    unit: str = Field(max_length=24)
    figures: dict[str, int | None]


class ReportIn(Schema):
    """A report: for whom, for which day, its rows; `reason` where it replaces one that stands."""

    reporter: UUID
    day: date
    rows: list[RowIn] = Field(max_length=MOST_ROWS)
    reason: str = Field(default="", max_length=300)


class ReportOut(Schema):
    """What became of a report; `findings` as the page shows them."""

    report: UUID
    reporter: UUID
    day: date
    state: str
    revision: int | None
    figures: int
    channel: str
    accepted_at: datetime | None
    findings: list[dict[str, Any]]


@router.get("", response=list[ReporterOut], url_name=ROUTE, **api(needs=REPORT))
def owed(request: HttpRequest) -> list[ReporterOut]:
    """What the caller reports on."""
    return [_reporter_out(one) for one in arrivals.own_reporters(viewer_of(request))]


@router.post("", response={201: ReportOut}, url_name=ROUTE, **api(needs=REPORT))
def send(request: HttpRequest, body: ReportIn) -> Status[ReportOut]:
    """Send a report: accepted whole, or refused whole with what was found.

    The same report again is answered with the one that stands.
    """
    viewer = viewer_of(request)
    reporter = _own(viewer, body.reporter)
    brought = Brought(
        reporter=reporter.id,
        day=body.day,
        channel=Channel.API,
        content=_table(body.rows, _elements(reporter)),
    )
    report = send_report(brought=brought, by=viewer, at=clock.now(), reason=body.reason)
    return Status(201, _report_out(report))


@router.get("/{uuid:report_id}", response=ReportOut, **api(needs=REPORT))
def read(request: HttpRequest, report_id: UUID) -> ReportOut:
    """What became of a report of the caller's."""
    found = arrivals.own_report(viewer_of(request), report_id)
    return _report_out(found)


def _own(viewer: Viewer, reporter_id: UUID) -> Reporter:
    """One that the caller acts for; who is in charge sends none by machine."""
    found = [one for one in arrivals.own_reporters(viewer) if one.id == reporter_id]
    if not found:
        raise MissingError
    return found[0]


def _elements(reporter: Reporter) -> tuple[str, ...]:
    return elements_of(columns_of(reporter.form.columns))


def _table(rows: Sequence[RowIn], elements: Sequence[str]) -> bytes:
    """The rows as the table that the reader of files knows; what is null stays empty."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    writer.writerow(["unit", *elements])
    writer.writerows(_cells(row, elements) for row in rows)
    return lines.getvalue().encode()


def _cells(row: RowIn, elements: Sequence[str]) -> Iterable[str]:
    told = (row.figures.get(element) for element in elements)
    return [row.unit, *("" if value is None else str(value) for value in told)]


def _reporter_out(one: Reporter) -> ReporterOut:
    below = locations.descendants(UnitId(one.area_id))
    level = [unit for unit in below if unit.level == one.form.level]
    return ReporterOut(
        reporter=one.id,
        form=one.form.number,
        title=one.form.title,
        elements=list(_elements(one)),
        units=sorted(covered(one, level)),
    )


def _report_out(report: FigureReport) -> ReportOut:
    return ReportOut(
        report=report.id,
        reporter=report.reporter_id,
        day=report.day,
        state=report.state,
        revision=report.revision,
        figures=report.n_figures,
        channel=report.channel,
        accepted_at=report.accepted_at,
        findings=report.findings,
    )
