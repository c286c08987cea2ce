"""Day tables: made of the day's reports, approved, published, corrected."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from vungxanh.audit.actions import record
from vungxanh.core import clock, files
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.documents.content import thaw
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.reports import queries as kept
from vungxanh.reports.actions import freeze_report
from vungxanh.reports.values import ReportKind
from vungxanh.uptake.actions import refusals as general
from vungxanh.uptake.actions.drafts import Draft, Origin, save_draft
from vungxanh.uptake.actions.owning import IMPORT, must_own
from vungxanh.uptake.actions.recording import (
    publish_submission,
    record_submission,
    withdraw_submission,
)
from vungxanh.uptake.actions.reporting import refusals, table_refusals
from vungxanh.uptake.actions.reporting.loading import locked_table
from vungxanh.uptake.actions.reporting.table_telling import tell_of_table
from vungxanh.uptake.models import DayTable, ReportForm
from vungxanh.uptake.queries.reporting.due import DueTable, due_tables
from vungxanh.uptake.queries.reporting.gathering import Gathered, gather
from vungxanh.uptake.queries.reporting.table_material import with_lacking_below
from vungxanh.uptake.queries.reporting.whose import is_guest
from vungxanh.uptake.rules import SubmissionState
from vungxanh.uptake.rules.columns import full_title
from vungxanh.uptake.rules.reporting import TableState
from vungxanh.uptake.values import REPORT_KIND, NewFact
from vungxanh.uptake.values.reporting import APPROVE, PUBLISH

CONTENT = "application/json"
Drawn = Callable[[DayTable, Gathered], tuple[str, bytes]]
"""What makes of a table its message and its document, as `documents.content.freeze` writes it."""
_NOTHING_TO_DO = {"uptake.table_stands", "uptake.report_not_owed"}


def make_table(
    *, form_id: UUID, area_id: str, day: date, drawn: Drawn, by: Viewer, at: datetime
) -> DayTable:
    """Sum the reports of a day; refused where its table stands, and where nothing is owed.

    Before its hour only once everybody has reported. Records uptake.table_made.
    """
    must_own(by=by, unit_id=area_id, capability=IMPORT)
    _must_be_staff(by)
    with transaction.atomic():
        form = _locked_form(form_id)
        if DayTable.objects.filter(form=form, area_id=area_id, day=day).exists():
            raise refusals.table_stands()
        area = locations.unit(area_id)
        if day > at.astimezone(clock.TZ).date():
            raise refusals.day_to_come(day)
        gathered = with_lacking_below(gather(form, area, day), area.id)
        _must_be_owed(form, day, gathered, at=at)
        row = DayTable(form=form, area_id=area.id, day=day, version=1)
        return _write(row, gathered, drawn=drawn, by=by, at=at)


def correct_table(
    *, table_id: UUID, reason: str, drawn: Drawn, by: Viewer, at: datetime
) -> DayTable:
    """Make the next version of a table from what stands now; the former stays as it is.

    What is published stays open until the new version is published; figures of a former version
    that was not count no longer. Records uptake.table_made.
    """
    _must_be_staff(by)
    with transaction.atomic():
        former = locked_table(table_id, by=by, needs=IMPORT)
        if not reason.strip():
            raise general.reason_missing()
        form = _locked_form(former.form_id)
        if _is_outdated(former):
            raise refusals.changed_meanwhile()
        area = locations.unit(former.area_id)
        gathered = with_lacking_below(gather(form, area, former.day), area.id)
        _must_change(former, gathered)
        row = DayTable(
            form=form,
            area_id=former.area_id,
            day=former.day,
            version=former.version + 1,
            reason=" ".join(reason.split())[:300],
        )
        if former.state != TableState.PUBLISHED:
            _withdraw(former, row.reason, by=by, at=at)
        return _write(row, gathered, drawn=drawn, by=by, at=at)


def approve_table(*, table_id: UUID, by: Viewer, at: datetime) -> DayTable:
    """Stand for a table, so that the level above may use it. Records uptake.table_approved.

    Refused where a table below of which it is made is approved no longer.
    """
    with transaction.atomic():
        row = locked_table(table_id, by=by, needs=APPROVE)
        _locked_form(row.form_id)
        if row.state != TableState.MADE or _is_outdated(row):
            raise refusals.changed_meanwhile()
        _must_stand_below(row)
        row.state, row.approved_at, row.approved_by = TableState.APPROVED, at, by.id
        row.save(update_fields=["state", "approved_at", "approved_by"])
        record(event="uptake.table_approved", by=by, at=at, subject=name_of(row))
    return row


def take_back_approval(*, table_id: UUID, by: Viewer, at: datetime) -> None:
    """Stand for it no longer; refused once it is published, or the unit above approved its own.

    Records uptake.table_approval_taken_back.
    """
    with transaction.atomic():
        row = locked_table(table_id, by=by, needs=APPROVE)
        _locked_form(row.form_id)
        if row.state == TableState.MADE or _is_outdated(row):
            raise refusals.changed_meanwhile()
        if row.state == TableState.PUBLISHED or _is_used_above(row):
            raise refusals.table_frozen()
        row.state, row.approved_at, row.approved_by = TableState.MADE, None, ""
        row.save(update_fields=["state", "approved_at", "approved_by"])
        record(event="uptake.table_approval_taken_back", by=by, at=at, subject=name_of(row))


def publish_table(*, table_id: UUID, by: Viewer, at: datetime) -> DayTable:
    """Open an approved table to anyone; what it corrects is taken back, and stays readable.

    Room reports freezes it as the next edition of the day. Records uptake.table_published.
    """
    with transaction.atomic():
        row = locked_table(table_id, by=by, needs=PUBLISH)
        _locked_form(row.form_id)
        if row.state == TableState.PUBLISHED or _is_outdated(row):
            raise refusals.changed_meanwhile()
        if row.state == TableState.MADE:
            raise refusals.table_not_approved()
        row.state, row.published_at, row.published_by = TableState.PUBLISHED, at, by.id
        row.save(update_fields=["state", "published_at", "published_by"])
        if row.submission_id:
            publish_submission(submission_id=row.submission_id, by=by, at=at, with_day_table=True)
        for former in _versions(row).filter(version__lt=row.version):
            _withdraw(former, row.reason, by=by, at=at)
        _freeze(row, by=by, at=at)
        record(event="uptake.table_published", by=by, at=at, subject=name_of(row))
    return row


def make_due_tables(*, drawn: Drawn, at: datetime) -> int:
    """Make what is due, each in a transaction of its own, and tell its officers; how many.

    One that fails keeps no other from being made; the run fails at its end. What somebody else
    made meanwhile, or of which everybody was let off, is passed over.
    """
    n_made, failures = 0, []
    for one in due_tables(at):
        try:
            n_made += _make_due(one, drawn=drawn, at=at)
        except Exception as failure:  # whatever it is: raised again when all others were made
            failures.append(failure)
    if failures:
        raise ExceptionGroup("day tables that were not made", failures)
    return n_made


def _make_due(one: DueTable, *, drawn: Drawn, at: datetime) -> bool:
    """One table and the mails about it, together or not at all."""
    try:
        with transaction.atomic():
            row = make_table(
                form_id=one.form_id, area_id=one.area_id, day=one.day, drawn=drawn, by=SYSTEM, at=at
            )
            tell_of_table(row=row, at=at)
    except general.UptakeError as refusal:
        if refusal.code in _NOTHING_TO_DO:
            return False
        raise
    return True


def subject_of(row: DayTable) -> str:
    """What all published versions of a day's table have in common, as room reports knows them."""
    return f"uptake:day_table:{row.form_id}:{row.area_id}:{row.day.isoformat()}"


def name_of(row: DayTable) -> str:
    """How the log names a day's table."""
    return f"day_table:{row.id}"


def _must_be_staff(by: Viewer) -> None:
    """Those who bring reports from outside the administration make no tables of them."""
    if is_guest(by):
        raise MissingError


def _locked_form(form_id: UUID) -> ReportForm:
    """All that happens to tables of one form happens one after the other."""
    found = ReportForm.objects.select_for_update().filter(id=form_id).first()
    if found is None:
        raise MissingError
    return found


def _must_be_owed(form: ReportForm, day: date, gathered: Gathered, *, at: datetime) -> None:
    if not gathered.expected:
        raise refusals.not_owed(day)
    is_early = at < datetime.combine(day, form.table_time, clock.TZ)
    if is_early and gathered.n_came < len(gathered.expected):
        raise table_refusals.too_early(form.table_time)


def _versions(row: DayTable) -> "QuerySet[DayTable]":
    same = DayTable.objects.filter(form_id=row.form_id, area_id=row.area_id, day=row.day)
    return same.order_by("-version")


def _is_outdated(row: DayTable) -> bool:
    return _versions(row).filter(version__gt=row.version).exists()


def _is_used_above(row: DayTable) -> bool:
    """Whether a table of a unit above that was made of this one is approved."""
    above = locations.unit(row.area_id).chain[:-1]
    tables = DayTable.objects.filter(form_id=row.form_id, day=row.day, area_id__in=above)
    uses = tables.filter(reporters__contains=[{"table": str(row.id)}])
    return uses.exclude(state=TableState.MADE).exists()


def _must_stand_below(row: DayTable) -> None:
    """Refuse while a table that this one is made of is approved no longer."""
    used = {line["table"]: str(line["name"]) for line in row.reporters if line.get("table")}
    rows = DayTable.objects.filter(id__in=list(used)).exclude(state=TableState.MADE)
    standing = {str(one) for one in rows.values_list("id", flat=True)}
    gone = [name for table, name in used.items() if table not in standing]
    if gone:
        raise table_refusals.below_taken_back(", ".join(gone))


def _write(
    row: DayTable, gathered: Gathered, *, drawn: Drawn, by: Viewer, at: datetime
) -> DayTable:
    """Keep a table with its facts, its message and its frozen document."""
    row.reporters = gathered.lines
    row.n_expected, row.n_came = len(gathered.expected), gathered.n_came
    row.made_at, row.made_by = at, by.id
    row.submission_id = _facts(row, gathered, by=by, at=at)
    row.message, document = drawn(row, gathered)
    keep = partial(files.keep, media_type=CONTENT, by=by, at=at)
    row.document = keep(document, name=f"bang-{row.day:%Y-%m-%d}-{row.version}.json")
    row.save(force_insert=True)
    detail = {"version": row.version, "came": row.n_came, "expected": row.n_expected}
    record(event="uptake.table_made", by=by, at=at, subject=name_of(row), detail=detail)
    return row


def _freeze(row: DayTable, *, by: Viewer, at: datetime) -> None:
    """Let room reports keep what is published; after a published version, as its correction."""
    subject = subject_of(row)
    last = kept.latest(subject, viewer=by)
    if row.document_id is None:
        raise MissingError
    freeze_report(
        unit_id=row.area_id,
        kind=ReportKind.ANNEX,
        subject=subject,
        document=thaw(files.open_file(row.document_id)),
        as_of=datetime.combine(row.day, row.form.due_time, clock.TZ),
        by=by,
        at=at,
        corrects=last.id if last else None,
        reason=row.reason,
    )


def _must_change(former: DayTable, gathered: Gathered) -> None:
    """What each brought is named by its report, so the same reports make the same table."""
    keys = ("name", "report", "table", "revision")
    told = [[line.get(key) for key in keys] for line in gathered.lines]
    if told == [[line.get(key) for key in keys] for line in former.reporters]:
        raise refusals.nothing_to_correct()


def _facts(row: DayTable, gathered: Gathered, *, by: Viewer, at: datetime) -> UUID | None:
    """The table's figures as facts; None where nobody told any."""
    if not gathered.sums.figures:
        return None
    as_of = datetime.combine(row.day, row.form.due_time, clock.TZ)
    draft = Draft(
        scope=UnitId(row.area_id),
        as_of=as_of,
        origin=Origin(_title(row), REPORT_KIND, is_illustrative=row.form.is_illustrative),
        facts=tuple(
            NewFact(unit, element, value, as_of)
            for (unit, element), value in sorted(gathered.sums.figures.items())
        ),
        content={"title": _title(row)},
        lacking=gathered.sums.lacking,
    )
    submission = save_draft(draft=draft, by=by, at=at)
    record_submission(submission_id=submission.id, by=by, at=at)
    return submission.id


def _title(row: DayTable) -> str:
    area = locations.unit(row.area_id).name
    return f"Tổng hợp báo cáo: {full_title(row.form.number, row.form.title, area)}"[:300]


def _withdraw(former: DayTable, reason: str, *, by: Viewer, at: datetime) -> None:
    """Let the figures of a former version count no longer; the version itself stays."""
    submission = former.submission
    if submission is not None and submission.state == SubmissionState.RECORDED:
        withdraw_submission(
            submission_id=submission.id, reason=reason, by=by, at=at, with_day_table=True
        )
