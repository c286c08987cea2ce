"""The devices that keep one's own point, and keeping a point with the browser at hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.checkins.actions.door_devices import (
    end_door_device,
    enrol_own,
)
from vungxanh.checkins.forms.devices import DoorDeviceForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.door_devices import devices_at, entrances_of
from vungxanh.checkins.queries.keepers import kept_point
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.checkins.views.inviting import invited, shown_devices, shown_link
from vungxanh.core import clock
from vungxanh.core.access import ENROLLED, citizen_of
from vungxanh.core.viewer import Viewer

DEVICES, KEEP = "checkins-me_devices", "checkins-keep"


@never_cache
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, code: str) -> HttpResponse:
    """The devices that keep the point; another is named, and its code shown once."""
    by = citizen_of(request)
    row = own_point(by, code)
    form = DoorDeviceForm(request.POST or None, entrances=entrances_of(row))
    told = invited(form, row, by=by) if request.method == "POST" else 200
    if isinstance(told, int):
        return _page(request, row, form, status=told)
    shown = shown_link(request, row, told, name=form.cleaned_data["name"])
    return render(request, "checkins/me/device_link.html", shown)


@never_cache
@require_POST
def end(request: HttpRequest, code: str, device_id: UUID) -> HttpResponse:
    """End a device of the point at once."""
    by = citizen_of(request)
    row = own_point(by, code)
    if end_door_device(point=row, device_id=device_id, by=by, at=clock.now()):
        messages.success(request, _("Đã gỡ máy. Máy bị từ chối ngay ở lần gọi kế tiếp."))
    return redirect(DEVICES, row.code)


@never_cache
@require_POST
def keep_here(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the point with this very browser: whoever keeps or owns it, by one button."""
    by = citizen_of(request)
    row = _kept_or_own(by, code)
    name = _("Máy của chủ điểm") if row.owner_id and _owns(by, row) else _("Máy của người trực")
    granted = enrol_own(point=row, name=name, by=by, at=clock.now())
    request.META[ENROLLED] = granted
    return redirect(KEEP)


def _kept_or_own(by: Viewer, code: str) -> Point:
    try:
        return kept_point(by, code)
    except NoSuchPointError:
        return own_point(by, code)


def _owns(by: Viewer, row: Point) -> bool:
    try:
        own_point(by, row.code)
    except NoSuchPointError:
        return False
    return True


def _page(
    request: HttpRequest, row: Point, form: DoorDeviceForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "point": row,
        "is_living": row.state in LIVING,
        "devices": shown_devices(devices_at(row, clock.now())),
        "form": form,
    }
    return render(request, "checkins/me/devices.html", context, status=status)
