"""Devices of an area for those who look after them: the list, enrolling, revoking."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts.actions import AccountRefusalError
from vungxanh.accounts.actions import devices as actions
from vungxanh.accounts.forms.devices import DeviceForm
from vungxanh.accounts.queries import devices as queries
from vungxanh.accounts.rules.devices import OWN_CALLS, DeviceState, Kind, grouped
from vungxanh.accounts.values.devices import (
    DEVICE_STATE_WORDS,
    KIND_WORDS,
    DeviceFilter,
    DeviceLine,
    Granted,
    Link,
)
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.drawings.codes import qr_drawing
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit

TONES = {
    DeviceState.ACTIVE: "ok",
    DeviceState.INVITED: "info",
    DeviceState.UNUSED: "none",
    DeviceState.LAPSED: "warn",
    DeviceState.REVOKED: "none",
}
SENT_AS = "Authorization: Bearer vxd_…"
ASKED = ("don-vi", "loai", "trang-thai")


@never_cache
@require_GET
def device_list(request: HttpRequest) -> HttpResponse:
    """The devices of my area, with who enrolled them and when they were last heard of."""
    viewer, asked, at = viewer_of(request), _asked(request.GET), clock.now()
    page = queries.devices(viewer, asked, page=request.GET.get("trang", 1), at=at)
    language = reader_language()
    context = {
        "page": page,
        "rows": [_row(line, language) for line in page],
        "asked": asked,
        "query": _query(asked),
        "is_filtered": bool(asked.unit or asked.kind or asked.state),
        "units": _unit_choices(queries.offered_units(viewer)),
        "kinds": [(kind, words.in_language(language)) for kind, words in KIND_WORDS.items()],
        "states": [(one, words.in_language(language)) for one, words in DEVICE_STATE_WORDS.items()],
        **pages_of(page, _said(asked)),
    }
    return render(request, "accounts/devices.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enrol a device: say what it is, then show its QR code, or its key, once."""
    viewer, at = viewer_of(request), clock.now()
    form = _form(request, viewer)
    if not form.is_valid():
        return _form_page(request, form, 422 if request.method == "POST" else 200)
    new = form.device()
    enrol = actions.make_key if new.kind is Kind.API_KEY else actions.invite_device
    try:
        told: Link | Granted = enrol(new=new, by=viewer, at=at)
    except AccountRefusalError as refusal:
        form.add_error(refusal.field, refusal.words.in_language(reader_language()))
        return _form_page(request, form, status_of(refusal))
    return _told(request, told, at)


@never_cache
@require_POST
def renew(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """A fresh QR code for a device, or a fresh key for a machine."""
    at = clock.now()
    told = actions.renew_device(device_id=device_id, by=viewer_of(request), at=at)
    return _told(request, told, at)


@require_POST
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Take one device's access away."""
    actions.revoke_device(device_id=device_id, by=viewer_of(request), at=clock.now())
    words = _(
        "Đã thu hồi. Thiết bị bị từ chối ngay ở lần gọi kế tiếp. Cần dùng lại thì bấm “Mã mới”."
    )
    messages.success(request, words)
    return _back(request.POST.get("loc", ""))


@never_cache
@require_http_methods(["GET", "POST"])
def revoke_all(request: HttpRequest) -> HttpResponse:
    """After a loss: take the access of every device of a unit away, once confirmed."""
    viewer, at = viewer_of(request), clock.now()
    wanted = request.POST.get("unit", "") or request.GET.get("don-vi", "")
    unit = queries.managed_unit(wanted, viewer)
    if request.method == "POST":
        n = actions.revoke_devices_of(unit=unit.id, by=viewer, at=at)
        messages.success(request, _revoked_words(n))
        return _back(urlencode({"don-vi": unit.id}))
    lines = queries.endable(unit, at)
    language = reader_language()
    context = {"unit": unit, "n": len(lines), "rows": [_row(line, language) for line in lines]}
    return render(request, "accounts/devices_revoke_all.html", context)


def _told(request: HttpRequest, told: Link | Granted, at: datetime) -> HttpResponse:
    """The page that shows a secret, this once."""
    line = queries.device_line(told.device_id, viewer_of(request), at)
    context: dict[str, object] = {"row": _row(line, reader_language()), "told": told}
    if isinstance(told, Granted):
        context["header"] = SENT_AS
        context["address"] = request.build_absolute_uri(OWN_CALLS)
        return render(request, "accounts/devices_key.html", context)
    address = request.build_absolute_uri(reverse("device-enrol"))
    context |= {
        "address": address,
        "code": grouped(told.code),
        "qr": qr_drawing(f"{address}#{told.code}"),
    }
    return render(request, "accounts/devices_link.html", context)


def _form(request: HttpRequest, viewer: Viewer) -> DeviceForm:
    return DeviceForm(
        request.POST or None,
        initial={"unit": request.GET.get("don-vi", "")},
        units=queries.offered_units(viewer),
        scopes=queries.offered_scopes(viewer),
        held=queries.managed(viewer).units,
    )


def _form_page(request: HttpRequest, form: DeviceForm, status: int) -> HttpResponse:
    has_units = bool(form.fields["unit"].choices)  # type: ignore[attr-defined]
    context = {"form": form, "has_units": has_units}
    return render(request, "accounts/devices_add.html", context, status=status)


def _row(line: DeviceLine, language: str) -> dict[str, object]:
    return {
        "line": line,
        "kind": KIND_WORDS[line.kind].in_language(language),
        "scope": line.scope_words.in_language(language),
        "state": DEVICE_STATE_WORDS[line.state].in_language(language),
        "tone": TONES[line.state],
        "is_key": line.kind is Kind.API_KEY,
        "is_live": line.state is DeviceState.ACTIVE,
        "may_revoke": line.state is not DeviceState.REVOKED,
    }


def _asked(said: QueryDict) -> DeviceFilter:
    unit, kind, state = (said.get(name, "").strip()[:32] for name in ASKED)
    return DeviceFilter(unit, kind, state)


def _said(asked: DeviceFilter) -> dict[str, str]:
    return dict(zip(ASKED, (asked.unit, asked.kind, asked.state), strict=True))


def _query(asked: DeviceFilter) -> str:
    return urlencode({name: value for name, value in _said(asked).items() if value})


def _unit_choices(units: tuple[Unit, ...]) -> list[tuple[str, str]]:
    return [(unit.id, unit.name) for unit in units]


def _back(query: str) -> HttpResponseRedirect:
    """The list, filtered as it was; nothing else of what was sent is taken over."""
    kept = _query(_asked(QueryDict(query)))
    address = reverse("devices")
    return redirect(f"{address}?{kept}" if kept else address)


def _revoked_words(n: int) -> str:
    words = ngettext("Đã thu hồi %(n)d thiết bị.", "Đã thu hồi %(n)d thiết bị.", n)
    return words % {"n": n}
