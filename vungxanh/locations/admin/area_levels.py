"""Pages of area levels: all communes on a day, and one unit through time with ways to set it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.drawings.cells import Sheet
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link
from vungxanh.documents import vietnamese
from vungxanh.engines.arealevels import LEVEL_WORDS, LEVELS, Assessment
from vungxanh.locations import queries as places
from vungxanh.locations.actions import area_levels as actions
from vungxanh.locations.forms.area_levels import LevelForm
from vungxanh.locations.queries import area_levels as queries
from vungxanh.locations.values import (
    REFORM,
    TREES,
    Colours,
    Level,
    Shade,
    Unit,
    drawn_sheet,
    tree_on,
)
from vungxanh.locations.values.area_levels import (
    WAY_WORDS,
    AreaLevelRefusedError,
    Decision,
    LevelOn,
)
from vungxanh.locations.values.entries import written_day
from vungxanh.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One unit of the list; `level` None where none was set by the day."""

    unit: Unit
    url: str
    level: int | None
    words: str
    since: date | None
    way: str
    is_invented: bool


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many units have a level, 0 for those without one."""

    level: int
    words: str
    n_units: int


@require_GET
def area_levels(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The levels of a unit's communes on a day: colour, number and words, never colour alone."""
    unit, day = places.unit(unit_id), _day(request, unit_id)
    below = places.descendants(unit.id, Level.COMMUNE) or (unit,)
    ended = _ended(unit, day)
    standing = {} if ended else queries.levels_on([one.id for one in below], day)
    titles = _titles()
    rows = [_row(one, standing.get(one.id), titles) for one in below]
    context = {
        "unit": unit,
        "crumbs": _crumbs(unit),
        "day": day,
        "ended": ended,
        "rows": [row for row in rows if row.level],
        "unset": [row for row in rows if not row.level],
        "n_units": len(rows),
        "counts": _counts(rows),
        "n_set": len(standing),
        "has_invented": any(row.is_invented for row in rows),
        "map": _map(unit, rows) if standing else None,
    }
    return render(request, "locations/area_levels.html", context)


@require_http_methods(["GET", "POST"])
def area_level(request: HttpRequest, unit_id: str) -> HttpResponse:
    """One unit's levels through time; leaders look what the rule tells, then keep or decide."""
    unit = places.unit(unit_id)
    form = LevelForm(request.POST or None, initial={"on": written_day(clock.today())})
    told: Assessment | None = None
    if request.method == "POST":
        actions.must_set(viewer_of(request), unit.id)
        if form.is_valid():
            told, is_done = _answered(request, unit, form)
            if is_done:
                messages.success(request, _("Đã ghi cấp độ."))
                return HttpResponseRedirect(reverse("locations-area_level", args=[unit.id]))
    context = {
        "unit": unit,
        "crumbs": _crumbs(unit),
        "ended": _ended(unit, clock.today()),
        "history": _told_of(queries.history(unit.id)),
        "form": form,
        "told": _explained(told) if told else None,
        "may_set": queries.may_set(viewer_of(request), unit),
    }
    status = 422 if form.errors else 200
    return render(request, "locations/area_level.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, unit_id: str, level_id: UUID) -> HttpResponse:
    """Take a level back."""
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw_level(
            level_id=level_id, reason=reason, by=viewer_of(request), at=clock.now()
        )
    except AreaLevelRefusedError as refusal:
        messages.error(request, refusal.words.in_language(reader_language()))
    else:
        messages.info(request, _("Đã rút cấp độ; lịch sử vẫn giữ."))
    return HttpResponseRedirect(reverse("locations-area_level", args=[unit_id]))


def _answered(request: HttpRequest, unit: Unit, form: LevelForm) -> tuple[Assessment | None, bool]:
    """What the rule tells, and whether something was kept; refusals stand at their field."""
    said, now = form.cleaned_data, clock.now()
    inputs = form.inputs()
    try:
        if said["act"] == "decide":
            actions.decide_level(
                unit_id=unit.id,
                on=said["on"],
                level=int(said["level"] or 0),
                decision=Decision(said["body"], said["number"]),
                inputs=inputs,
                by=viewer_of(request),
                at=now,
            )
            return None, True
        if said["act"] == "keep":
            actions.compute_level(
                unit_id=unit.id, on=said["on"], inputs=inputs, by=viewer_of(request), at=now
            )
            return None, True
        return actions.assessed(unit_id=unit.id, on=said["on"], inputs=inputs), False
    except RefusalError as refusal:
        field = {"decision": "number"}.get(refusal.field or "", refusal.field)
        place = field if field in form.fields else None
        form.add_error(place, refusal.words.in_language(reader_language()))
        return None, False


def _row(unit: Unit, found: LevelOn | None, titles: Mapping[str, str]) -> LevelRow:
    lang = reader_language()
    return LevelRow(
        unit=unit,
        url=reverse("locations-area_level", args=[unit.id]),
        level=found.level if found else None,
        words=found.words.in_language(lang) if found else _("chưa có cấp độ"),
        since=found.since if found else None,
        way=_way(found, titles) if found else "",
        is_invented=bool(found and found.is_invented),
    )


def _way(found: LevelOn, titles: Mapping[str, str]) -> str:
    words = WAY_WORDS[found.way].in_language(reader_language())
    if found.decision is None:
        version = found.version or ""
        return f"{words}: {titles.get(version, version)}"
    return f"{words} {found.decision.number}, {found.decision.body}"


def _titles() -> dict[str, str]:
    """What the versions of the criteria are called; one query."""
    return {one.version: one.title.in_language(reader_language()) for one in queries.all_criteria()}


def _map(unit: Unit, rows: Iterable[LevelRow]) -> Sheet | None:
    """The map of the communes of a list, each coloured by its level and saying it in words."""
    sheet, known = places.sheet(unit.id), {row.unit.id: row for row in rows}
    if sheet is None or not known.keys() >= set(sheet.unit_ids):
        return None
    named = tuple(
        replace(one, name=f"{one.name}: {known[one.unit_id].words}") for one in sheet.shapes
    )
    shades = {key: Shade(band=row.level or 0) for key, row in known.items()}
    return drawn_sheet(
        replace(sheet, shapes=named),
        Colours(url=lambda key: known[key].url, shades=shades),
        sentence=_("Sơ đồ cấp độ dịch của %(name)s") % {"name": unit.name},
        note=sheet.note.in_language(reader_language()),
    )


def _counts(rows: Iterable[LevelRow]) -> list[LevelCount]:
    levels = [row.level or 0 for row in rows]
    words = {n: LEVEL_WORDS[n].in_language(reader_language()) for n in LEVELS} | {
        0: _("chưa có cấp độ")
    }
    return [LevelCount(n, words[n], levels.count(n)) for n in (*LEVELS, 0)]


def _told_of(history: Iterable[LevelOn]) -> list[dict[str, object]]:
    """The lines of a history, newest first; one of them stands today."""
    titles, today, known = _titles(), clock.today(), tuple(history)
    begun = (one.id for one in known if one.withdrawn_at is None and one.since <= today)
    newest = next(begun, None)
    return [
        _told(one, titles) | {"is_newest": one.id == newest, "is_ahead": one.since > today}
        for one in known
    ]


def _ended(unit: Unit, on: date) -> str:
    """That a unit does not exist on a day, so that no level of it stands."""
    if unit.tree == tree_on(on):
        return ""
    day = {"name": unit.name, "day": vietnamese.date(REFORM, reader_language())}
    if unit.valid_to is None:
        return _("%(name)s có từ %(day)s; ngày này chưa có cấp độ.") % day
    return _("%(name)s không còn từ %(day)s; cấp độ đã ghi là của thời kỳ trước.") % day


def _told(found: LevelOn, titles: Mapping[str, str]) -> dict[str, object]:
    inputs = found.inputs
    population, n_cases = inputs.population, inputs.n_new_cases
    return {
        "level": found,
        "words": found.words.in_language(reader_language()),
        "way": _way(found, titles),
        "inputs": None
        if n_cases is None or population is None
        else {"cases": n_cases, "population": population, "source": inputs.population_source}
        | {"adults": inputs.n_adults, "dosed": inputs.n_adults_dosed},
    }


def _explained(told: Assessment) -> dict[str, object]:
    """What the rule tells, in words: the level, the inputs that decided, what is missing."""
    lang = reader_language()
    known = {step.name: step.label.in_language(lang) for step in told.steps}
    return {
        "level": told.level,
        "words": LEVEL_WORDS[told.level].in_language(lang) if told.level else "",
        "possible": ", ".join(str(level) for level in told.possible),
        "decides": [known[step.name] for step in told.steps if step.decides],
        "missing": [known.get(name, _("bảng phân cấp")) for name, _why in told.missing],
        "steps": [(known[s.name], _shown(s.value, lang), s.decides) for s in told.steps],
        "is_held": told.is_held,
        "is_verified": told.is_verified,
        "version": told.version,
    }


def _shown(value: object, lang: str) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, Fraction):
        return vietnamese.share(
            vietnamese.rounded(Decimal(value.numerator) / value.denominator), lang
        )
    return "–" if value is None else str(value)


def _crumbs(unit: Unit) -> list[Link]:
    chain = (*places.ancestors(unit.id), unit)
    above = [Link(u.bare_name, reverse("locations-unit", args=[u.id])) for u in chain]
    return [*above, Link(_("Cấp độ dịch"))]


def _day(request: HttpRequest, unit_id: str) -> date:
    """The day asked for; today, or the last day of a tree that holds no more."""
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        ends = TREES[unit_id.partition(":")[0]][1]
        return min(clock.today(), ends - timedelta(days=1)) if ends else clock.today()
