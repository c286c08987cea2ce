"""What the pages of day tables show, finished: lines, marks, states, names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.accounts.queries import staff_card
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark, Tone
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.locations import queries as locations
from vungxanh.reports.values import Paper
from vungxanh.uptake.exports.day_table import paper_of
from vungxanh.uptake.exports.day_versions import Changed, changed
from vungxanh.uptake.models import DayTable, FigureReport
from vungxanh.uptake.queries import may_work_on
from vungxanh.uptake.queries.reporting import tables as queries
from vungxanh.uptake.rules.columns import full_title
from vungxanh.uptake.rules.day_message import short_of
from vungxanh.uptake.rules.reporting import TableState
from vungxanh.uptake.values.reporting import APPROVE, PUBLISH, REPORT, TABLE_STATE_WORDS

IMPORT = "uptake.import"
MOST_FINDINGS = 5
_TONES: dict[TableState, Tone] = {
    TableState.MADE: "warn",
    TableState.APPROVED: "info",
    TableState.PUBLISHED: "ok",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One of those expected, as the page shows it."""

    name: str
    marks: tuple[Mark, ...]
    at: datetime | None = None
    url: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a table: what, when and, for its staff, by whom."""

    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What the viewer may do with a table now."""

    corrects: bool = False
    approves: bool = False
    takes_back: bool = False
    publishes: bool = False


def _own_url(row: DayTable) -> str:
    """Where the day's reports stand beside what this house counts itself."""
    return f"{reverse('uptake-own_counts', args=[row.area_id])}?ngay={row.day}"


def table_page(row: DayTable, viewer: Viewer) -> dict[str, Any]:
    """The finished context of the page of one table."""
    is_staff = queries.sees_working(viewer, row)
    versions = queries.versions(viewer, row)
    is_newest = versions[0].id == row.id
    standing = next((one for one in versions if one.state == TableState.PUBLISHED), None)
    return {
        "row": row,
        "title": title_of(row),
        "mark": mark_of(row, standing),
        "is_staff": is_staff,
        "paper": Paper.of(paper_of(row, is_open=not is_staff)),
        "lines": lines_of(row, names_reports=is_staff and viewer.may(REPORT)),
        "own_url": _own_url(row) if is_staff and viewer.may(APPROVE) else "",
        "missing": missing_of(row),
        "lacks_below": any(one.get("lacks") for one in row.reporters),
        "standing": standing if standing and standing.version > row.version else None,
        "coming": versions[0] if is_staff and not is_newest else None,
        "versions": [(one, mark_of(one, standing)) for one in versions],
        "compared": _compared(row, versions),
        "steps": tuple(_steps(row, viewer)) if is_staff else (),
        "arrivals": queries.arrivals(row) if is_staff and is_newest else (),
        "waiting": [(one, _waiting(one)) for one in queries.waiting(row)] if is_staff else (),
        "short": short_of(row.message),
        "rights": rights_of(row, viewer, is_newest=is_newest),
    }


def title_of(row: DayTable) -> str:
    """What a table is called in crumbs and headings."""
    return full_title(row.form.number, row.form.title, row.area.name)


def mark_of(row: DayTable, standing: DayTable | None = None) -> Mark:
    """The state of a table as a chip; `standing` is the published version that stands."""
    state = TableState(row.state)
    if state is TableState.PUBLISHED and standing and standing.version > row.version:
        return Mark("none", _("đã được đính chính"), icon="history")
    return Mark(_TONES[state], TABLE_STATE_WORDS[state].in_language(reader_language()))


def missing_of(row: DayTable) -> tuple[str, ...]:
    """The names of those whose part is not in it."""
    return tuple(str(one["name"]) for one in row.reporters if not _brought(one))


def rights_of(row: DayTable, viewer: Viewer, *, is_newest: bool) -> Rights:
    """What the viewer may do; only the newest version is acted on. Actions ask again."""
    if not is_newest or not queries.sees_working(viewer, row):
        return Rights()
    unit = locations.unit(row.area_id)
    may = {one: may_work_on(viewer, unit, one) for one in (IMPORT, APPROVE, PUBLISH)}
    return Rights(
        corrects=may[IMPORT],
        approves=may[APPROVE] and row.state == TableState.MADE,
        takes_back=may[APPROVE] and row.state == TableState.APPROVED,
        publishes=may[PUBLISH] and row.state == TableState.APPROVED,
    )


def lines_of(row: DayTable, *, names_reports: bool) -> tuple[Line, ...]:
    """Everybody who was expected: what came, late, revised, nought, or did not come.

    Reports with their findings for those who read them.
    """
    reports = queries.reports_in(row)
    return tuple(
        _line(one, reports.get(str(one.get("report"))), names_reports=names_reports)
        for one in row.reporters
    )


def _line(one: Mapping[str, Any], report: FigureReport | None, *, names_reports: bool) -> Line:
    shown = Line(str(one["name"]), tuple(_marks(one, report)))
    if one.get("table"):
        return replace(shown, url=reverse("uptake-day_table", args=[one["table"]]))
    if report is None or not names_reports:
        return shown
    url = reverse("uptake-report", args=[report.id])
    return replace(shown, at=report.accepted_at, url=url, findings=_findings(report))


def _marks(one: Mapping[str, Any], report: FigureReport | None) -> Iterator[Mark]:
    if not _brought(one):
        yield Mark("bad", _("chưa báo cáo"))
        return
    if one.get("table"):
        yield Mark("ok", _("đã duyệt, bản %(n)s") % {"n": one["revision"]})
        if one.get("lacks"):
            yield Mark("warn", _("thiếu %(names)s") % {"names": ", ".join(one["lacks"])})
        return
    yield Mark("warn", _("trễ")) if one["is_late"] else Mark("ok", _("đúng hạn"))
    if (one.get("revision") or 1) > 1:
        yield Mark("info", _("đã sửa, lần %(n)s") % {"n": one["revision"]})
    if report is not None and report.is_zero:
        yield Mark("none", _("báo số 0"))


def _findings(report: FigureReport) -> tuple[str, ...]:
    lang = reader_language()
    told = [f"{one['where']}: {one['message'][lang]}" for one in report.findings]
    more = len(told) - MOST_FINDINGS
    return (
        *told[:MOST_FINDINGS],
        *([_("và %(n)s phát hiện nữa") % {"n": more}] if more > 0 else []),
    )


def _brought(one: Mapping[str, Any]) -> bool:
    return bool(one.get("report") or one.get("table"))


@dataclass(frozen=True, slots=True)
class Compared:
    """The version before, whose parts changed, and the figures that differ."""

    former: DayTable
    names: tuple[str, ...]
    cells: tuple[Changed, ...]


def _compared(row: DayTable, versions: Sequence[DayTable]) -> Compared | None:
    """What the version says differently from the one before it that the viewer sees."""
    former = next((one for one in versions if one.version < row.version), None)
    if former is None:
        return None
    before, after = (paper_of(one, is_open=True) for one in (former, row))
    told = {str(one["name"]): _part(one) for one in former.reporters}
    names = (str(one["name"]) for one in row.reporters)
    now = {str(one["name"]): _part(one) for one in row.reporters}
    differing = tuple(name for name in names if told.get(name) != now[name])
    return Compared(former, differing, changed(before, after))


def _part(one: Mapping[str, Any]) -> str:
    return str(one.get("report") or one.get("table") or "")


def _waiting(one: queries.Waiting) -> Mark:
    if one.table is None:
        return Mark("bad", _("chưa lập bảng"))
    return mark_of(one.table)


def _steps(row: DayTable, viewer: Viewer) -> Iterator[Step]:
    told = (
        (_("Lập bảng"), row.made_at, row.made_by),
        (_("Duyệt"), row.approved_at, row.approved_by),
        (_("Công bố"), row.published_at, row.published_by),
    )
    for words, at, by in told:
        if at is not None:
            yield Step(words, at, name_of(by, viewer))


def name_of(ref: str, viewer: Viewer) -> str:
    """The name of who did it, for those who may see accounts; for others nothing."""
    if ref == SYSTEM.id:
        return _("Hệ thống")
    if ref == viewer.id:
        return viewer.name
    try:
        return staff_card(ref, viewer=viewer).name
    except MissingError:
        return ""
