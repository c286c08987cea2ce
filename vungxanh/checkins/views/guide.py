"""How people get in who have not scanned: one page for the wall and for the guard's phone.

The same for everybody and kept by phones. Nobody is asked who they are, and nobody is listed.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from vungxanh.messaging.queries.numbers import number_taken


@require_GET
@cache_control(no_cache=True)
def guide(request: HttpRequest) -> HttpResponse:
    """Three steps, what to do without a phone, and what a guard never does."""
    return render(request, "checkins/door/guide.html", {"sms_number": number_taken()})
