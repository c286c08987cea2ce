"""Pages of the room: the search for a unit of either era, and a unit's page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.locations import overview, queries
from vungxanh.locations.values import BadDayError

LIMIT = 20
LONGEST = 80


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Units by name, typed with or without accents; asked by a script, only the list."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.search_located(text, LIMIT + 1)
    context = {
        "text": text,
        "vx_search_text": text,
        "found": overview.found_lines(found[:LIMIT], get_language() or "vi"),
        "is_cut": len(found) > LIMIT,
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "locations/_found.html" if is_fragment else "locations/search.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


@require_GET
def unit(request: HttpRequest, unit_id: str) -> HttpResponse:
    """What a unit is, was and became, as seen on a day (`ngay`, today if not given)."""
    found = queries.unit(unit_id)
    page = overview.place_page(found, _day(request), get_language() or "vi")
    return render(request, "locations/unit.html", {"page": page})


def _day(request: HttpRequest) -> date:
    text = request.GET.get("ngay", "").strip()
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadDayError(text) from wrong
