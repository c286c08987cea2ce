"""Forms as data: who reports is named, moved to a new version without a gap, ended."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.duties import actions as duties
from vungxanh.duties import queries as owed
from vungxanh.duties.values import Holder, HolderKind, State
from vungxanh.uptake.actions import UptakeError, reporting
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.queries.reporting import forms
from vungxanh.uptake.values.reporting import NewForm, NewReporter

SWITCH = made.DAY + timedelta(days=3)


@pytest.fixture
def form(places: None) -> ReportForm:
    """Form 1."""
    return made.form_1()


def new_form() -> NewForm:
    """The form that comes with the house."""
    return forms.ready_forms()[0].form


def days_owed(*duties_of: Reporter) -> list[tuple[date, time]]:
    """On which days, and at what hour in Vietnam, something is owed."""
    found = owed.times(
        [one.duty for one in duties_of], first=made.DAY, last=made.DAY + timedelta(days=6)
    )
    open_ones = [one for one in found if one.state is State.OPEN]
    return [(one.day, (one.due_at + timedelta(hours=7)).time()) for one in open_ones]


def renewed(form: ReportForm, starts_on: date = SWITCH) -> ReportForm:
    """The next version, due an hour earlier."""
    new = replace(new_form(), due_time=time(15))
    return reporting.renew_form(
        form=new, follows=form.id, starts_on=starts_on, by=SYSTEM, at=made.NOON
    )


def test_form_1_comes_with_the_house() -> None:
    ready = forms.ready_forms()[0].form
    assert (ready.number, ready.heading) == ("Biểu mẫu số 1", "TÊN DOANH NGHIỆP")
    assert ready.columns == made.COLUMNS[:1] + ready.columns[1:2] + made.COLUMNS[2:]


def test_a_new_version_takes_over_without_a_gap_or_a_double_day(form: ReportForm) -> None:
    before = made.reporter(form, made.operator("Nhà mạng A"))
    version = renewed(form)
    after = version.reporters.get()
    days = days_owed(before, after)
    assert Counter(day for day, _ in days) == Counter(
        made.DAY + timedelta(days=n) for n in range(7)
    )
    assert {hour for day, hour in days if day < SWITCH} == {time(16)}
    assert {hour for day, hour in days if day >= SWITCH} == {time(15)}


def test_the_former_version_closes_on_the_day_that_the_new_one_begins(form: ReportForm) -> None:
    before = made.reporter(form, made.operator("Nhà mạng A"))
    version = renewed(form)
    times = [clock.day_start(SWITCH) - timedelta(minutes=1), clock.day_start(SWITCH)]
    assert [reporting.begin_versions(at=at) for at in [*times, times[1]]] == [0, 1, 0]
    before.refresh_from_db()
    assert before.ended_at == times[1]
    assert version.reporters.get().ended_at is None


def test_days_let_off_ahead_stay_let_off_in_the_new_version(form: ReportForm) -> None:
    before = made.reporter(form, made.operator("Nhà mạng A"))
    (holiday,) = owed.times([before.duty], first=SWITCH, last=SWITCH)
    duties.settle(
        occurrence_id=holiday.id, state=State.WAIVED, reason="Nghỉ lễ 2/9", by=SYSTEM, at=made.NOON
    )
    after = renewed(form).reporters.get()
    assert SWITCH not in {day for day, _ in days_owed(before, after)}


def test_what_is_over_by_then_is_not_owed_again(form: ReportForm) -> None:
    made.reporter(form, made.operator("Nhà mạng A"), recurrence="")
    assert not renewed(form).reporters.exists()


def test_reports_stay_under_the_version_they_were_told_on(form: ReportForm) -> None:
    before = made.reporter(form, made.operator("Nhà mạng A"))
    report = made.accepted(before, {QUY_NHON: 5})
    renewed(form)
    late = made.accepted(before, {QUY_NHON: 6}, at=made.EVENING, reason="Sửa số")
    assert report.reporter.form_id == late.reporter.form_id == form.id


@pytest.mark.parametrize("days", [0, 8], ids=["today", "far"])
def test_a_version_begins_within_the_week_ahead(form: ReportForm, days: int) -> None:
    with pytest.raises(UptakeError) as refused:
        renewed(form, made.DAY + timedelta(days=days))
    assert refused.value.code == "uptake.form_version_day"


def test_a_form_is_renewed_once(form: ReportForm) -> None:
    renewed(form)
    with pytest.raises(UptakeError) as refused:
        renewed(form)
    assert refused.value.code == "uptake.form_closed"


def test_a_form_that_others_report_on_elsewhere_is_not_renewed(
    form: ReportForm, province_officer: Colleague
) -> None:
    made.reporter(form, made.operator("Nhà mạng A", "vn-2021:48"), area="vn-2021:48")
    with pytest.raises(UptakeError) as refused:
        reporting.renew_form(
            form=new_form(),
            follows=form.id,
            starts_on=SWITCH,
            by=province_officer.viewer,
            at=made.NOON,
        )
    assert refused.value.code == "uptake.form_elsewhere"


def test_whoever_lacks_the_right_makes_no_form(officer: Colleague) -> None:
    with pytest.raises(ForbiddenError):
        reporting.make_form(form=new_form(), by=officer.viewer, at=made.NOON)


def test_many_are_named_at_once_and_who_reports_already_goes_on(form: ReportForm) -> None:
    standing = made.reporter(form, QUY_NHON)
    many = [
        NewReporter(
            form=form.id,
            holder=Holder(HolderKind.UNIT, unit),
            area=PROVINCE,
            starts_on=made.DAY,
            source="Công văn mẫu 01",
            due_time=time(17),
        )
        for unit in (QUY_NHON, AN_NHON)
    ]
    added = reporting.add_reporters(reporters=many, by=SYSTEM, at=made.NOON)
    assert (added.n_added, added.n_standing) == (1, 1)
    assert days_owed(standing)[0][1] == time(16)
    assert days_owed(Reporter.objects.get(unit=AN_NHON))[0][1] == time(17)


def test_a_reporter_whose_duty_was_ended_elsewhere_can_be_ended(form: ReportForm) -> None:
    one = made.reporter(form, made.operator("Nhà mạng A"))
    duties.end_duty(duty_id=one.duty, reason="Hết đợt báo cáo", by=SYSTEM, at=made.NOON)
    reporting.end_reporter(reporter_id=one.id, reason="Hết đợt", by=SYSTEM, at=made.NOON)
    one.refresh_from_db()
    assert one.ended_at == made.NOON
