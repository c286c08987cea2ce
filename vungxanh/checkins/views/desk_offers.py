"""A point without an owner is offered to a new one, by officers of its area."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.checkins.actions.offering import offer_point, withdraw_offer
from vungxanh.checkins.forms.desk import OfferForm, refuse
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.desk import point_for
from vungxanh.checkins.queries.offers import may_be_given, offer_of
from vungxanh.checkins.views.desk_shown import crumbs, shown_point
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.refusals import RefusalError


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, point_id: int) -> HttpResponse:
    """Name the number of the new owner, or take an offer back; who they are is not shown."""
    viewer, at = viewer_of(request), clock.now()
    row = point_for(viewer, point_id, acting=True)
    if request.method == "GET":
        return _page(request, row, OfferForm())
    if request.POST.get("viec") == "thoi":
        if withdraw_offer(point=row, by=viewer, at=at):
            messages.success(request, _("Đã rút lời giao."))
        return redirect("checkins-point_offer", row.pk)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=REFUSED_INPUT)
    try:
        offer_point(point=row, phone=form.cleaned_data["contact_phone"], by=viewer, at=at)
    except RefusalError as refusal:
        refuse(form, refusal)
        return _page(request, row, form, status=status_of(refusal))
    messages.success(request, _("Đã giao. Người có số này nhận ở mục “Điểm của tôi” trên máy họ."))
    return redirect("checkins-point_offer", row.pk)


def _page(request: HttpRequest, row: Point, form: OfferForm, *, status: int = 200) -> HttpResponse:
    context = {
        "point": shown_point(row),
        "may_be_given": may_be_given(row),
        "offer": offer_of(row, clock.now()),
        "form": form,
        "crumbs": crumbs(row, _("Giao cho chủ mới")),
    }
    return render(request, "checkins/desk/offer.html", context, status=status)
