"""Who reported when: of the reporters that a viewer may see, each due day and what came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import add
from uuid import UUID

from django.db.models import Q

from vungxanh.core.viewer import Viewer
from vungxanh.duties import queries as owed
from vungxanh.locations.values import Unit
from vungxanh.uptake.models import FigureReport, Reporter, ReportForm
from vungxanh.uptake.queries.reporting.whose import visible
from vungxanh.uptake.rules.columns import full_title
from vungxanh.uptake.rules.reporting import ReportState
from vungxanh.uptake.rules.standing import Came, Due, Marks, Tally, marks_of

_CHOICE = ("form_id", "form__number", "form__title", "area_id", "area__name")
_LINE = ("id", "duty", "area_id", "area__path")
_HOLDER = ("organisation_id", "unit_id", "organisation__name", "unit__name")


@dataclass(frozen=True, slots=True)
class Asked:
    """A form and an area about which the viewer may ask who reported.

    `form_id` is the first version of the form, so that its history goes on when it is renewed.
    """

    form_id: UUID
    form: str
    area_id: str
    area: str


@dataclass(frozen=True, slots=True)
class Line:
    """Who reports to an area: its name, the area's path, its reporters over time by their duty.

    They are several where the form was renewed, or where it was named anew.
    """

    id: UUID
    reporters: Mapping[UUID, UUID]
    area_id: str
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Stood:
    """What is said of a day, and the report that stands for it."""

    day: date
    due_at: datetime
    marks: Marks
    report: UUID | None = None


Period = tuple[date, date]


def first_versions() -> Mapping[UUID, UUID]:
    """Of each form, the version that it began with; one query."""
    follows = dict(ReportForm.objects.order_by("created_at").values_list("id", "follows_id"))
    first: dict[UUID, UUID] = {}
    for form, former in follows.items():
        first[form] = first.get(former, form) if former else form
    return first


def asked(viewer: Viewer, first: Mapping[UUID, UUID]) -> tuple[Asked, ...]:
    """The forms and areas of the reporters that the viewer may see, the newest form first."""
    rows = Reporter.objects.filter(visible(viewer)).distinct()
    ordered = rows.order_by("-form__created_at", "form_id", "area__name", "area_id")
    found = {
        (first[form], area): Asked(first[form], full_title(number, title, name), area, name)
        for form, number, title, area, name, _ in reversed(
            ordered.values_list(*_CHOICE, "form__created_at")
        )
    }
    return tuple(reversed(found.values()))


def lines(viewer: Viewer, forms: Iterable[UUID], area: Unit) -> tuple[Line, ...]:
    """Who reports to an area and to those below it, as far as the viewer may see; one query."""
    inside = Q(area_id=area.id) | Q(area__path__startswith=f"{area.path}/", area__tree=area.tree)
    rows = Reporter.objects.filter(visible(viewer), inside, form_id__in=list(forms))
    found: dict[tuple[str, object], Line] = {}
    for key, duty, area_id, path, *holder in rows.order_by("id").values_list(*_LINE, *_HOLDER):
        organisation, unit, *names = holder
        place = (area_id, organisation or unit)
        former = found[place].reporters if place in found else {}
        name = next(filter(None, names), "")
        found[place] = Line(key, {**former, duty: key}, area_id, path, name)
    return tuple(found.values())


def covered(found: Iterable[Line]) -> Mapping[UUID, frozenset[str]]:
    """By line the units that it reports on, where they are named; one query."""
    held = {reporter: line.id for line in found for reporter in line.reporters.values()}
    rows = Reporter.objects.filter(id__in=held, ended_at__isnull=True).values_list("id", "covers")
    units: dict[UUID, frozenset[str]] = {}
    for reporter, covers in rows:
        units[held[reporter]] = units.get(held[reporter], frozenset()).union(covers)
    return units


def stood(
    found: Sequence[Line], period: Period, *, at: datetime
) -> Mapping[UUID, tuple[Stood, ...]]:
    """By line, each day of a period on which it owed a report, the earliest first.

    At most two queries, whatever the number of lines.
    """
    if not found:
        return {}
    held = {
        duty: (line.id, reporter) for line in found for duty, reporter in line.reporters.items()
    }
    reports = _reports([reporter for _, reporter in held.values()], period)
    by_line: dict[UUID, list[Stood]] = defaultdict(list)
    for one in owed.times(held.keys(), first=period[0], last=period[1]):
        line, reporter = held[one.duty_id]
        told = _stood(one, reports.get((reporter, one.day)), at)
        if told.marks:
            by_line[line].append(told)
    return {key: tuple(days) for key, days in by_line.items()}


def rates(
    found: Sequence[Line], periods: Sequence[Period], *, at: datetime
) -> Mapping[UUID, tuple[Tally, ...]]:
    """By line, how often it reported in each period; one query.

    A line to which nothing was due in any of them has none.
    """
    held = {duty: line.id for line in found for duty in line.reporters}
    told: dict[UUID, tuple[Tally, ...]] = {}
    for duty, counts in owed.counted(held.keys(), periods, at=at).items():
        tallies = tuple(Tally(one.n_due, one.n_met, one.n_in_time) for one in counts)
        former = told.get(held[duty], (Tally(),) * len(periods))
        told[held[duty]] = tuple(map(add, former, tallies))
    return told


def _stood(time: owed.Time, report: tuple[UUID, Came] | None, at: datetime) -> Stood:
    due = Due(time.state, time.due_at, time.was_late)
    if report is None:
        came = Came(1, is_zero=False) if time.met_at is not None else None
        return Stood(time.day, time.due_at, marks_of(due, came, at=at))
    return Stood(time.day, time.due_at, marks_of(due, report[1], at=at), report[0])


def _reports(
    reporters: Iterable[UUID], period: Period
) -> Mapping[tuple[UUID, date], tuple[UUID, Came]]:
    rows = FigureReport.objects.filter(
        reporter_id__in=list(reporters),
        day__gte=period[0],
        day__lte=period[1],
        state=ReportState.ACCEPTED,
    )
    told = rows.values_list("reporter_id", "day", "id", "revision", "is_zero")
    return {
        (reporter, day): (report, Came(revision or 1, is_zero))
        for reporter, day, report, revision, is_zero in told
    }
