"""Reporting for tests: Form 1 of the letter of 2020, reporters on it, reports by figures."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from uuid import UUID

from tests.factories.people import PROVINCE
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.documents.content import Annex, freeze
from vungxanh.duties.rules import HolderKind
from vungxanh.duties.values import Holder
from vungxanh.locations.actions.organisations import add_organisation
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.organisations import Entry
from vungxanh.refusals import Words
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.models import DayTable, FigureReport, Reporter, ReportForm
from vungxanh.uptake.queries.reporting.gathering import Gathered
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import NewForm, NewReport, NewReporter

DAY = date(2020, 8, 28)
BEFORE = datetime(2020, 8, 27, 2, 0, tzinfo=UTC)
NOON = datetime(2020, 8, 28, 5, 0, tzinfo=UTC)
DUE = datetime(2020, 8, 28, 9, 0, tzinfo=UTC)
EVENING = datetime(2020, 8, 28, 10, 0, tzinfo=UTC)
COLUMNS = (
    FormColumn(ColumnRole.ORDER, Words("Stt", "No.")),
    FormColumn(ColumnRole.NAME, Words("Tên huyện/thị/thành phố", "District")),
    FormColumn(
        ColumnRole.COUNT,
        Words("Số lượng điện thoại thông minh cài đặt", "Smartphones with the app"),
        element="installs",
    ),
    FormColumn(ColumnRole.SHARE, Words("Tỷ lệ", "Ratio"), numerator="installs", base="smartphones"),
    FormColumn(ColumnRole.AS_OF, Words("Thời điểm báo cáo", "Time of report")),
    FormColumn(ColumnRole.NOTE, Words("Ghi chú", "Note")),
)


def form_1(at: datetime = BEFORE, level: str = "district") -> ReportForm:
    """The form as the letter prints it, of districts unless another level is said."""
    form = NewForm(
        number="Biểu mẫu số 1",
        title="Thống kê số lượng điện thoại thông minh cài đặt Bluezone",
        heading="TÊN DOANH NGHIỆP",
        level=level,
        columns=COLUMNS,
        due_time=time(16),
        table_time=time(17),
    )
    return reporting.make_form(form=form, by=SYSTEM, at=at)


def operator(name: str, unit: str = PROVINCE) -> UUID:
    """An enterprise of the area."""
    entry = Entry(
        kind="enterprise",
        name=name,
        unit_id=UnitId(unit),
        source="Danh sách thử",
        as_of=date(2020, 8, 1),
        is_invented=True,
    )
    return add_organisation(entry=entry, by=SYSTEM, at=BEFORE)


def reporter(
    form: ReportForm,
    organisation: UUID | str,
    *,
    area: str = PROVINCE,
    covers: tuple[str, ...] = (),
    recurrence: str = "FREQ=DAILY",
) -> Reporter:
    """Who reports on a form from the day on: an organisation, or a unit by its id."""
    kind = HolderKind.UNIT if isinstance(organisation, str) else HolderKind.ORGANISATION
    new = NewReporter(
        form=form.id,
        holder=Holder(kind, str(organisation)),
        area=area,
        starts_on=DAY,
        source="Công văn mẫu 01, mục 5",
        recurrence=recurrence,
        covers=covers,
    )
    return reporting.add_reporter(reporter=new, by=SYSTEM, at=BEFORE)


def brought(
    one: Reporter,
    installs: Mapping[str, int],
    *,
    day: date = DAY,
    at: datetime = NOON,
    by: Viewer = SYSTEM,
    channel: Channel = Channel.PASTE,
) -> FigureReport:
    """A draft of a report: installs by unit."""
    report = NewReport(
        reporter=one.id,
        day=day,
        as_of=at,
        channel=channel,
        figures=tuple((unit, "installs", value) for unit, value in installs.items()),
        content={},
        findings=(),
        original=repr((one.id, day, at, installs)).encode(),
    )
    return reporting.save_report(report=report, by=by, at=at)


def accepted(
    one: Reporter,
    installs: Mapping[str, int],
    *,
    day: date = DAY,
    at: datetime = NOON,
    by: Viewer = SYSTEM,
    reason: str = "",
) -> FigureReport:
    """A report that counts."""
    draft = brought(one, installs, day=day, at=at, by=by)
    return reporting.accept_report(report_id=draft.id, by=by, at=at, reason=reason)


def plainly(table: DayTable, gathered: Gathered) -> tuple[str, bytes]:
    """A message and a document that say how many came."""
    told = f"{table.n_came}/{table.n_expected}"
    return told, freeze(Annex(title=(f"{told}, {table.version}",), tables=()))


def tabled(
    form: ReportForm,
    *,
    area: str = PROVINCE,
    day: date = DAY,
    at: datetime = EVENING,
    by: Viewer = SYSTEM,
) -> DayTable:
    """The day's table, made by the system unless somebody else is named."""
    return reporting.make_table(form_id=form.id, area_id=area, day=day, drawn=plainly, by=by, at=at)
