"""Pages of the room: the search for a unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vungxanh.locations import queries

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
        "found": found[:LIMIT],
        "is_cut": len(found) > LIMIT,
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "locations/_found.html" if is_fragment else "locations/search.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response
