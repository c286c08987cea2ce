"""Reports: kept as drafts, accepted whole or not at all, revised, sent back, dropped."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from vungxanh.audit.actions import record
from vungxanh.core import clock, files
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.duties import actions as duties
from vungxanh.duties import queries as owed
from vungxanh.duties.values import State
from vungxanh.uptake import sql
from vungxanh.uptake.actions import refusals as general
from vungxanh.uptake.actions.reporting import refusals
from vungxanh.uptake.actions.reporting.loading import locked_report, locked_reporter
from vungxanh.uptake.actions.reporting.telling import tell_sent_back
from vungxanh.uptake.models import ColumnMapping, FigureReport, Reporter
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.rules.reporting import KIND, Channel, ReportState, is_zero
from vungxanh.uptake.values.reporting import NewReport

LONGEST_CALL_AGO = timedelta(days=2)
MOST_FINDINGS = 200
MEDIA_TYPE = "application/octet-stream"


def save_report(*, report: NewReport, by: Viewer, at: datetime) -> FigureReport:
    """Keep what came as a draft with its findings; nothing counts yet. Records uptake.report_came.

    Refuses days to come, days on which nothing is owed, and calls without caller or time.
    """
    with transaction.atomic():
        reporter = locked_reporter(report.reporter, by=by)
        occurrence = owed_on(reporter, report.day, at=at)
        _must_be_called(report, at)
        row = FigureReport.objects.create(
            reporter=reporter,
            occurrence=occurrence.id,
            original=files.keep(
                report.original, name=report.original_name, media_type=MEDIA_TYPE, by=by, at=at
            ),
            digest=hashlib.sha256(report.original).digest(),
            caller=report.call.caller.strip() if report.call else "",
            called_at=report.call.at if report.call else None,
            **_as_read(report),
            brought_at=at,
            brought_by=by.id,
        )
        _remember(reporter, report, by=by, at=at)
        detail: dict[str, str | int] = {"channel": str(row.channel), "errors": row.n_errors}
        record(event="uptake.report_came", by=by, at=at, subject=name_of(row), detail=detail)
    return row


def accept_report(
    *, report_id: UUID, by: Viewer, at: datetime, reason: str = "", seen: int | None = None
) -> FigureReport:
    """Let a report count, whole; refused while it has errors, and as a revision without a reason.

    What stood for the day is replaced; `seen` is its revision as the sender saw it, 0 for none:
    refused where another one stands by now. Meets the duty. Records uptake.report_accepted.
    """
    with transaction.atomic():
        row = locked_report(report_id, by=by)
        _must_be(row, ReportState.DRAFT)
        _must_be_whole(row)
        standing = _standing(row, seen)
        revision = _replace(row, standing, reason, by=by, at=at)
        row.state, row.revision, row.accepted_at = ReportState.ACCEPTED, revision, at
        row.reason = reason.strip() if revision > 1 else ""
        row.save(update_fields=["state", "revision", "accepted_at", "reason"])
        _append(row)
        duties.meet(occurrence_id=row.occurrence, evidence=name_of(row), by=by, at=at, kind=KIND)
        detail: dict[str, str | int] = {"revision": revision, "facts": row.n_figures}
        record(event="uptake.report_accepted", by=by, at=at, subject=name_of(row), detail=detail)
    return row


def drop_report(*, report_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a draft; nothing of it ever counted. Records uptake.report_dropped."""
    with transaction.atomic():
        row = locked_report(report_id, by=by)
        _must_be(row, ReportState.DRAFT)
        _end(row, ReportState.DROPPED, by=by, at=at)
        record(event="uptake.report_dropped", by=by, at=at, subject=name_of(row))


def send_back(*, report_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Take an accepted report no longer, with a reason: the duty is open again.

    For those in charge of the area that it is owed to. Its own people are written to. Records
    uptake.report_sent_back.
    """
    with transaction.atomic():
        row = locked_report(report_id, by=by)
        if not whose.is_in_charge(row.reporter, by):
            raise MissingError
        _must_be(row, ReportState.ACCEPTED)
        if not reason.strip():
            raise general.reason_missing()
        row.reason = reason.strip()[:300]
        _end(row, ReportState.SENT_BACK, by=by, at=at)
        duties.take_back(occurrence_id=row.occurrence, by=by, at=at, kind=KIND)
        told = {"told": tell_sent_back(row, by=by, at=at)}
        record(event="uptake.report_sent_back", by=by, at=at, subject=name_of(row), detail=told)


def forget_columns(*, mapping_id: int, reporter_id: UUID, by: Viewer, at: datetime) -> None:
    """Forget what the heads of a reporter's file mean. Records uptake.columns_forgotten."""
    with transaction.atomic():
        reporter = locked_reporter(reporter_id, by=by)
        n_gone, _ = ColumnMapping.objects.filter(id=mapping_id, reporter=reporter).delete()
        if not n_gone:
            raise MissingError
        subject = f"reporter:{reporter.id}"
        record(event="uptake.columns_forgotten", by=by, at=at, subject=subject)


def owed_on(reporter: Reporter, day: date, *, at: datetime) -> owed.Time:
    """The time of the reporter's duty on a day; refused where nothing is owed, or not yet."""
    if day > at.astimezone(clock.TZ).date():
        raise refusals.day_to_come(day)
    found = owed.times([reporter.duty], first=day, last=day)
    if not found or found[0].state is State.CANCELLED:
        raise refusals.not_owed(day)
    return found[0]


def name_of(row: FigureReport) -> str:
    """How the log and the duty name a report."""
    return f"report:{row.id}"


def _as_read(report: NewReport) -> dict[str, object]:
    """The fields that say what was read."""
    n_errors = sum(one["severity"] == "error" for one in report.findings)
    return {
        "day": report.day,
        "as_of": report.as_of,
        "channel": report.channel,
        "original_name": report.original_name[-200:],
        "content": {**report.content, "figures": [list(one) for one in report.figures]},
        "findings": list(report.findings[:MOST_FINDINGS]),
        "n_figures": len(report.figures),
        "n_errors": n_errors,
        "is_zero": is_zero(value for _, _, value in report.figures),
    }


def _must_be_called(report: NewReport, at: datetime) -> None:
    if report.channel is not Channel.TELEPHONE:
        return
    if report.call is None or not report.call.caller.strip():
        raise refusals.caller_needed()
    if not at - LONGEST_CALL_AGO <= report.call.at <= at:
        raise refusals.call_to_come()


def _remember(reporter: Reporter, report: NewReport, *, by: Viewer, at: datetime) -> None:
    """Keep what somebody said the heads mean, for the next file with the same heads."""
    if report.mapping:
        ColumnMapping.objects.update_or_create(
            reporter=reporter,
            heads=report.mapping["heads"],
            defaults={
                "meanings": report.mapping["meanings"],
                "said_at": at,
                "said_by": by.id,
            },
        )


def _must_be(row: FigureReport, state: ReportState) -> None:
    if row.state != state:
        raise refusals.changed_meanwhile()


def _must_be_whole(row: FigureReport) -> None:
    if row.n_errors:
        raise refusals.report_has_errors(row.n_errors)
    if not row.n_figures:
        raise refusals.no_figures()


def _standing(row: FigureReport, seen: int | None) -> FigureReport | None:
    """What counts for the day; refused where it is not what the sender saw."""
    of_day = FigureReport.objects.filter(reporter=row.reporter, day=row.day)
    standing = of_day.filter(state=ReportState.ACCEPTED).first()
    if standing is not None and seen is not None and standing.revision != seen:
        raise refusals.replaced_meanwhile()
    return standing


def _replace(
    row: FigureReport, standing: FigureReport | None, reason: str, *, by: Viewer, at: datetime
) -> int:
    """Put the standing report of the day aside; the number of the revision that follows."""
    of_day = FigureReport.objects.filter(reporter=row.reporter, day=row.day)
    if standing is not None:
        if not reason.strip():
            raise refusals.revision_needs_reason()
        _end(standing, ReportState.REPLACED, by=by, at=at)
    last: int = of_day.aggregate(last=Max("revision"))["last"] or 0
    return last + 1


def _end(row: FigureReport, state: ReportState, *, by: Viewer, at: datetime) -> None:
    row.state, row.ended_at, row.ended_by = state, at, by.id
    row.save(update_fields=["state", "ended_at", "ended_by", "reason"])


def _append(row: FigureReport) -> None:
    figures: Iterable[tuple[str, str, int]] = row.content["figures"]
    units, elements, values = zip(*figures, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.INSERT_REPORTED,
            {
                "report": row.id,
                "units": list(units),
                "elements": list(elements),
                "values": list(values),
            },
        )
