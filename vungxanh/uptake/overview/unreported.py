"""Who has not reported today to a unit: a card beside its figures, and a column of its ranking."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.documents import vietnamese
from vungxanh.locations.values import Unit, UnitId, registry
from vungxanh.uptake.overview.reporting_look import chip_of
from vungxanh.uptake.overview.reporting_status import is_over
from vungxanh.uptake.pages import RankTable, Reported, UnreportedCard, UnreportedLine
from vungxanh.uptake.queries.reporting.status import (
    Line,
    Stood,
    covered,
    first_versions,
    lines,
    stood,
)
from vungxanh.uptake.rules.standing import CAME, Mark

MOST_LINES = 5
WAITING = frozenset({Mark.MISSING, Mark.AWAITED})
Owed = tuple[tuple[Line, Stood], ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """What reporters owed for a day: each with what stood, and how many came of each unit."""

    on: date
    has_reporters: bool
    owed: Owed
    of_units: Mapping[str, Reported]


def reports_of(
    viewer: Viewer, unit: Unit, parts: Sequence[Unit], *, at: datetime
) -> Reports | None:
    """The reports of today to a unit and to those below it; None for who may not see them all.

    Five queries at most; none for a viewer from elsewhere.
    """
    if not is_over(viewer, unit.id):
        return None
    today = at.astimezone(clock.TZ).date()
    held = lines(viewer, first_versions(), unit)
    days = stood(held, (today, today), at=at)
    owed = tuple(
        (line, one)
        for line in held
        for one in days.get(line.id, ())
        if (CAME | WAITING).intersection(one.marks)
    )
    return Reports(today, bool(held), owed, _of_units(owed, unit, parts))


def card(reports: Reports, unit: Unit, *, lang: str) -> UnreportedCard:
    """Who is missing, the longest first; a sentence where nobody is, or nobody owes anything."""
    waiting = sorted(
        (pair for pair in reports.owed if WAITING.intersection(pair[1].marks)),
        key=lambda pair: (pair[1].due_at, pair[0].name),
    )
    query = urlencode({"dia-ban": unit.id, "den": reports.on.isoformat()})
    status = f"{reverse('uptake-report_status')}?{query}"
    return UnreportedCard(
        on=reports.on,
        n_missing=len(waiting),
        n_expected=len(reports.owed),
        lines=tuple(_line(*pair, lang=lang) for pair in waiting[:MOST_LINES]),
        n_more=max(0, len(waiting) - MOST_LINES),
        nothing="" if waiting else _nothing(reports),
        way=Link(_("Xem ai đã nộp"), status) if reports.has_reporters else None,
    )


def told(table: RankTable, reports: Reports | None) -> RankTable:
    """The table with how many reports came today of each row; as it was where none was owed."""
    if reports is None or not reports.of_units:
        return table
    rows = (replace(row, reported=reports.of_units.get(row.unit_id)) for row in table.rows)
    return replace(table, rows=tuple(rows), reported_on=reports.on)


def _line(line: Line, found: Stood, *, lang: str) -> UnreportedLine:
    first = next(mark for mark in found.marks if mark in WAITING)
    due = _("hạn %(at)s") % {"at": vietnamese.moment(found.due_at, lang)}
    return UnreportedLine(line.name, due, chip_of(first, lang))


def _nothing(reports: Reports) -> str:
    if reports.owed:
        return _("Mọi nơi phải nộp hôm nay đã nộp.")
    if reports.has_reporters:
        return _("Hôm nay không ai phải nộp báo cáo.")
    return _("Chưa giao cho ai nộp báo cáo về đây.")


def _of_units(owed: Owed, unit: Unit, parts: Sequence[Unit]) -> dict[str, Reported]:
    """Of each part, how many of the reports that tell of it came, of how many."""
    if not owed:
        return {}
    units = covered(line for line, found in owed)
    came: dict[str, list[bool]] = {}
    for line, found in owed:
        for part in parts:
            if _tells_of(line, part, unit=unit, units=units.get(line.id, ())):
                came.setdefault(part.id, []).append(bool(CAME.intersection(found.marks)))
    return {key: Reported(sum(told), len(told)) for key, told in came.items()}


def _tells_of(line: Line, part: Unit, *, unit: Unit, units: Iterable[str]) -> bool:
    """Whether a reporter tells of a part: it reports to it or below it, or covers it from above."""
    if line.area_id != unit.id:
        return line.area_id == part.id or line.path.startswith(f"{part.path}/")
    named = tuple(_chains(units))
    return not named or any(part.id in chain for chain in named)


def _chains(units: Iterable[str]) -> Iterator[tuple[UnitId, ...]]:
    return (registry().unit(UnitId(one)).chain for one in units)
