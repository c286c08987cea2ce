"""Keepers of a point of the officer's area; their numbers are shown masked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.checkins.forms.keepers import AnyKeeperForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.desk import point_for
from vungxanh.checkins.views import keeping
from vungxanh.checkins.views.desk_shown import crumbs
from vungxanh.core.access import viewer_of

KEEPERS = "checkins-point_keepers"


@never_cache
@require_http_methods(["GET", "POST"])
def keepers(request: HttpRequest, point_id: int) -> HttpResponse:
    """Who keeps the point; another is named by a number or an account's address."""
    viewer = viewer_of(request)
    row = point_for(viewer, point_id, acting=True)
    form = AnyKeeperForm(request.POST or None)
    status = keeping.named(request, form, row, by=viewer) if request.method == "POST" else 200
    if status is not None:
        return _page(request, row, form, status=status)
    return redirect(KEEPERS, row.pk)


@require_POST
def end(request: HttpRequest, point_id: int, keeper_id: UUID) -> HttpResponse:
    """Take the right of a keeper back."""
    viewer = viewer_of(request)
    row = point_for(viewer, point_id, acting=True)
    keeping.take_back(request, row, keeper_id, by=viewer)
    return redirect(KEEPERS, row.pk)


def _page(request: HttpRequest, row: Point, form: AnyKeeperForm, *, status: int) -> HttpResponse:
    context = keeping.shown(row, form, whole=False)
    context["crumbs"] = [*crumbs(), {"label": row.name, "url": f"/diem/{row.pk}/"}]
    return render(request, "checkins/desk/keepers.html", context, status=status)
