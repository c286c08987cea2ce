"""The own calendar address, and the calendar that it opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.duties import actions, queries


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What the address is for; make, replace or remove it."""
    context = {"has_feed": queries.has_feed(viewer_of(request))}
    return render(request, "duties/calendar.html", context)


@never_cache
@require_POST
def make_calendar(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once; the one before ends."""
    secret = actions.make_feed(by=viewer_of(request), at=clock.now())
    address = request.build_absolute_uri(reverse("duties-feed", args=[secret]))
    context = {"has_feed": True, "address": address}
    return render(request, "duties/calendar.html", context)


@require_POST
def remove_calendar(request: HttpRequest) -> HttpResponse:
    """The address opens nothing any longer."""
    actions.remove_feed(by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã bỏ địa chỉ lịch. Lịch trên máy không cập nhật nữa."))
    return redirect("duties-calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whom the secret belongs to; nothing for any other."""
    at = clock.now()
    viewer = queries.feed_viewer(secret, at=at)
    answer = HttpResponse(
        queries.calendar_of(viewer, at=at), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'inline; filename="vung-xanh.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
