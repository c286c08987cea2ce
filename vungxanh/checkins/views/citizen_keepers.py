"""Keepers of one's own point; and a point that somebody else gave one to keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.actions.keeping import end_keeper, name_keeper
from vungxanh.checkins.forms.keepers import KeeperForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import own_points
from vungxanh.checkins.queries.keepers import keepers_of, kept_point
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.values.kinds import KINDS, LIVING, STATE_WORDS, Kind, State
from vungxanh.checkins.views.citizen_points import TONES, code_shown, door_shown
from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.locations.values.hours import hours_of_wire
from vungxanh.locations.values.week import text_of_hours
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError

KEEPERS = "checkins-me_keepers"


@never_cache
@require_http_methods(["GET", "POST"])
def keepers(request: HttpRequest, code: str) -> HttpResponse:
    """Who keeps the point; another is named by a number."""
    by = citizen_of(request)
    row = own_point(by, code)
    form = KeeperForm(request.POST or None)
    if request.method == "GET":
        return _page(request, row, KeeperForm())
    if not form.is_valid():
        return _page(request, row, form, status=REFUSED_INPUT)
    try:
        name_keeper(point=row, who=form.cleaned_data["who"], by=by, at=clock.now())
    except RefusalError as refusal:
        form.add_error("who", refusal.words.in_language(reader_language()))
        return _page(request, row, form, status=status_of(refusal))
    messages.success(request, _("Đã giao quyền trực. Thôi quyền lúc nào cũng được."))
    return redirect(KEEPERS, row.code)


@never_cache
@require_POST
def end(request: HttpRequest, code: str, keeper_id: UUID) -> HttpResponse:
    """Take the right of a keeper back."""
    by = citizen_of(request)
    row = own_point(by, code)
    if end_keeper(point=row, keeper_id=keeper_id, by=by, at=clock.now()):
        messages.success(request, _("Đã thôi quyền trực. Người đó không còn thấy điểm."))
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


def _page(request: HttpRequest, row: Point, form: KeeperForm, *, status: int = 200) -> HttpResponse:
    context = {
        "point": row,
        "is_living": row.state in LIVING,
        "keepers": keepers_of(row, whole=True),
        "form": form,
    }
    return render(request, "checkins/me/keepers.html", context, status=status)
