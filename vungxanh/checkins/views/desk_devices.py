"""Devices of a point for accounts: its owner, its organisation or keeper, officers of its area."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.checkins.actions.door_devices import end_door_device, enrol_own
from vungxanh.checkins.forms.devices import AccountDeviceForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.desk import point_for
from vungxanh.checkins.queries.door_devices import devices_at, entrances_of
from vungxanh.checkins.queries.own_places import own_place
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.views.desk_shown import crumbs
from vungxanh.checkins.views.inviting import invited, shown_devices, shown_link
from vungxanh.checkins.views.today_shown import shown_today
from vungxanh.core import clock
from vungxanh.core.access import ENROLLED, viewer_of
from vungxanh.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Way:
    """By which pages somebody comes to a point: how it is found, and where they go back to."""

    find: Callable[[Viewer, int], Point]
    page: str
    ending: str
    is_own: bool


OWN = Way(own_place, "checkins-own_point", "checkins-own_device_end", is_own=True)
DESK = Way(
    lambda viewer, point_id: point_for(viewer, point_id, acting=True),
    "checkins-point_devices",
    "checkins-point_device_end",
    is_own=False,
)


@never_cache
@require_http_methods(["GET", "POST"])
def own_point(request: HttpRequest, point_id: int) -> HttpResponse:
    """One of an account's own points: its day in counts, and its devices."""
    return _devices(request, point_id, OWN)


@never_cache
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, point_id: int) -> HttpResponse:
    """The devices of a point of the officer's area."""
    return _devices(request, point_id, DESK)


@require_POST
def end_own(request: HttpRequest, point_id: int, device_id: UUID) -> HttpResponse:
    """End a device of one's own point at once."""
    return _end(request, point_id, device_id, way=OWN)


@never_cache
@require_POST
def keep_here(request: HttpRequest, point_id: int) -> HttpResponse:
    """Keep one's own point with this very browser, by one button."""
    by = viewer_of(request)
    row = OWN.find(by, point_id)
    granted = enrol_own(point=row, name=_("Máy của người trực"), by=by, at=clock.now())
    request.META[ENROLLED] = granted
    return redirect("checkins-keep")


@require_POST
def end(request: HttpRequest, point_id: int, device_id: UUID) -> HttpResponse:
    """End a device of a point of the area at once."""
    return _end(request, point_id, device_id, way=DESK)


def _devices(request: HttpRequest, point_id: int, way: Way) -> HttpResponse:
    viewer = viewer_of(request)
    row = way.find(viewer, point_id)
    form = AccountDeviceForm(request.POST or None, entrances=entrances_of(row))
    told = invited(form, row, by=viewer) if request.method == "POST" else 200
    if isinstance(told, int):
        return _page(request, row, form, way=way, status=told)
    shown = shown_link(request, row, told, name=form.cleaned_data["name"])
    context = {**shown, "crumbs": _crumbs(row, way), "back": way.page}
    return render(request, "checkins/desk/device_link.html", context)


def _end(request: HttpRequest, point_id: int, device_id: UUID, *, way: Way) -> HttpResponse:
    viewer = viewer_of(request)
    row = way.find(viewer, point_id)
    if end_door_device(point=row, device_id=device_id, by=viewer, at=clock.now()):
        messages.success(request, _("Đã gỡ máy. Máy bị từ chối ngay ở lần gọi kế tiếp."))
    return redirect(way.page, row.pk)


def _page(
    request: HttpRequest, row: Point, form: AccountDeviceForm, *, way: Way, status: int
) -> HttpResponse:
    at = clock.now()
    context = {
        "point": row,
        "is_living": row.state in LIVING,
        "devices": shown_devices(devices_at(row, at)),
        "form": form,
        "ending": way.ending,
        "today": shown_today(row, at) if way.is_own else {},
        "is_own": way.is_own,
        "crumbs": _crumbs(row, way),
    }
    return render(request, "checkins/desk/devices.html", context, status=status)


def _crumbs(row: Point, way: Way) -> list[dict[str, str]]:
    if way.is_own:
        return [{"label": _("Điểm của tôi"), "url": reverse("checkins-own")}]
    return [*crumbs(), {"label": row.name, "url": reverse("checkins-point", args=[row.pk])}]
