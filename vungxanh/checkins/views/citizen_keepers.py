"""Keepers of one's own point; and a point that somebody else gave one to keep."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.forms.keepers import KeeperForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import own_points
from vungxanh.checkins.queries.keepers import kept_point
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.values.kinds import KINDS, LIVING, STATE_WORDS, Kind, State
from vungxanh.checkins.views import keeping
from vungxanh.checkins.views.citizen_points import TONES, code_shown, door_shown
from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.preferences import reader_language
from vungxanh.locations.values.hours import hours_of_wire
from vungxanh.locations.values.week import text_of_hours
from vungxanh.protocol.places import short_codes

KEEPERS = "checkins-me_keepers"


@never_cache
@require_http_methods(["GET", "POST"])
def keepers(request: HttpRequest, code: str) -> HttpResponse:
    """Who keeps the point; another is named by a number."""
    by = citizen_of(request)
    row = own_point(by, code)
    form = KeeperForm(request.POST or None)
    status = keeping.named(request, form, row, by=by) if request.method == "POST" else 200
    if status is not None:
        return _page(request, row, form, status=status)
    return redirect(KEEPERS, row.code)


@never_cache
@require_POST
def end(request: HttpRequest, code: str, keeper_id: UUID) -> HttpResponse:
    """Take the right of a keeper back."""
    by = citizen_of(request)
    row = own_point(by, code)
    keeping.take_back(request, row, keeper_id, by=by)
    return redirect(KEEPERS, row.code)


@never_cache
@require_GET
def kept(request: HttpRequest, code: str) -> HttpResponse:
    """A point that one keeps: whether it holds, its codes to compare with, no contact."""
    row = kept_point(citizen_of(request), code)
    doors = own_points.door_codes(row, clock.now())
    state = State(row.state)
    context = {
        "point": row,
        "is_living": row.state in LIVING,
        "shown_code": short_codes.shown(row.code),
        "place": own_points.place_of(row),
        "kind": KINDS[Kind(row.kind)].words.in_language(reader_language()),
        "hours": text_of_hours(hours_of_wire(row.hours)),
        "whole": code_shown(request, doors[0], row),
        "doors": [door_shown(one) for one in doors if one.number],
        "tone": TONES[state],
        "state_words": STATE_WORDS[state].in_language(reader_language()),
    }
    return render(request, "checkins/me/kept.html", context)


def _page(request: HttpRequest, row: Point, form: KeeperForm, *, status: int) -> HttpResponse:
    context = keeping.shown(row, form, whole=True)
    return render(request, "checkins/me/keepers.html", context, status=status)
