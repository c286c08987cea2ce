"""What every template may use: the viewer, the reader's choices and the way around."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import kept
from vungxanh.core.viewer import Viewer


def console(request: HttpRequest) -> dict[str, object]:
    """`viewer`, `vx_nav` (label, url, current), `vx_theme`, `vx_density`."""
    viewer = viewer_of(request)
    return {
        "viewer": viewer,
        "vx_nav": _navigation(viewer, request.path),
        "vx_theme": kept(request, "vx_theme"),
        "vx_density": kept(request, "vx_density"),
    }


def _navigation(viewer: Viewer, here: str) -> list[dict[str, object]]:
    """The entries of settings.NAVIGATION that the viewer may open."""
    entries = []
    for name, label, capability in settings.NAVIGATION:
        if viewer.may(capability):
            url = reverse(name)
            entries.append({"label": label, "url": url, "current": _is_under(here, url)})
    return entries


def _is_under(here: str, url: str) -> bool:
    return here == url if url == "/" else here.startswith(url)
