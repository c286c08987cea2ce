"""The first page of accounts that own or keep points, and of organisations: only what is theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.accounts.values.acting import organisations_of
from vungxanh.checkins.queries.own_places import own_lines, own_place, own_premises
from vungxanh.checkins.queries.own_points import PointLine
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.views.desk_shown import TONES
from vungxanh.checkins.views.posters import poster_of
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark

_KEEPER = frozenset({"point_keeper"})


@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own points, and the premises of one's organisation with what they lack."""
    viewer = viewer_of(request)
    points, premises = own_lines(viewer), own_premises(viewer)
    context = {
        "rows": [{"row": one, **_shown(one)} for one in points],
        "premises": [
            {"row": one, "kind": one.kind.in_language(reader_language())} for one in premises
        ],
        "n_lacking": sum(not one.is_registered and not one.is_exempt for one in premises),
        "n_mend": sum(one.mend_by is not None for one in points),
        "acts": bool(organisations_of(viewer.scopes)),
        "keeps_only": viewer.roles <= _KEEPER,
        "is_organisations": not viewer.roles.isdisjoint({"workplace_manager", "school"}),
    }
    return render(request, "checkins/own.html", context)


@never_cache
@require_GET
def poster(request: HttpRequest, point_id: int) -> HttpResponse:
    """The poster of one of these points."""
    viewer = viewer_of(request)
    return poster_of(request, own_place(viewer, point_id), viewer)


def _shown(one: PointLine) -> dict[str, object]:
    words = one.state_words.in_language(reader_language())
    return {
        "kind": one.kind.in_language(reader_language()),
        "mark": Mark(TONES[one.state], words),
        "is_living": one.state in LIVING,
    }
