"""A report form, who reports on it, a draft, an accepted report, a day's table."""

from datetime import time

from tests.factories.people import QUY_NHON, Colleague
from tests.security.attacks import FORMULA, PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties import queries as duties
from vungxanh.duties.values import Holder, HolderKind
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.refusals import Words
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.exports.day_table import drawn
from vungxanh.uptake.models import FigureReport, Reporter, ReportForm
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import Call, NewForm, NewReport, NewReporter

COLUMNS = (
    FormColumn(ColumnRole.NAME, Words(PAYLOAD[:100], PAYLOAD[:100])),
    FormColumn(ColumnRole.COUNT, Words(FORMULA[:100], FORMULA[:100]), element="scans"),
)


def things(owner: Colleague) -> list[Thing]:
    """What Quy Nhơn reports to itself on a form with hostile words."""
    form = reporting.make_form(form=_form(), by=SYSTEM, at=clock.now())
    reporter = _reporter(form, owner)
    report = _report(reporter, owner, 5)
    reporting.accept_report(report_id=report.id, by=owner.viewer, at=clock.now())
    table = reporting.make_table(
        form_id=form.id,
        area_id=QUY_NHON,
        day=clock.today(),
        drawn=drawn,
        by=owner.viewer,
        at=clock.now(),
    )
    draft = _report(reporter, owner, 6)
    (time_of_day,) = duties.times([reporter.duty], first=clock.today(), last=clock.today())
    return [
        Thing("/so-lieu/bieu-mau/", "form_id", str(form.id), is_secret=False, is_shared=True),
        Thing("/so-lieu/bieu-mau/dau-moi/", "reporter_id", str(reporter.id)),
        Thing("/so-lieu/bao-cao/", "reporter_id", str(reporter.id)),
        Thing("/so-lieu/bao-cao/", "report_id", str(draft.id)),
        Thing("/so-lieu/bao-cao/", "occurrence_id", str(time_of_day.id)),
        Thing("/so-lieu/bao-cao/", "name", "csv", is_secret=False),
        Thing("/so-lieu/bang-ngay/", "table_id", str(table.id)),
        Thing("/api/v1/uptake/reports", "report_id", str(report.id)),
    ]


def _form() -> NewForm:
    return NewForm(
        number=PAYLOAD[:60],
        title=PAYLOAD[:200],
        heading=PAYLOAD[:100],
        level="commune",
        columns=COLUMNS,
        due_time=time(0, 1),
        table_time=time(0, 2),
    )


def _reporter(form: ReportForm, owner: Colleague) -> Reporter:
    new = NewReporter(
        form=form.id,
        holder=Holder(HolderKind.UNIT, QUY_NHON),
        area=QUY_NHON,
        starts_on=clock.today(),
        source=PAYLOAD[:200],
    )
    return reporting.add_reporter(reporter=new, by=owner.viewer, at=clock.now())


def _report(one: Reporter, owner: Colleague, count: int) -> FigureReport:
    commune = locations.children(UnitId(QUY_NHON))[0]
    at = clock.now()
    report = NewReport(
        reporter=one.id,
        day=clock.today(),
        as_of=at,
        channel=Channel.TELEPHONE,
        figures=((commune.id, "scans", count),),
        content={"notes": [PAYLOAD], "rows": []},
        findings=(),
        original=PAYLOAD.encode(),
        original_name=PAYLOAD[:100],
        call=Call(PAYLOAD[:100], at),
    )
    return reporting.save_report(report=report, by=owner.viewer, at=at)
