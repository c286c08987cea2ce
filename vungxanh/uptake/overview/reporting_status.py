"""Who reported when, on a form to an area: the page, composed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from vungxanh.accounts.values import Standing, area_of
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import PAGE_SIZE, numbered_of
from vungxanh.core.shown import Choice
from vungxanh.core.viewer import Viewer
from vungxanh.documents import vietnamese
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake.overview.reporting_look import (
    MARKS,
    AreaRow,
    Cell,
    DayLine,
    ReporterRow,
    StandingLook,
    StandingPage,
    chip_of,
    chips_of,
    rate_of,
)
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.queries.reporting.status import (
    Asked,
    Line,
    Period,
    Stood,
    asked,
    first_versions,
    lines,
    rates,
    stood,
)
from vungxanh.uptake.rules.standing import Mark, Tally, offences, tallied

WEEK, MONTH = timedelta(days=6), timedelta(days=29)
N_MONTHS = 6
MOST_NAMED = 12
MOST_ROWS = 20_000  # reporters of a file
Days = Mapping[UUID, tuple[Stood, ...]]
Tallies = Mapping[UUID, tuple[Tally, ...]]


def compose(
    viewer: Viewer, look: StandingLook, *, at: datetime, is_whole: bool = False
) -> StandingPage:
    """The finished page; without forms where the viewer may see no reporter at all.

    `is_whole`: with all its rows, not a page of them. Raises MissingError for a form or an area
    that the viewer may not ask about.
    """
    versions = first_versions()
    known = asked(viewer, versions)
    if not known:
        return StandingPage()
    form = _form(known, versions.get(look.form) if look.form else None, is_named=bool(look.form))
    of_form = [one for one in known if one.form_id == form.form_id]
    area = _area(viewer, of_form, look.area)
    look = replace(look, form=form.form_id, area=area.id)
    page = StandingPage(
        forms=_forms(known, look),
        areas=_areas(viewer, of_form, area),
        form=form.form,
        area=area.name,
        days=tuple(look.last - timedelta(days=n) for n in range(look.n_days)),
        months=_months(look.last),
    )
    size = MOST_ROWS if is_whole else PAGE_SIZE
    of_all = [one for one, began in versions.items() if began == form.form_id]
    return _filled(page, lines(viewer, of_all, area), area, look=look, size=size, at=at)


def _form(known: Sequence[Asked], wanted: UUID | None, *, is_named: bool) -> Asked:
    if not is_named:
        return known[0]
    found = next((one for one in known if one.form_id == wanted), None)
    if found is None:
        raise MissingError
    return found


def _area(viewer: Viewer, of_form: Sequence[Asked], wanted: str) -> Unit:
    """The area asked for; by default the viewer's own, else the first that is reported to."""
    ids = {one.area_id for one in of_form}
    if wanted:
        if wanted not in ids and not is_over(viewer, wanted):
            raise MissingError
        return locations.unit(wanted)
    chains = [unit.chain for unit in locations.units(map(UnitId, ids)).values()]
    own = locations.units(map(UnitId, sorted(viewer.units))).values()
    held = (one for one in own if any(one.id in chain for chain in chains))
    over = next((one for one in held if is_over(viewer, one.id)), None)
    return over or locations.unit(of_form[0].area_id)


def is_over(viewer: Viewer, unit_id: str) -> bool:
    """Whether the viewer works for the unit, so that all that it is owed may be seen."""
    if "system" in viewer.roles:
        return True
    if whose.is_guest(viewer):
        return False
    path = locations.unit(unit_id).path
    return area_of(viewer.units).standing(unit_id, path) is Standing.WHOLE


def _forms(known: Sequence[Asked], look: StandingLook) -> tuple[Choice, ...]:
    words = {one.form_id: one.form for one in known}
    return tuple(
        Choice(label, str(form), current=form == look.form) for form, label in words.items()
    )


def _areas(viewer: Viewer, of_form: Sequence[Asked], area: Unit) -> tuple[Choice, ...]:
    held = () if whose.is_guest(viewer) else sorted(viewer.units)
    own = locations.units(map(UnitId, held)).values()
    names: dict[str, str] = {one.id: one.name for one in (*own, area)}
    names.update({one.area_id: one.area for one in of_form})
    return tuple(Choice(name, key, current=key == area.id) for key, name in names.items())


def _months(last: date) -> tuple[date, ...]:
    """The first days of the months of the rates, the earliest first."""
    found = [last.replace(day=1)]
    while len(found) < N_MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))


def _filled(
    page: StandingPage,
    found: Sequence[Line],
    area: Unit,
    *,
    look: StandingLook,
    size: int,
    at: datetime,
) -> StandingPage:
    direct = [one for one in found if one.area_id == area.id]
    below = [one for one in found if one.area_id != area.id]
    own = stood(direct, (look.first, look.last), at=at)
    under = stood(below, (look.last, look.last), at=at)
    told = rates(direct, [*_lately(look.last), *map(_month, page.months)], at=at)
    rows = [
        _row(one, own[one.id], told, page=page, lang=look.lang) for one in direct if one.id in own
    ]
    shown = [row for row in rows if _fits(row, look)]
    return replace(
        page,
        today=_day_line(found, {**own, **under}, look=look, at=at),
        rows=numbered_of(
            sorted(shown, key=_by_name if look.by_name else _worst), look.page, size=size
        ),
        n_reporters=len(rows),
        **_below(below, under, rates(below, _lately(look.last), at=at), area=area, look=look),
        offenders=tuple((r.name, r.offended) for r in sorted(rows, key=_worst) if r.offended),
        came=_came(page.days, own.values()),
    )


def _lately(last: date) -> tuple[Period, Period]:
    """The 7 and the 30 days that end on a day."""
    return (last - WEEK, last), (last - MONTH, last)


def _month(first: date) -> Period:
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _row(
    line: Line, days: Sequence[Stood], told: Tallies, *, page: StandingPage, lang: str
) -> ReporterRow:
    by_day = {one.day: one for one in days}
    week, month, *months = (rate_of(one, lang) for one in told[line.id])
    return ReporterRow(
        name=line.name,
        cells=tuple(_cell(day, by_day.get(day), line.name, lang=lang) for day in page.days),
        week=week,
        month=month,
        labelled=tuple(
            (rate, f"{first.month}/{first.year}")
            for rate, first in zip(months, page.months, strict=True)
        ),
        offended=offences([(one.day, one.marks) for one in days]),
    )


def _cell(day: date, found: Stood | None, name: str, *, lang: str) -> Cell:
    if found is None:
        return Cell(day, (), "", "")
    chips = chips_of(found.marks, lang)
    said = ", ".join(chip.words for chip in chips)
    url = reverse("uptake-report", args=[found.report]) if found.report else ""
    return Cell(day, chips, url, f"{name}, {vietnamese.date(day, lang)}: {said}")


def _fits(row: ReporterRow, look: StandingLook) -> bool:
    if look.mark is None:
        return True
    words = MARKS[look.mark][3].in_language(look.lang)
    return any(chip.words == words for cell in row.cells for chip in cell.chips)


def _worst(row: ReporterRow) -> tuple[object, ...]:
    """The most offending days first, then the fewest reports, then the fewest in time."""
    rate = row.month.tally
    missing, late = rate.n_expected - rate.n_came, rate.n_came - rate.n_on_time
    return (-len(row.offended), -missing, -late, row.name)


def _by_name(row: ReporterRow) -> tuple[object, ...]:
    return (row.name,)


def _came(days: Sequence[date], of_all: Iterable[Sequence[Stood]]) -> tuple[tuple[date, int], ...]:
    """How many reports came for each of the days that are shown, the earliest first."""
    counted = Counter(
        one.day for found in of_all for one in found if {Mark.ON_TIME, Mark.LATE} & set(one.marks)
    )
    return tuple((day, counted[day]) for day in reversed(days)) if counted else ()


def _day_line(
    found: Sequence[Line], days: Days, *, look: StandingLook, at: datetime
) -> DayLine | None:
    last = {key: stood_on[-1] for key, stood_on in days.items() if stood_on[-1].day == look.last}
    of_day = [(one.name, last[one.id].marks) for one in found if one.id in last]
    if not of_day:
        return None
    counted = Counter(mark for _, marks in of_day for mark in marks)
    missing = sorted(name for name, marks in of_day if Mark.MISSING in marks)
    awaited = sorted(name for name, marks in of_day if Mark.AWAITED in marks)
    return DayLine(
        on=look.last,
        is_today=look.last == at.astimezone(clock.TZ).date(),
        missing=tuple(missing[:MOST_NAMED]),
        awaited=tuple(awaited[:MOST_NAMED]),
        n_more_missing=len(missing[MOST_NAMED:]),
        n_more_awaited=len(awaited[MOST_NAMED:]),
        counts=tuple((chip_of(mark, look.lang), counted[mark]) for mark in MARKS if counted[mark]),
        n_expected=len(of_day) - counted[Mark.WAIVED],
        n_came=counted[Mark.ON_TIME] + counted[Mark.LATE],
    )


def _below(
    found: Sequence[Line], days: Days, told: Tallies, *, area: Unit, look: StandingLook
) -> dict[str, Any]:
    """The areas right below with reporters to them or below them, the worst first, and all."""
    groups: dict[UnitId, list[Line]] = defaultdict(list)
    for one in found:
        if one.id in told:
            groups[_child(one, area)].append(one)
    names = locations.units(groups)
    rows = (
        _area_row(
            names[key].name, group, days, told=told, look=look, url=look.url(**{"dia-ban": key})
        )
        for key, group in groups.items()
    )
    named = [one for group in groups.values() for one in group]
    total = _area_row(area.name, named, days, told=told, look=look) if named else None
    return {"below": tuple(sorted(rows, key=_worst_area)), "total": total}


def _child(one: Line, area: Unit) -> UnitId:
    """The unit right below the area that a reporter's area lies in."""
    code = one.path.removeprefix(f"{area.path}/").partition("/")[0]
    return UnitId(f"{area.tree}:{code}")


def _area_row(
    name: str,
    group: Sequence[Line],
    days: Days,
    *,
    told: Tallies,
    look: StandingLook,
    url: str = "",
) -> AreaRow:
    today = [one.marks for line in group for one in days.get(line.id, ())]
    week, month = (sum((told[one.id][place] for one in group), Tally()) for place in (0, 1))
    return AreaRow(
        name=name,
        url=url,
        n_reporters=len(group),
        n_missing=sum(Mark.MISSING in marks for marks in today),
        day=rate_of(tallied(today), look.lang),
        week=rate_of(week, look.lang),
        month=rate_of(month, look.lang),
    )


def _worst_area(row: AreaRow) -> tuple[object, ...]:
    share = row.week.came
    return (share is None, share or 0, row.week.on_time or 0, row.name)
