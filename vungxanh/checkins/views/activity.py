"""How points of an area are used: a page by unit and kind, and the same as a file."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vungxanh.checkins.exports import activity as files
from vungxanh.checkins.queries.activity import activity_in, n_odd
from vungxanh.checkins.values.activity import Activity
from vungxanh.checkins.values.areas import communes_seen
from vungxanh.checkins.views import activity_shown as shown
from vungxanh.checkins.views.premises_shown import scope_of
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.locations.values import Unit, registry


@require_GET
def activity(request: HttpRequest) -> HttpResponse:
    """Active, never scanned, scans and people of the last counted day, in an area."""
    viewer, (unit, found) = viewer_of(request), _asked(request)
    context: dict[str, object] = {
        "unit": unit,
        "found": found,
        "crumbs": [
            {"label": _("Điểm kiểm soát"), "url": reverse("checkins-points")},
            {"label": _("Điểm được dùng"), "url": ""},
        ],
    }
    if found is not None:
        context |= {
            "whole": shown.whole(found),
            "units": shown.by_unit(found, unit),
            "kinds": shown.by_kind(found),
            "faults": shown.faults_of(found),
            "n_odd": n_odd(communes_seen(viewer.units, unit.id)),
            "exports": [(form.upper(), _file_url(form, unit)) for form in SHEETS],
        }
    return render(request, "checkins/desk/activity.html", context)


@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same by commune and kind, as a sheet: counts, nobody in it."""
    unit, found = _asked(request)
    if form not in SHEETS or found is None:
        raise MissingError
    made = files.activity_file(found, Format(form), unit=unit, lang=reader_language())
    return attached(made)


def _file_url(form: str, unit: Unit) -> str:
    return f"{reverse('checkins-activity_export', args=[form])}?{urlencode({'dia-ban': unit.id})}"


def _asked(request: HttpRequest) -> tuple[Unit, Activity | None]:
    """The unit that the address asks for, and what is known of it in the viewer's area."""
    viewer = viewer_of(request)
    unit = registry().unit(scope_of(viewer, request.GET.get("dia-ban", "")[:40].strip()))
    return unit, activity_in(communes_seen(viewer.units, unit.id))
