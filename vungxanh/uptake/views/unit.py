"""Pages that read: a unit, two of its dates beside each other, a figure's lineage, exports."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.locations import queries as locations
from vungxanh.locations.values import CURRENT_TREE, Unit, country_of
from vungxanh.uptake import exports, queries, rules
from vungxanh.uptake.forms.figures import typed_date
from vungxanh.uptake.overview import Look, compose, eras, live, see
from vungxanh.uptake.overview.comparison import comparison
from vungxanh.uptake.queries.reporting import lacking
from vungxanh.uptake.values import ELEMENTS, INDICATORS, OWN_KIND, REPORTED, Lineage, Moment

SORTS = {
    "numerator", "base", "other_base", "other_share", "other_rank", "change", "needed"
}  # fmt: skip


def home(request: HttpRequest) -> HttpResponse:
    """To one's own unit, today's before a former one; the public to the country of the figures."""
    units = sorted(viewer_of(request).units, key=lambda one: (not is_of_today(one), one))
    asked = units[0] if units else country_of(queries.tree_of_figures())
    return HttpResponseRedirect(reverse("uptake-unit", args=[asked]))


def is_of_today(unit_id: str) -> bool:
    """Whether a unit is one of today's tree."""
    return unit_id.startswith(f"{CURRENT_TREE}:")


def unit(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The overview of a unit: findings, key figures, map, ranking, target."""
    found = locations.unit(unit_id)
    page = compose(viewer_of(request), found, look_of(request))
    return render(request, "uptake/unit.html", {"page": page})


@never_cache
def live_counts(request: HttpRequest, unit_id: str) -> HttpResponse:
    """What is counted this second, as the unit's page fetches it anew."""
    found = locations.unit(unit_id)
    lang = reader_language()
    counted = live.live_counts(viewer_of(request), found, at=clock.now(), lang=lang)
    return render(request, "uptake/_live_counts.html", {"live": counted})


def compare(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Two dates of a unit side by side, with a flag where the base changed."""
    found = locations.unit(unit_id)
    scene = see(viewer_of(request), found, look_of(request))
    return render(request, "uptake/compare.html", {"page": comparison(scene)})


def lineage(request: HttpRequest, unit_id: str, element: str) -> HttpResponse:
    """Where one number comes from, as of when, known since when, and what it replaced."""
    found = locations.unit(unit_id)
    if element not in ELEMENTS:
        raise MissingError
    look = look_of(request)
    moment = queries.moment_of(clock.day_end(look.as_of) if look.as_of else None, look.known_at)
    node = queries.tree(viewer_of(request), found, moment)
    revisions = queries.lineage(viewer_of(request), found, element, moment=moment)
    context = {
        "unit": found,
        "crumbs": crumbs(found),
        "element": ELEMENTS[element].label.in_language(look.lang),
        "moment": moment,
        "revisions": told_of_reports(found, revisions),
        "used": next((one for one in revisions if not is_beside(one, element)), None),
        "whole": rules.figure(node, element),
        "parts": [(part.unit, rules.figure(part, element)) for part in node.parts],
        "carried": eras.carried_rows(node, element, look.lang),
        "eras": eras.switch(found, lambda other: _lineage_url(other, element, moment)),
        "ways": eras.ways(found),
    }
    return render(request, "uptake/lineage.html", context)


def told_of_reports(
    found: Unit, revisions: Sequence[Lineage]
) -> list[tuple[Lineage, tuple[str, ...], str]]:
    """Each revision with the reporters that are missing in it, and its day's table's address."""
    known = lacking.of_tables((one.submission_id for one in revisions), found.id)
    nothing = lacking.OfTable(None, ())
    tables = [known.get(one.submission_id, nothing) for one in revisions]
    return [
        (one, table.lacking, _table_url(table.day_table))
        for one, table in zip(revisions, tables, strict=True)
    ]


def is_beside(one: Lineage, element: str) -> bool:
    """Whether a revision is an own count that stands beside what is reported, never in use."""
    return one.source_kind == OWN_KIND and element in REPORTED


def _table_url(table: UUID | None) -> str:
    return reverse("uptake-day_table", args=[table]) if table else ""


def _lineage_url(unit_id: str, element: str, moment: Moment) -> str:
    day = moment.as_of.astimezone(clock.TZ).date()
    return f"{reverse('uptake-lineage', args=[unit_id, element])}?den={day}"


def export(request: HttpRequest, unit_id: str, name: str) -> HttpResponse:
    """The table as the page shows it, as XLSX or CSV."""
    found = locations.unit(unit_id)
    if name not in SHEETS:
        raise MissingError
    made = exports.table_file(see(viewer_of(request), found, look_of(request)), Format(name))
    return attached(made)


def crumbs(unit: Unit) -> list[Link]:
    """Name and address of each unit from the country down to this one."""
    chain = (*locations.ancestors(unit.id), unit)
    return [Link(u.bare_name, reverse("uptake-unit", args=[u.id])) for u in chain]


def look_of(request: HttpRequest) -> Look:
    """The reader's choices from the address; what is not understood is left at its default."""
    asked = request.GET
    return Look(
        as_of=typed_date(asked.get("den")),
        known_at=_moment(asked.get("biet")),
        compare=typed_date(asked.get("so")),
        by=asked["theo"] if asked.get("theo") in INDICATORS else "population",
        sort=asked["xep"] if asked.get("xep") in SORTS else "rank",
        minimum_base=_count(asked.get("nen")),
        lang=reader_language(),
    )


def _moment(text: str | None) -> datetime | None:
    """A moment; without an offset it is a moment in Vietnam."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+")) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=clock.TZ)


def _count(text: str | None) -> int:
    """A count as people type it, "10.000"; anything else is no limit."""
    digits = (text or "").replace(".", "").replace(",", "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0
