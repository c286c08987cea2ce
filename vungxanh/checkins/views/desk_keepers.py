"""Keepers of a point of the officer's area; their numbers are shown masked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.checkins.actions.keeping import end_keeper, name_keeper
from vungxanh.checkins.forms.keepers import AnyKeeperForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.desk import point_for
from vungxanh.checkins.queries.keepers import keepers_of
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.views.desk_shown import crumbs
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError

KEEPERS = "checkins-point_keepers"


@never_cache
@require_http_methods(["GET", "POST"])
def keepers(request: HttpRequest, point_id: int) -> HttpResponse:
    """Who keeps the point; another is named by a number or an account's address."""
    viewer = viewer_of(request)
    row = point_for(viewer, point_id, acting=True)
    form = AnyKeeperForm(request.POST or None)
    if request.method == "GET":
        return _page(request, row, AnyKeeperForm())
    if not form.is_valid():
        return _page(request, row, form, status=REFUSED_INPUT)
    try:
        name_keeper(point=row, who=form.cleaned_data["who"], by=viewer, at=clock.now())
    except RefusalError as refusal:
        form.add_error("who", refusal.words.in_language(reader_language()))
        return _page(request, row, form, status=status_of(refusal))
    messages.success(request, _("Đã giao quyền trực. Thôi quyền lúc nào cũng được."))
    return redirect(KEEPERS, row.pk)


@require_POST
def end(request: HttpRequest, point_id: int, keeper_id: UUID) -> HttpResponse:
    """Take the right of a keeper back."""
    viewer = viewer_of(request)
    row = point_for(viewer, point_id, acting=True)
    if end_keeper(point=row, keeper_id=keeper_id, by=viewer, at=clock.now()):
        messages.success(request, _("Đã thôi quyền trực. Người đó không còn thấy điểm."))
    return redirect(KEEPERS, row.pk)


def _page(
    request: HttpRequest, row: Point, form: AnyKeeperForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "point": row,
        "is_living": row.state in LIVING,
        "keepers": keepers_of(row, whole=False),
        "form": form,
        "crumbs": [*crumbs(), {"label": row.name, "url": f"/diem/{row.pk}/"}],
    }
    return render(request, "checkins/desk/keepers.html", context, status=status)
