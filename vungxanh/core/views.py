"""Pages of the web shell itself: the service worker, the page for being offline, the components."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from vungxanh.core.components import sample
from vungxanh.core.templatetags import built


def service_worker(request: HttpRequest) -> FileResponse:
    """The worker at the root, so that its scope is the whole site; browsers always ask again."""
    script = FileResponse((built.BUILT / "sw.js").open("rb"), content_type="text/javascript")
    script["Cache-Control"] = "no-cache"
    return script


def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when a page cannot be fetched; holds nothing personal."""
    return render(request, "core/offline.html")


def components(request: HttpRequest) -> HttpResponse:
    """Every component and state on one sheet."""
    return render(request, "core/components.html", sample())
