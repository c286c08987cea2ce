"""Finds the citizen's own phone behind a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vungxanh.core import clock
from vungxanh.core.access import PHONE_GIVEN
from vungxanh.core.same_origin import is_own_call
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import keep_token
from vungxanh.people.models import Device
from vungxanh.people.queries.devices import SEEN_EVERY, device_with, viewer_of
from vungxanh.people.rules.devices import MARK
from vungxanh.people.values.devices import COOKIE

BEARER = f"Bearer {MARK}_"


class CitizenMiddleware:
    """Sets `request.citizen` and `request.device` by the phone's token, in a header or a cookie.

    A view that lets a browser in puts its token at `PHONE_GIVEN` of the request.
    A request without one asks the database nothing. Answers to a citizen are kept by no cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the phone, note that it was heard of, and pass the request on."""
        device = _device(request)
        if device is None:
            return _with_token(request, self.get_response(request))
        request.device = device  # type: ignore[attr-defined]
        request.citizen = viewer_of(device)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _with_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser keep its token, where a view let it in."""
    token = str(request.META.get(PHONE_GIVEN, ""))
    if token:
        keep_token(response, token)
    return response


def _device(request: HttpRequest) -> Device | None:
    header = request.headers.get("Authorization", "")
    by_header = header.startswith(BEARER)
    token = header.removeprefix("Bearer ").strip() if by_header else request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    at = clock.now()
    device = device_with(token, at)
    if device is None:
        return None
    if by_header or is_own_call(request):
        # No page elsewhere can make a browser send this header, or say that it is of this site.
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    if at - device.last_seen_at >= SEEN_EVERY:
        actions.note_seen(device=device, at=at)
    return device
