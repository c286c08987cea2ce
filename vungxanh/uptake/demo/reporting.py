"""Two weeks of reports on Form 1 by invented operators, marked so everywhere, and a day's table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.duties.values import Holder, HolderKind
from vungxanh.locations import queries as locations
from vungxanh.locations.actions.organisations import add_organisation
from vungxanh.locations.queries import organisations
from vungxanh.locations.values import Level, Unit, UnitId
from vungxanh.locations.values.organisations import Entry
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.exports import day_table
from vungxanh.uptake.imports.figure_reports import Brought, bring_report, table_of
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.queries.reporting.forms import ready_forms
from vungxanh.uptake.rules.columns import columns_of
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import Call, NewReporter

PROVINCE = UnitId("vn-2021:52")
OPERATORS = ("Nhà mạng A (ví dụ)", "Nhà mạng B (ví dụ)", "Nhà mạng C (ví dụ)", "Nhà mạng D (ví dụ)")
INVENTED = "Dữ liệu minh họa của phần mềm, không có thật"
CALLER = "Người gọi (ví dụ)"
AS_OF = date(2021, 5, 26)  # a day on which the province of the demo stood
N_DAYS = 14
ELEMENT = "installs"
# Minutes after the due time by operator, day by day in turn; None: nothing came that day.
CAME: tuple[tuple[int | None, ...], ...] = (
    (-95, -40, -62, -20),
    (-12, 25, -33, 70, 41),
    (-60, None, -8, None, -15),
    (-45, -30, 15),
)
CHANNELS = (Channel.UPLOAD, Channel.PAGE, Channel.UPLOAD, Channel.TELEPHONE)
REVISED = {(0, 3), (2, 5)}  # (operator, day): sent again with a reason
ZERO = (3, 0)  # the one that reports nought everywhere, before its first figures
SILENT = 1  # a district of which the fourth operator tells nothing
TODAY = (1, 3)  # the operators that have reported today already


@dataclass(frozen=True, slots=True)
class _Stage:
    """Who acts, when the demo is loaded, and the units of the form."""

    by: Viewer
    at: datetime
    form: ReportForm
    units: tuple[Unit, ...]

    @property
    def today(self) -> date:
        return self.at.astimezone(clock.TZ).date()


@transaction.atomic
def load_reporting(*, by: Viewer, at: datetime) -> None:
    """Form 1, four operators and what they sent; a second run changes nothing.

    All at once, so that the worker that makes the day's tables never sees a part of it.
    """
    is_loaded = ReportForm.objects.filter(is_illustrative=True).exists()
    if is_loaded or PROVINCE not in locations.units({PROVINCE}):
        return
    form = replace(ready_forms()[0].form, is_illustrative=True)
    stage = _Stage(
        by=by,
        at=at,
        form=reporting.make_form(form=form, by=by, at=at),
        units=locations.children(PROVINCE, Level.DISTRICT),
    )
    reporters = [_reporter(name, stage) for name in OPERATORS]
    for past in range(N_DAYS, 0, -1):
        for place, one in enumerate(reporters):
            _report(one, (place, N_DAYS - past), stage)
    for place in TODAY:
        _report(reporters[place], (place, N_DAYS), stage)
    _table(stage)


def _reporter(name: str, stage: _Stage) -> Reporter:
    known = organisations.by_name(name)
    new = NewReporter(
        form=stage.form.id,
        holder=Holder(
            HolderKind.ORGANISATION, str(known[0].id if known else _organisation(name, stage))
        ),
        area=PROVINCE,
        starts_on=stage.today - timedelta(days=N_DAYS),
        source=INVENTED,
    )
    return reporting.add_reporter(reporter=new, by=stage.by, at=stage.at)


def _organisation(name: str, stage: _Stage) -> object:
    entry = Entry(
        kind="enterprise",
        name=name,
        unit_id=PROVINCE,
        source=INVENTED,
        as_of=AS_OF,
        is_invented=True,
    )
    return add_organisation(entry=entry, by=stage.by, at=stage.at)


def _report(one: Reporter, turn: tuple[int, int], stage: _Stage) -> None:
    """What one operator sent on one day, and its revision where it sent one."""
    place, number = turn
    minutes = CAME[place][number % len(CAME[place])]
    if minutes is None and number < N_DAYS:
        return
    day = stage.today - timedelta(days=N_DAYS - number)
    due = datetime.combine(day, stage.form.due_time, clock.TZ)
    at = min(due + timedelta(minutes=minutes or 0), stage.at)
    figures = _figures(place, number, stage.units)
    _accept(one, figures, CHANNELS[place], day=day, at=at, stage=stage)
    if turn in REVISED:
        mended = {unit: value + 5 * (value > 0) for unit, value in figures.items()}
        later = at + timedelta(minutes=20)
        _accept(one, mended, Channel.PAGE, day=day, at=later, stage=stage)


def _figures(place: int, number: int, units: Sequence[Unit]) -> dict[str, int]:
    """Counts by unit that grow day by day, slower in some districts."""
    if (place, number) == ZERO:
        return {unit.id: 0 for unit in units}
    return {
        unit.id: (4 - place) * (900 + 140 * row) + number * (7 + 3 * ((row + place) % 5))
        for row, unit in enumerate(units)
        if (place, row) != (len(OPERATORS) - 1, SILENT)
    }


def _accept(
    one: Reporter,
    figures: dict[str, int],
    channel: Channel,
    *,
    day: date,
    at: datetime,
    stage: _Stage,
) -> None:
    told = {(unit, ELEMENT): value for unit, value in figures.items()}
    brought = Brought(
        reporter=one.id,
        day=day,
        channel=channel,
        content=table_of(columns_of(stage.form.columns), stage.units, told),
        name=f"bieu-1-{day:%Y-%m-%d}.tsv" if channel is Channel.UPLOAD else "",
        call=Call(CALLER, at) if channel is Channel.TELEPHONE else None,
    )
    draft = bring_report(brought=brought, by=stage.by, at=at)
    reporting.accept_report(
        report_id=draft.id, by=stage.by, at=at, reason="Bổ sung cửa hàng báo muộn (ví dụ)"
    )


def _table(stage: _Stage) -> None:
    """The table of the day before, as its hour made it."""
    day = stage.today - timedelta(days=1)
    reporting.make_table(
        form_id=stage.form.id,
        area_id=PROVINCE,
        day=day,
        drawn=day_table.drawn,
        by=stage.by,
        at=datetime.combine(day, time(17), clock.TZ),
    )
