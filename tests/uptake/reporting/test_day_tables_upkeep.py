"""What happens by itself: tables every minute, originals and callers forgotten in time."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, QUY_NHON
from vungxanh.core import clock
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM
from vungxanh.uptake import jobs
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.actions.reporting.forgetting import forget_callers, forget_originals
from vungxanh.uptake.actions.reporting.reports import MEDIA_TYPE
from vungxanh.uptake.models import DayTable, FigureReport, Reporter
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import Call, NewReport

MONTH, YEAR = timedelta(days=30), timedelta(days=366)


@pytest.fixture
def viettel(places: None) -> Reporter:
    """An operator that reports on two districts."""
    return made.reporter(made.form_1(), made.operator("Nhà mạng A"), covers=(QUY_NHON, AN_NHON))


def test_the_job_runs_every_minute_and_draws_the_whole_table(viettel: Reporter) -> None:
    made.accepted(viettel, {QUY_NHON: 5, AN_NHON: 0})
    crons = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}
    with clock.frozen_at(made.EVENING):
        assert jobs.make_due_tables(0) == 1
    assert crons[jobs.make_due_tables.name] == "* * * * *"
    assert DayTable.objects.get().message.startswith("Đủ 1/1 đầu mối báo cáo.")


def test_originals_go_a_month_after_publication_and_their_digest_stays(viettel: Reporter) -> None:
    report = made.accepted(viettel, {QUY_NHON: 5})
    table = made.tabled(viettel.form)
    counts = [forget_originals(at=made.EVENING + MONTH)]
    reporting.approve_table(table_id=table.id, by=SYSTEM, at=made.EVENING)
    reporting.publish_table(table_id=table.id, by=SYSTEM, at=made.EVENING)
    moments = (made.EVENING + MONTH - timedelta(minutes=1), made.EVENING + MONTH)
    counts += [forget_originals(at=at) for at in (*moments, moments[-1])]
    report.refresh_from_db()
    assert counts == [0, 0, 1, 0]
    assert (report.original_id, report.original_name, len(report.digest)) == (None, "", 32)
    assert not StoredFile.objects.filter(media_type=MEDIA_TYPE).exists()


def test_originals_of_what_never_counted_go_a_month_after_they_came(viettel: Reporter) -> None:
    dropped, draft = (made.brought(viettel, {QUY_NHON: n}) for n in (1, 2))
    reporting.drop_report(report_id=dropped.id, by=SYSTEM, at=made.NOON)
    counts = [forget_originals(at=made.NOON + MONTH - timedelta(minutes=1))]
    counts.append(forget_originals(at=made.NOON + MONTH))
    assert counts == [0, 2]
    assert FigureReport.objects.filter(id=draft.id, original=None).exists()


def test_who_called_is_forgotten_after_a_year(viettel: Reporter) -> None:
    told = NewReport(
        reporter=viettel.id,
        day=made.DAY,
        as_of=made.NOON,
        channel=Channel.TELEPHONE,
        figures=((QUY_NHON, "installs", 5),),
        content={},
        findings=(),
        original=b"5",
        call=Call("Người gọi thử", made.NOON),
    )
    report = reporting.save_report(report=told, by=SYSTEM, at=made.NOON)
    counts = [forget_callers(at=at) for at in (made.NOON + MONTH, *[made.NOON + YEAR] * 2)]
    report.refresh_from_db()
    assert (counts, report.caller) == ([0, 1, 0], "")
