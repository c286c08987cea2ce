"""Reports come, count whole or not at all, are revised, sent back; the duty says what became."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, QUY_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties import queries as duties
from vungxanh.duties.rules import State
from vungxanh.uptake.actions import UptakeError, reporting
from vungxanh.uptake.models import FigureReport, ReportedFigure, Reporter
from vungxanh.uptake.rules.reporting import ReportState


@pytest.fixture
def viettel(places: None) -> Reporter:
    """An operator that reports daily on all districts of the province."""
    return made.reporter(made.form_1(), made.operator("Nhà mạng thử"))


def state_of(one: Reporter) -> State:
    """What became of the duty of the day."""
    (time,) = duties.times([one.duty], first=made.DAY, last=made.DAY)
    return time.state


def test_an_accepted_report_counts_and_meets_the_duty(viettel: Reporter) -> None:
    report = made.accepted(viettel, {QUY_NHON: 5, AN_NHON: 0})
    told = ReportedFigure.objects.values_list("unit_id", "value")
    assert set(told) == {(QUY_NHON, 5), (AN_NHON, 0)}
    assert (report.revision, report.is_zero, state_of(viettel)) == (1, False, State.DONE)


def test_what_came_late_stays_late(viettel: Reporter) -> None:
    made.accepted(viettel, {QUY_NHON: 5}, at=made.EVENING)
    assert state_of(viettel) is State.LATE


def test_a_second_report_of_a_day_needs_a_reason(viettel: Reporter) -> None:
    made.accepted(viettel, {QUY_NHON: 5})
    with pytest.raises(UptakeError) as refused:
        made.accepted(viettel, {QUY_NHON: 6})
    assert refused.value.code == "uptake.report_reason"


def test_a_revision_replaces_and_both_remain(viettel: Reporter) -> None:
    first = made.accepted(viettel, {QUY_NHON: 5})
    second = made.accepted(viettel, {QUY_NHON: 6}, reason="Gửi nhầm cột")
    first.refresh_from_db()
    assert (first.state, second.revision, state_of(viettel)) == ("replaced", 2, State.REVISED)
    assert ReportedFigure.objects.count() == 2


def test_a_report_sent_back_opens_the_duty_again(viettel: Reporter) -> None:
    report = made.accepted(viettel, {QUY_NHON: 5})
    reporting.send_back(report_id=report.id, reason="Số của tháng trước", by=SYSTEM, at=made.DUE)
    assert state_of(viettel) is State.OPEN


def test_a_report_for_tomorrow_is_refused_and_nothing_is_kept(viettel: Reporter) -> None:
    with pytest.raises(UptakeError) as refused:
        made.brought(viettel, {QUY_NHON: 5}, at=made.BEFORE)
    assert refused.value.code == "uptake.report_for_tomorrow"
    assert not FigureReport.objects.exists()


def test_an_empty_report_is_not_zero(viettel: Reporter) -> None:
    draft = made.brought(viettel, {})
    with pytest.raises(UptakeError) as refused:
        reporting.accept_report(report_id=draft.id, by=SYSTEM, at=made.NOON)
    assert (refused.value.code, draft.is_zero) == ("uptake.report_empty", False)


def test_an_operator_reports_for_itself_alone(viettel: Reporter) -> None:
    own = operator_of(viettel.organisation_id)
    other = operator_of(made.operator("Nhà mạng khác"), "other")
    draft = made.brought(viettel, {QUY_NHON: 5}, by=own.viewer)
    with pytest.raises(MissingError):
        reporting.accept_report(report_id=draft.id, by=other.viewer, at=made.NOON)
    done = reporting.accept_report(report_id=draft.id, by=own.viewer, at=made.NOON)
    assert done.state == ReportState.ACCEPTED


def test_an_operator_sends_no_report_back(viettel: Reporter) -> None:
    own = operator_of(viettel.organisation_id)
    report = made.accepted(viettel, {QUY_NHON: 5}, by=own.viewer)
    with pytest.raises(MissingError):
        reporting.send_back(report_id=report.id, reason="x", by=own.viewer, at=made.NOON)


def operator_of(organisation: object, name: str = "viettel") -> Colleague:
    """The contact of an operator."""
    return employed(name, Role("operator"), "vn-2021:52", organisation=organisation)


def test_the_work_of_today_leads_to_the_report(viettel: Reporter) -> None:
    own = operator_of(viettel.organisation_id)
    with frozen_at(made.NOON):
        assert (
            f"/so-lieu/bao-cao/viec/{occurrence(viettel)}/"
            in own.client.get("/viec/").content.decode()
        )
        before = own.client.get(f"/so-lieu/bao-cao/viec/{occurrence(viettel)}/")["Location"]
        report = made.accepted(viettel, {QUY_NHON: 5}, by=own.viewer)
        after = own.client.get(f"/so-lieu/bao-cao/viec/{occurrence(viettel)}/")["Location"]
    assert (before, after) == (
        f"/so-lieu/bao-cao/{viettel.id}/nop/?ngay={made.DAY}",
        f"/so-lieu/bao-cao/{report.id}/",
    )


def occurrence(one: Reporter) -> object:
    """The id of the duty's time of the day."""
    (time,) = duties.times([one.duty], first=made.DAY, last=made.DAY)
    return time.id


def test_what_fails_midway_leaves_the_former_report_standing(viettel: Reporter) -> None:
    first = made.accepted(viettel, {QUY_NHON: 5})
    draft = made.brought(viettel, {QUY_NHON: -1})
    with pytest.raises(IntegrityError), transaction.atomic():
        reporting.accept_report(report_id=draft.id, by=SYSTEM, at=made.NOON, reason="Bản sửa")
    first.refresh_from_db()
    draft.refresh_from_db()
    assert (first.state, draft.state) == (ReportState.ACCEPTED, ReportState.DRAFT)
    assert list(ReportedFigure.objects.values_list("value", flat=True)) == [5]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_reports_sent_at_once_one_counts_and_the_other_is_told(viettel: Reporter) -> None:
    drafts = [made.brought(viettel, {QUY_NHON: value}) for value in (5, 6)]
    together = Barrier(len(drafts))

    def send(draft: FigureReport) -> str:
        together.wait(timeout=20)
        try:
            done = reporting.accept_report(report_id=draft.id, by=SYSTEM, at=made.NOON, seen=0)
        except UptakeError as refusal:
            return refusal.code
        finally:
            connection.close()
        return str(done.revision)

    with ThreadPoolExecutor(len(drafts)) as pool:
        told = list(pool.map(send, drafts, timeout=60))
    assert sorted(told) == ["1", "uptake.report_replaced"]
    assert FigureReport.objects.filter(state=ReportState.DRAFT).count() == 1
