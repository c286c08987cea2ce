"""Pages of the room: the search for a unit of either era, and a unit's page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.locations import overview, queries
from vungxanh.locations.values import BadDayError

LIMIT = 20
LONGEST = 200


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Units by name or address, with or without accents; asked by a script, only the list."""
    text, lang = request.GET.get("q", "").strip()[:LONGEST], reader_language()
    on, fault = _asked_day(request)
    context = {
        "text": text,
        "vx_search_text": text,
        "on": on,
        "fault": fault,
        "page": overview.found_page(text, on, most=LIMIT, lang=lang) if text else None,
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
    page = overview.place_page(found, _day(request), reader_language())
    return render(request, "locations/unit.html", {"page": page})


def _asked_day(request: HttpRequest) -> tuple[date | None, str]:
    """The day that a search is narrowed to, or what is wrong with what was written."""
    try:
        return _written_day(request), ""
    except BadDayError as refusal:
        return None, refusal.words.in_language(reader_language())


def _day(request: HttpRequest) -> date:
    return _written_day(request) or clock.today()


def _written_day(request: HttpRequest) -> date | None:
    text = request.GET.get("ngay", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadDayError(text) from wrong
