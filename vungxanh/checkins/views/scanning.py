"""The citizen's scanning pages: the same for everybody and kept by phones, so they name nobody.

Who scans where is known to the phone alone until it sends its visits.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS
from vungxanh.core.address import public_address
from vungxanh.core.permissions import uses_camera


@require_GET
@cache_control(no_cache=True)
@uses_camera
def scan(request: HttpRequest) -> HttpResponse:
    """The camera, the place before it is recorded, the receipt."""
    return render(request, "checkins/scan/page.html", _context(request, "scan"))


@require_GET
@cache_control(no_cache=True)
def diary(request: HttpRequest) -> HttpResponse:
    """Where the holder of this phone was, as the phone alone knows it."""
    return render(request, "checkins/scan/diary.html", _context(request, "diary"))


def _context(request: HttpRequest, kind: str) -> dict[str, object]:
    site = public_address(request)
    return {"kind": kind, "site": site, "days": SCANS_KEPT_DAYS, "tab": "scan"}
