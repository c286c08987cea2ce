"""The devices that keep one's own point, and keeping a point with the browser at hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.accounts.values.devices import DeviceState, Link, grouped
from vungxanh.checkins.actions.door_devices import (
    end_door_device,
    enrol_own,
    invite_door_device,
)
from vungxanh.checkins.forms.devices import DoorDeviceForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.door_devices import devices_at, entrances_of
from vungxanh.checkins.queries.keepers import kept_point
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.values.door_devices import DoorDeviceLine
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.core import clock
from vungxanh.core.access import ENROLLED, citizen_of
from vungxanh.core.drawings.codes import qr_drawing
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import RefusalError

DEVICES, KEEP, ENROL = "checkins-me_devices", "checkins-keep", "device-enrol"
TONES = {
    DeviceState.ACTIVE: "ok",
    DeviceState.INVITED: "info",
    DeviceState.UNUSED: "none",
    DeviceState.LAPSED: "warn",
    DeviceState.REVOKED: "none",
}


@never_cache
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, code: str) -> HttpResponse:
    """The devices that keep the point; another is named, and its code shown once."""
    by = citizen_of(request)
    row = own_point(by, code)
    form = DoorDeviceForm(request.POST or None, entrances=entrances_of(row))
    if request.method == "GET":
        return _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, status=REFUSED_INPUT)
    name, entrance = form.cleaned_data["name"], form.cleaned_data["entrance"] or 0
    try:
        link = invite_door_device(point=row, entrance=entrance, name=name, by=by, at=clock.now())
    except RefusalError as refusal:
        form.add_error(_field(refusal, form), refusal.words.in_language(reader_language()))
        return _page(request, row, form, status=status_of(refusal))
    return _link_page(request, row, link, name=name)


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
        "devices": [_shown(one) for one in devices_at(row, clock.now())],
        "form": form,
    }
    return render(request, "checkins/me/devices.html", context, status=status)


def _shown(line: DoorDeviceLine) -> dict[str, object]:
    return {
        "line": line,
        "tone": TONES[DeviceState(line.state)],
        "state": line.state_words.in_language(reader_language()),
    }


def _link_page(request: HttpRequest, row: Point, link: Link, *, name: str) -> HttpResponse:
    """The code by which the device enrols, this once."""
    address = request.build_absolute_uri(reverse(ENROL))
    context = {
        "point": row,
        "device": name,
        "until": link.valid_until,
        "address": address,
        "code": grouped(link.code),
        "qr": qr_drawing(f"{address}#{link.code}"),
    }
    return render(request, "checkins/me/device_link.html", context)


def _field(refusal: RefusalError, form: DoorDeviceForm) -> str | None:
    return refusal.field if refusal.field in form.fields else None
