"""Points that may be one place: side by side, merged or said to be two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.accounts.queries import units_of_text
from vungxanh.checkins.actions.merging import merge_points, say_two, unsay_two
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import desk as queries
from vungxanh.checkins.queries.pairs import MOST_PAIRS, are_two, suspected
from vungxanh.checkins.views.desk_shown import crumbs, doors_shown, shown_point
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import RefusalError

LONGEST = 120


@never_cache
@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs of the own area, or of one unit of it."""
    viewer = viewer_of(request)
    area, unit, fault = request.GET.get("dia-ban", "").replace("\0", "").strip()[:LONGEST], "", ""
    try:
        (unit,) = units_of_text(area, held=viewer.units)[:1] or ("",)
    except RefusalError as refusal:
        fault = refusal.words.in_language(reader_language())
    found = () if fault else suspected(viewer, unit)
    context = {
        "rows": [(shown_point(one), shown_point(other)) for one, other in found],
        "is_whole_page": len(found) == MOST_PAIRS,
        "area": area,
        "fault": fault,
        "must_say": not unit and any(one.endswith(":vn") for one in viewer.units),
        "crumbs": crumbs(None, _("Có thể trùng")),
    }
    return render(request, "checkins/desk/pairs.html", context, status=422 if fault else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, first_id: int, second_id: int) -> HttpResponse:
    """Two points side by side; merged into the one chosen, or said to be two."""
    viewer = viewer_of(request)
    is_post = request.method == "POST"
    one = queries.point_for(viewer, first_id, acting=is_post)
    other = queries.point_for(viewer, second_id, acting=is_post)
    if one.pk == other.pk or one.unit_id != other.unit_id:
        raise MissingError
    if not is_post:
        return _page(request, (one, other))
    try:
        return _done(request, (one, other), viewer)
    except RefusalError as refusal:
        return _page(request, (one, other), refusal.words.in_language(reader_language()))


def _done(request: HttpRequest, both: tuple[Point, Point], viewer: Viewer) -> HttpResponse:
    one, other = both
    what, at = request.POST.get("viec", ""), clock.now()
    here = reverse("checkins-pair", args=[one.pk, other.pk])
    if what == "khac":
        say_two(one=one, other=other, by=viewer, at=at)
        messages.success(request, _("Đã ghi: hai điểm khác nhau. Sẽ không nêu lại cặp này."))
        return HttpResponseRedirect(here)
    if what == "xem-lai":
        unsay_two(one=one, other=other, by=viewer, at=at)
        return HttpResponseRedirect(here)
    kept = {f"giu-{row.pk}": row for row in both}.get(what)
    if kept is None:
        return HttpResponseRedirect(here)
    gone = other if kept is one else one
    merge_points(
        kept=kept, merged=gone, reason=request.POST.get("ly-do", "")[:300], by=viewer, at=at
    )
    messages.success(request, _("Đã gộp. Mã của điểm kia nay dẫn đến điểm được giữ."))
    return HttpResponseRedirect(reverse("checkins-point", args=[gone.pk]))


def _page(request: HttpRequest, both: tuple[Point, Point], refused: str = "") -> HttpResponse:
    viewer = viewer_of(request)
    sides = [
        {
            "point": shown_point(row),
            "doors": list(
                doors_shown(
                    one for one in queries.entrances_of(row) if one.closed_at is None
                ).values()
            ),
            "n_good": sum(one.revoked_at is None for one in queries.codes_of(row)),
        }
        for row in both
    ]
    context = {
        "sides": sides,
        "two": are_two(*both),
        "refused": refused,
        "may_manage": all(queries.may_manage(viewer, row) for row in both),
        "crumbs": crumbs(None, _("Có thể trùng")),
    }
    status = 422 if refused else 200
    return render(request, "checkins/desk/pair.html", context, status=status)
