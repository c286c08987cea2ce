"""Figure reports as pages show them: words for states, counts beside those accepted before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link, Mark, Tone
from vungxanh.duties.values import MET, OVERDUE_WORDS, STATE_WORDS, State
from vungxanh.locations.values import Unit
from vungxanh.refusals import Words
from vungxanh.uptake.models import DayTable, FigureReport, Reporter
from vungxanh.uptake.pages import FindingLine
from vungxanh.uptake.queries.reporting.gathering import name_of
from vungxanh.uptake.queries.reporting.reports import OwedReport, Told
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn, columns_of, titled
from vungxanh.uptake.rules.reporting import Channel, Place, ReportState, TableState
from vungxanh.uptake.values.reporting import (
    CHANNEL_WORDS,
    REPORT_STATE_WORDS,
    TABLE_STATE_WORDS,
)

MOST_LINES = 2000
_SEVERITIES = {"error": 0, "warning": 1, "info": 2}
_TONES: dict[State, Tone] = {
    State.OPEN: "none",
    State.DONE: "ok",
    State.LATE: "warn",
    State.REVISED: "info",
    State.WAIVED: "info",
}
_REPORT_TONES: dict[ReportState, Tone] = {
    ReportState.DRAFT: "none",
    ReportState.ACCEPTED: "ok",
    ReportState.REPLACED: "info",
    ReportState.SENT_BACK: "warn",
    ReportState.DROPPED: "none",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's count beside what counted before. None: not told. `tone` of its worst finding."""

    unit: str
    label: str
    value: int | None
    before: int | None
    tone: str = ""

    @property
    def difference(self) -> int | None:
        """By how much it changed, where both are known."""
        if self.value is None or self.before is None:
            return None
        return self.value - self.before


@dataclass(frozen=True, slots=True)
class Owed:
    """A time at which a report is owed: what became of it, and where to go."""

    name: str
    title: str
    area: str
    day: date
    due_at: datetime
    mark: Mark
    bring_url: str
    form_url: str
    report: FigureReport | None
    is_open: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Came:
    """A report in a list."""

    report: FigureReport
    name: str
    title: str
    channel: str
    mark: Mark


def said(words: Words) -> str:
    """Words in the reader's language."""
    return words.in_language(reader_language())


def title_of(reporter: Reporter) -> str:
    """The form's number and title."""
    title = titled(reporter.form.title, reporter.area.name)
    return " – ".join(filter(None, (reporter.form.number, title)))


def channel_words(report: FigureReport) -> str:
    """The way that a report came."""
    return said(CHANNEL_WORDS[Channel(report.channel)])


def is_typed(report: FigureReport) -> bool:
    """Whether its counts were typed by unit, so that no file has rows, columns or a total."""
    return report.channel in {Channel.PAGE, Channel.TELEPHONE}


def state_mark(report: FigureReport) -> Mark:
    """What became of a report."""
    state = ReportState(report.state)
    return Mark(_REPORT_TONES[state], said(REPORT_STATE_WORDS[state]))


def owed(one: OwedReport, at: datetime, today: date) -> Owed:
    """A line of what is owed."""
    bring = reverse("uptake-bring_report", args=[one.reporter.id])
    return Owed(
        name=name_of(one.reporter),
        title=title_of(one.reporter),
        area=one.reporter.area.name,
        day=one.time.day,
        due_at=one.time.due_at,
        mark=owed_mark(one, at),
        bring_url=f"{bring}?ngay={one.time.day:%Y-%m-%d}",
        form_url=form_address(one.reporter, one.time.day),
        report=one.report,
        is_open=one.time.state is State.OPEN,
        is_today=one.time.day == today,
    )


def owed_mark(one: OwedReport, at: datetime) -> Mark:
    """The state of what is owed: late, missing, sent back, revised, on time."""
    time = one.time
    if time.state is State.OPEN and one.report is not None:
        return Mark("warn", said(REPORT_STATE_WORDS[ReportState.SENT_BACK]))
    if time.state is State.OPEN and at > time.due_at:
        return Mark("bad", said(OVERDUE_WORDS))
    words = said(STATE_WORDS[time.state])
    if time.state is State.REVISED and time.was_late:
        return Mark("warn", f"{words}, {said(STATE_WORDS[State.LATE]).lower()}")
    icon = "clock" if time.state is State.OPEN else ""
    return Mark(_TONES[time.state], words, icon=icon)


def punctual_mark(state: State, *, was_late: bool) -> Mark | None:
    """Whether what came was in time."""
    if state not in MET:
        return None
    late = State.LATE if was_late else State.DONE
    return Mark(_TONES[late], said(STATE_WORDS[late]))


def came(reports: Iterable[FigureReport]) -> list[Came]:
    """Reports in a list."""
    return [
        Came(
            report=one,
            name=name_of(one.reporter),
            title=title_of(one.reporter),
            channel=channel_words(one),
            mark=state_mark(one),
        )
        for one in reports
    ]


def lines(
    report: FigureReport, units: Sequence[Unit], before: Told | None
) -> tuple[tuple[Line, ...], int]:
    """A line for each unit and count of the form, and how many more are not shown."""
    figures = figures_of(report)
    earlier: Mapping[Place, int] = before.figures if before else {}
    tones = _tones(report)
    found = [
        Line(
            unit=unit.name,
            label=said(column.head),
            value=figures.get((unit.id, column.element)),
            before=earlier.get((unit.id, column.element)),
            tone=tones.get(unit.id, ""),
        )
        for unit in units
        for column in counts_of(report.reporter)
    ]
    return tuple(found[:MOST_LINES]), max(0, len(found) - MOST_LINES)


def figures_of(report: FigureReport) -> dict[Place, int]:
    """What a report tells, by unit and element."""
    return {(unit, element): value for unit, element, value in report.content.get("figures", ())}


def counts_of(reporter: Reporter) -> list[FormColumn]:
    """The columns of the form that are counted."""
    return [one for one in columns_of(reporter.form.columns) if one.role is ColumnRole.COUNT]


def findings(report: FigureReport) -> list[FindingLine]:
    """What was found in a report, errors first."""
    lang = reader_language()
    ordered = sorted(report.findings, key=lambda one: _SEVERITIES[one["severity"]])
    typed = is_typed(report)
    return [
        FindingLine(
            severity=one["severity"],
            message=one["message"][lang],
            where="" if typed or _is_placed(one) else one["where"],
        )
        for one in ordered
        if not (typed and one["code"].startswith("total."))
    ]


def _is_placed(finding: Mapping[str, Any]) -> bool:
    """Whether the sentence begins with its place already."""
    return bool(finding["message"]["vi"].lower().startswith(finding["where"].lower()))


def table_links(tables: Iterable[DayTable], *, sees_all: bool) -> list[tuple[Link, Mark]]:
    """The day tables that hold a report, with their states.

    Without `sees_all` only published ones are linked: the others open to those in charge alone.
    """
    return [
        (
            Link(
                _("Bảng ngày %(day)s của %(area)s, bản %(n)s")
                % {"day": f"{one.day:%d/%m/%Y}", "area": one.area.name, "n": one.version},
                _table_address(one) if sees_all or one.state == TableState.PUBLISHED else "",
            ),
            Mark(
                "ok" if one.state == TableState.PUBLISHED else "info",
                said(TABLE_STATE_WORDS[TableState(one.state)]),
            ),
        )
        for one in tables
    ]


def form_address(reporter: Reporter, day: date) -> str:
    """Where the form, filled with the reporter's units, is downloaded."""
    address = _address_or_none("uptake-report_form_file", reporter.id)
    return f"{address}?ngay={day:%Y-%m-%d}" if address else ""


def _table_address(table: DayTable) -> str:
    return _address_or_none("uptake-day_table", table.id)


def _address_or_none(name: str, key: UUID) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def _tones(report: FigureReport) -> dict[str, str]:
    """The worst tone of each unit's findings."""
    found: dict[str, str] = {}
    for one in report.findings:
        unit = one.get("unit")
        if unit and one["severity"] in {"error", "warning"} and found.get(unit) != "bad":
            found[unit] = "bad" if one["severity"] == "error" else "warn"
    return found
