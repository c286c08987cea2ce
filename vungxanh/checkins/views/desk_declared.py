"""Whether a point lets in who did not declare that day: decided on the point's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vungxanh.checkins.actions.declared_first import drop_at_point, need_at_point
from vungxanh.checkins.queries import desk as queries
from vungxanh.core import clock
from vungxanh.core.access import viewer_of


@require_POST
def declared_first(request: HttpRequest, point_id: int) -> HttpResponse:
    """Need a declaration of the day to go in, or need it no longer."""
    viewer = viewer_of(request)
    row = queries.point_for(viewer, point_id, acting=True)
    if request.POST.get("can") == "co":
        need_at_point(point=row, by=viewer, at=clock.now())
        messages.success(request, _("Từ nay ai chưa khai báo trong ngày thì chưa được vào."))
    else:
        drop_at_point(point=row, by=viewer, at=clock.now())
        messages.success(request, _("Từ nay chưa khai báo thì chỉ nhắc, vẫn được vào."))
    return redirect("checkins-point", row.pk)
