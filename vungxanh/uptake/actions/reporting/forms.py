"""Report forms and those who report on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from vungxanh.accounts.queries import authorised
from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.duties import actions as duties
from vungxanh.duties import queries as owed
from vungxanh.duties.values import HolderKind, NewDuty, Schedule, State
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions.reporting import form_refusals, refusals
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.rules.columns import checked_columns, titled, wire_of
from vungxanh.uptake.rules.reporting import KIND
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.reporting import FORMS, NewForm, NewReporter

NOTICE = timedelta(days=7)
"""How far ahead a new version may begin: the days that duties have written down."""
LEVELS = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Added:
    """How many of those named report since, and how many reported already."""

    n_added: int
    n_standing: int


def make_form(*, form: NewForm, by: Viewer, at: datetime) -> ReportForm:
    """Write a report form down. Records uptake.form_made."""
    by.require(FORMS)
    _must_be_form(form)
    with transaction.atomic():
        return _written(form, None, by=by, at=at)


def renew_form(
    *, form: NewForm, follows: UUID, starts_on: date, by: Viewer, at: datetime
) -> ReportForm:
    """Write the next version of a form down and let everybody who reports go on with it.

    Up to the day before `starts_on` they owe the former version, from that day on the new one; what
    was told stays under the version that it was told on. `begin_versions` closes the former one on
    that day. Records uptake.form_made and, of each reporter, uptake.reporter_moved.
    """
    by.require(FORMS)
    _must_be_form(form)
    today = at.astimezone(clock.TZ).date()
    if not today < starts_on <= today + NOTICE:
        raise form_refusals.version_day()
    duties.plan(at=at)
    with transaction.atomic():
        former = _locked_form(follows)
        rows = former.reporters.select_for_update(of=("self",)).filter(ended_at__isnull=True)
        reporters = list(rows.select_related("area", "unit", "organisation"))
        if not all(whose.is_in_charge(one, by) for one in reporters):
            raise form_refusals.form_elsewhere()
        former.ended_at = clock.day_start(starts_on)
        former.save(update_fields=["ended_at"])
        row = _written(form, follows, by=by, at=at)
        for one in reporters:
            _move(one, former, row, starts_on=starts_on, by=by, at=at)
    return row


def begin_versions(*, at: datetime) -> int:
    """Close former versions whose last day is over, with all who report on them; returns how many.

    Safe to run at any time and as often as one likes. Records uptake.form_ended.
    """
    over = ReportForm.objects.filter(ended_at__lte=at, reportform__isnull=False)
    ids = over.filter(reporters__ended_at__isnull=True, reporters__isnull=False).distinct()
    return sum(_close(one, at=at) for one in list(ids.values_list("id", flat=True)))


def end_form(*, form_id: UUID, by: Viewer, at: datetime) -> None:
    """Use a form no longer; refused while somebody reports on it. Records uptake.form_ended."""
    by.require(FORMS)
    with transaction.atomic():
        row = _locked_form(form_id)
        if row.reporters.filter(ended_at__isnull=True).exists():
            raise refusals.form_in_use()
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        record(event="uptake.form_ended", by=by, at=at, subject=f"report_form:{row.id}")


def add_reporter(*, reporter: NewReporter, by: Viewer, at: datetime) -> Reporter:
    """Name who reports on a form to an area, with its duty. Records uptake.reporter_added."""
    by.require(FORMS)
    with transaction.atomic():
        form = _locked_form(reporter.form)
        _must_cover(reporter, form)
        row = _added(reporter, form, by=by, at=at)
        record(event="uptake.reporter_added", by=by, at=at, subject=f"reporter:{row.id}")
    return row


def add_reporters(*, reporters: Sequence[NewReporter], by: Viewer, at: datetime) -> Added:
    """Name many at once; who reports on the form to the area already goes on unchanged.

    All of them, or none where one is refused. Records uptake.reporter_added of each.
    """
    by.require(FORMS)
    with transaction.atomic():
        standing = {form: _standing(form) for form in {one.form for one in reporters}}
        new = [one for one in reporters if (one.area, one.holder.id) not in standing[one.form]]
        for one in new:
            add_reporter(reporter=one, by=by, at=at)
    return Added(len(new), len(reporters) - len(new))


def end_reporter(*, reporter_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """It reports no longer; its duty ends. Records uptake.reporter_ended."""
    with transaction.atomic():
        rows = Reporter.objects.select_for_update(of=("self",)).select_related("area")
        row = rows.filter(id=reporter_id, ended_at__isnull=True).first()
        found = authorised(row, viewer=by, needs=FORMS, unit=lambda one: one.area, acting=True)
        if owed.duty(found.duty, viewer=by).ended_at is None:
            duties.end_duty(duty_id=found.duty, reason=reason, by=by, at=at)
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        record(event="uptake.reporter_ended", by=by, at=at, subject=f"reporter:{found.id}")


def _must_be_form(form: NewForm) -> None:
    checked_columns(form.columns, {name: one.is_base for name, one in ELEMENTS.items()})
    if not form.title.strip() or form.level not in LEVELS:
        raise form_refusals.form_untitled()


def _locked_form(form_id: UUID) -> ReportForm:
    """A form in use; whoever names reporters, renews or ends it does so one after the other."""
    row = ReportForm.objects.select_for_update().filter(id=form_id).first()
    if row is None or row.ended_at is not None:
        raise refusals.ended_form()
    return row


def _written(form: NewForm, follows: UUID | None, *, by: Viewer, at: datetime) -> ReportForm:
    row = ReportForm.objects.create(
        number=form.number.strip(),
        title=form.title.strip(),
        heading=form.heading.strip(),
        attached_to=form.attached_to.strip(),
        level=form.level,
        columns=wire_of(form.columns),
        due_time=form.due_time,
        table_time=form.table_time,
        is_illustrative=form.is_illustrative,
        follows_id=follows,
        created_at=at,
        created_by=by.id,
    )
    record(event="uptake.form_made", by=by, at=at, subject=f"report_form:{row.id}")
    return row


def _move(
    one: Reporter,
    former: ReportForm,
    form: ReportForm,
    *,
    starts_on: date,
    by: Viewer,
    at: datetime,
) -> None:
    """Let a reporter owe the new version from a day on, and the former one until then."""
    duty = owed.duty(one.duty, viewer=by)
    planned = owed.times([one.duty], first=starts_on, last=starts_on + 2 * NOTICE)
    goes_on = _goes_on(duty.schedule, starts_on, planned)
    if goes_on is None or duty.ended_at is not None:
        return
    _end_on(one.duty, starts_on, _superseded(form), by=by, at=at)
    has_own_hour = goes_on.due_time != former.due_time
    new = NewReporter(
        form=form.id,
        holder=duty.holder,
        area=one.area_id,
        starts_on=goes_on.starts_on,
        source=duty.source,
        source_kind=duty.source_kind,
        recurrence=goes_on.recurrence,
        ends_on=goes_on.ends_on,
        covers=tuple(one.covers) if form.level == former.level else (),
        due_time=goes_on.due_time if has_own_hour else None,
    )
    row = _added(new, form, by=by, at=at)
    _settle_likewise(row.duty, planned, by=by, at=at)
    detail = {"from": f"report_form:{former.id}"}
    record(event="uptake.reporter_moved", by=by, at=at, subject=f"reporter:{row.id}", detail=detail)


@transaction.atomic
def _close(form_id: UUID, *, at: datetime) -> int:
    row = ReportForm.objects.select_for_update().get(id=form_id)
    n_open = row.reporters.filter(ended_at__isnull=True).update(ended_at=row.ended_at)
    if n_open:
        record(event="uptake.form_ended", by=SYSTEM, at=at, subject=f"report_form:{row.id}")
    return int(n_open > 0)


def _goes_on(schedule: Schedule, starts_on: date, planned: Sequence[owed.Time]) -> Schedule | None:
    """When it falls due from a day on; None for what is over by then.

    It begins on a day on which it fell due before, so that every other day stays every other day.
    """
    is_over = schedule.ends_on is not None and schedule.ends_on < starts_on
    if is_over or (not schedule.recurrence and schedule.starts_on < starts_on):
        return None
    first = min((one.day for one in planned), default=max(starts_on, schedule.starts_on))
    return Schedule(first, schedule.due_time, schedule.recurrence, schedule.ends_on)


def _end_on(duty: UUID, day: date, reason: str, *, by: Viewer, at: datetime) -> None:
    """End a duty at the beginning of a day; what falls due before it is owed all the same."""
    today = at.astimezone(clock.TZ).date()
    before = owed.times([duty], first=today, last=day - timedelta(days=1))
    still = [one for one in before if one.state is State.OPEN and one.due_at > at]
    duties.end_duty(duty_id=duty, reason=reason, by=by, at=at)
    for one in still:
        duties.reopen(occurrence_id=one.id, by=by, at=at)


def _settle_likewise(duty: UUID, former: Sequence[owed.Time], *, by: Viewer, at: datetime) -> None:
    """Let off on the new version who was let off on the former one."""
    let_off = {one.day: one for one in former if one.state in (State.WAIVED, State.CANCELLED)}
    if not let_off:
        return
    for one in owed.times([duty], first=min(let_off), last=max(let_off)):
        if one.day in let_off:
            was = let_off[one.day]
            duties.settle(occurrence_id=one.id, state=was.state, reason=was.reason, by=by, at=at)


def _superseded(form: ReportForm) -> str:
    """Why the duty on the former version ends; kept in the language of the house."""
    return f"Thay bằng bản mới của biểu mẫu, từ {form.created_at:%d/%m/%Y}"


def _standing(form: UUID) -> set[tuple[str, str]]:
    """Area and holder of everybody who reports on a form."""
    rows = Reporter.objects.filter(form_id=form, ended_at__isnull=True)
    found = rows.values_list("area_id", "unit_id", "organisation_id")
    return {(area, str(unit or organisation)) for area, unit, organisation in found}


def _added(reporter: NewReporter, form: ReportForm, *, by: Viewer, at: datetime) -> Reporter:
    row = _reporter(reporter, by=by, at=at)
    row.duty = duties.owe(duty=_duty(row, reporter, form), by=by, at=at)
    _insert(row)
    return row


def _reporter(reporter: NewReporter, *, by: Viewer, at: datetime) -> Reporter:
    is_unit = reporter.holder.kind is HolderKind.UNIT
    return Reporter(
        id=new_id(),
        form_id=reporter.form,
        unit_id=reporter.holder.id if is_unit else None,
        organisation_id=None if is_unit else UUID(reporter.holder.id),
        area_id=reporter.area,
        covers=sorted(reporter.covers),
        created_at=at,
        created_by=by.id,
    )


def _duty(row: Reporter, reporter: NewReporter, form: ReportForm) -> NewDuty:
    due = reporter.due_time or form.due_time
    title = titled(form.title, row.area.name)
    return NewDuty(
        title=" – ".join(filter(None, (form.number, title)))[:300],
        holder=reporter.holder,
        owed_to=reporter.area,
        schedule=Schedule(reporter.starts_on, due, reporter.recurrence, reporter.ends_on),
        source_kind=reporter.source_kind,
        source=reporter.source,
        kind=KIND,
        key=f"{KIND}:{row.id}",
    )


def _must_cover(reporter: NewReporter, form: ReportForm) -> None:
    within = locations.descendants(UnitId(reporter.area))
    known = {unit.id for unit in within if unit.level == form.level}
    if not known or not known.issuperset(reporter.covers):
        raise refusals.covers_elsewhere()


def _insert(row: Reporter) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        if "reporter_" not in str(broken):
            raise
        raise refusals.reporter_twice() from None
