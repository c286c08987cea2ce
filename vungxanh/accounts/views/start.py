"""The first page of roles that have no list of their own to begin with."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.accounts.queries import own_card
from vungxanh.accounts.rules import specs
from vungxanh.core.access import is_met, viewer_of
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId


@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What I am here, for which area, and the ways on that are open to me."""
    viewer = viewer_of(request)
    language = get_language() or "vi"
    context = {
        "card": own_card(viewer),
        "roles": [spec.words.in_language(language) for spec in specs(viewer.roles)],
        "is_limited": any(spec.limit != "area" for spec in specs(viewer.roles)),
        "units": locations.units(UnitId(one) for one in sorted(viewer.units)).values(),
        "ways": _ways(viewer),
    }
    return render(request, "accounts/start.html", context)


def _ways(viewer: Viewer) -> list[tuple[str, str]]:
    """(label, address) of the entries of the menu that the viewer may open."""
    return [
        (str(label), reverse(name))
        for name, label, needs in settings.NAVIGATION
        if is_met(needs, viewer)
    ]
