"""Gives each request its viewer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import viewer_for
from vungxanh.core.viewer import PUBLIC, Viewer


class ViewerMiddleware:
    """Sets `request.viewer`; a request without a session asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the viewer and pass the request on."""
        request.viewer = _viewer(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Viewer:
    user = request.user
    return viewer_for(user) if isinstance(user, Staff) else PUBLIC
