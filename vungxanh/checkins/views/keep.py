"""The keeper's page: the same for everybody and kept by phones, so it names no point and no person.

Which point a machine keeps it asks of the server, by the cookie of its enrolment.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vungxanh.core.permissions import uses_camera


@require_GET
@uses_camera
def keep(request: HttpRequest) -> HttpResponse:
    """The page at the door; the link to declare for somebody appears once there is such a page."""
    return render(request, "checkins/keep/page.html", {"declare_url": ""})
