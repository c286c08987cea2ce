"""What everybody may know of declarations: days that are over, small counts withheld."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.queries.form_names import form_names
from vungxanh.declarations.queries.placing import below
from vungxanh.declarations.queries.told_days import (
    Told,
    country_then,
    course_of,
    days_told,
    told_day,
)
from vungxanh.declarations.values.figures import WAY_WORDS
from vungxanh.declarations.values.states import Way
from vungxanh.locations.values import Unit, UnitId, registry


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with all, with and without signs; None where it is withheld."""

    name: str
    url: str
    counts: tuple[int | None, ...]


@require_GET
def told_figures(request: HttpRequest) -> HttpResponse:
    """A told day by unit; of the country by form and way too."""
    told = told_day(_day(request.GET.get("ngay", "")))
    if told is None:
        if request.GET.get("ngay"):
            raise MissingError
        return render(request, "declarations/figures/public.html", {"told": None})
    unit = _unit(request.GET.get("dia-ban", "")[:40].strip(), told)
    is_country = unit.id == country_then(told)
    course = course_of(unit.id)
    return render(
        request,
        "declarations/figures/public.html",
        {
            "told": told,
            "unit": unit,
            "counts": told.of(unit.id),
            "crumbs": _crumbs(unit, told.day),
            "rows": _rows(unit, told),
            "tables": _kinds(told) if is_country else [],
            "days": days_told(),
            "course": course if len(course) > 1 else [],
            "below": told.least - 1,
        },
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise MissingError from None


def _unit(asked: str, told: Told) -> Unit:
    """The unit asked for, of the era of the day; the country where none is."""
    unit = registry().unit(UnitId(asked or country_then(told)))
    if unit.tree != told.tree:
        raise MissingError
    return unit


def _rows(unit: Unit, told: Told) -> list[Row]:
    """Every unit right below, also those of which nobody declared."""
    rows = [
        Row(one.name, _address(one.id, told.day), tuple(told.of(one.id))) for one in below(unit.id)
    ]
    return sorted(rows, key=lambda row: (-(row.counts[0] or 0), row.name))


def _kinds(told: Told) -> list[tuple[str, list[tuple[str, int | None]]]]:
    lang = reader_language()
    names = form_names(lang)
    forms = [(names.get(code, code), n) for code, n in told.forms.items()]
    ways = [(WAY_WORDS[Way(way)].in_language(lang), n) for way, n in told.ways.items()]
    tables = [(_("Theo biểu mẫu"), forms), (_("Theo cách khai"), ways)]
    return [(title, rows) for title, rows in tables if rows]


def _crumbs(unit: Unit, day: date) -> list[dict[str, str]]:
    return [
        {"label": registry().unit(one).name, "url": "" if one == unit.id else _address(one, day)}
        for one in unit.chain
    ]


def _address(unit_id: str, day: date) -> str:
    said = {"dia-ban": unit_id, "ngay": day.isoformat()}
    return f"{reverse('declarations-public_figures')}?{urlencode(said)}"
