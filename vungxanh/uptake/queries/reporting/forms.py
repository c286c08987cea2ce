"""Report forms, who reports on them, and what is printed on one of them for a day."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from vungxanh.accounts.queries.glass import names
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.duties import queries as owed
from vungxanh.duties.values import State
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.queries.facts import latest_facts, moment_of
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.queries.reporting.gathering import covered, name_of
from vungxanh.uptake.rules.columns import FormColumn, bases_of, columns_of
from vungxanh.uptake.values.reporting import FORMS, REPORT, NewForm

READY = Path(__file__).resolve().parents[2] / "published" / "report-forms.toml"
AHEAD = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """A form that comes with the house, and the letter that it stands in."""

    name: str
    form: NewForm
    source: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in a list: who made it, and how many report on it (to any area)."""

    form: ReportForm
    maker: str
    n_reporters: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class ReporterLine:
    """Who reports: its name, the area it reports to, what it covers, when it is due next.

    `covers` are names of units, none where it covers all. `next_due` is None once nothing is owed.
    """

    reporter: Reporter
    name: str
    area: str
    covers: tuple[str, ...]
    next_due: owed.Time | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form for a reporter and a day: lines of units, and the bases that are known.

    Without a reporter it is the bare form. `bases` are values by element and unit.
    """

    form: ReportForm
    columns: tuple[FormColumn, ...]
    holder: str
    area: str
    day: date | None
    units: tuple[Unit, ...]
    bases: Mapping[tuple[str, str], int]
    base_sources: tuple[str, ...]


@lru_cache(maxsize=1)
def ready_forms() -> tuple[ReadyForm, ...]:
    """The forms that come with the house."""
    told = tomllib.loads(READY.read_text(encoding="utf-8"))["form"]
    return tuple(_ready(one) for one in told)


def forms_of(*, has_ended: bool, viewer: Viewer, at: datetime) -> tuple[FormLine, ...]:
    """Forms in use or ended, the newest first; two queries.

    Whoever makes forms sees all of them; others those that somebody whom they may know reports on.
    """
    over = Q(ended_at__lte=at)
    rows = ReportForm.objects.filter(over if has_ended else ~over | Q(ended_at__isnull=True))
    if not viewer.may(FORMS):
        known = Reporter.objects.filter(whose.visible(viewer), form=OuterRef("pk"))
        rows = rows.filter(Exists(known))
    open_ones = Count("reporters", filter=Q(reporters__ended_at__isnull=True))
    found = list(rows.annotate(n_open=open_ones).order_by("-created_at", "id"))
    makers = names(one.created_by for one in found)
    return tuple(
        FormLine(one, makers.get(one.created_by, ""), one.n_open, has_ended) for one in found
    )


def form_of(form_id: UUID) -> ReportForm:
    """One form; MissingError where there is none."""
    found = ReportForm.objects.select_related("follows").filter(id=form_id).first()
    if found is None:
        raise MissingError
    return found


def maker_of(form: ReportForm) -> str:
    """Who made it, by name; one query."""
    return names([form.created_by]).get(form.created_by, "")


def next_version(form: ReportForm) -> ReportForm | None:
    """The form that stands in its place since; one query."""
    return ReportForm.objects.filter(follows=form).first()


def reporters_of(
    form: ReportForm, *, viewer: Viewer, at: datetime, page: object, has_ended: bool = False
) -> Page[ReporterLine]:
    """Who reports on a form, as far as the viewer may know of it, area by area; six queries."""
    over = Q(ended_at__lte=at)
    rows = _rows().filter(whose.visible(viewer), form=form)
    rows = rows.filter(over if has_ended else ~over | Q(ended_at__isnull=True))
    found: Page[Reporter] = numbered(rows.order_by("area__path", "created_at", "id"), page)
    lines = _lines(found.rows, at=at)
    return Page(lines, found.number, found.n_pages, found.n_rows, found.size)


def reporter_of(reporter_id: UUID, *, viewer: Viewer) -> Reporter:
    """One that the viewer may know of, and reports for or names; else MissingError."""
    row = _rows().filter(whose.visible(viewer), id=reporter_id).first()
    if row is None or not (viewer.may(REPORT) or viewer.may(FORMS)):
        raise MissingError
    return row


def reports_on(form: ReportForm, *, viewer: Viewer) -> bool:
    """Whether the viewer may know of anybody who reports on the form; one query."""
    return Reporter.objects.filter(whose.visible(viewer), form=form).exists()


def filled(reporter: Reporter, day: date) -> FilledForm:
    """The reporter's form for a day, with the units that it covers; at most three queries."""
    form = reporter.form
    below = locations.descendants(reporter.area.id, Level(form.level))
    own = covered(reporter, below)
    units = tuple(one for one in below if one.id in own)
    columns = columns_of(form.columns)
    bases, sources = _bases(columns, units, day)
    return FilledForm(
        form, columns, name_of(reporter), reporter.area.name, day, units, bases, sources
    )


def bare(form: ReportForm) -> FilledForm:
    """The form as nobody has filled it in; no query."""
    return FilledForm(form, columns_of(form.columns), "", "", None, (), {}, ())


def _rows() -> "QuerySet[Reporter]":
    return Reporter.objects.select_related("form", "area", "unit", "organisation")


def _ready(told: Mapping[str, Any]) -> ReadyForm:
    form = NewForm(
        number=told["number"],
        title=told["title"],
        heading=told["heading"],
        attached_to=told["attached_to"],
        level=told["level"],
        columns=columns_of(told["columns"]),
        due_time=told["due_time"],
        table_time=told["table_time"],
    )
    return ReadyForm(told["name"], form, told["source"])


def _lines(rows: Sequence[Reporter], *, at: datetime) -> tuple[ReporterLine, ...]:
    today = at.astimezone(clock.TZ).date()
    until = clock.day_end(today) + AHEAD
    ahead = owed.times([one.duty for one in rows], first=today, last=until.date())
    due: dict[UUID, owed.Time] = {}
    for time in ahead:
        if time.state is State.OPEN and time.due_at > at:
            due.setdefault(time.duty_id, time)
    units = locations.units({unit for one in rows for unit in one.covers})
    known: dict[str, str] = {str(key): unit.short_name for key, unit in units.items()}
    return tuple(
        ReporterLine(
            reporter=one,
            name=name_of(one),
            area=one.area.name,
            covers=tuple(known.get(unit, unit) for unit in one.covers),
            next_due=due.get(one.duty),
            is_over=one.ended_at is not None and one.ended_at <= at,
        )
        for one in rows
    )


def _bases(
    columns: Sequence[FormColumn], units: Sequence[Unit], day: date
) -> tuple[dict[tuple[str, str], int], tuple[str, ...]]:
    """What anyone may know of the bases on a day; where a sum lacks parts, it is no base."""
    elements = bases_of(columns)
    if not elements or not units:
        return {}, ()
    moment = moment_of(clock.day_end(day), None)
    ids = [unit.id for unit in units]
    facts = latest_facts(ids, moment, unpublished=False, elements=elements)
    known = [one for one in facts if not one.lacking and one.value > 0]
    found = {(one.element, one.unit_id): one.value for one in known}
    return found, tuple(dict.fromkeys(one.source for one in known))
