"""An owner changes what is said of a point: all but the place on one page, the place on another."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vungxanh.checkins.actions.changing import change_point
from vungxanh.checkins.forms.citizen import AddressForm, ChangeForm, first_of
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.entries import entry_of
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.values.points import PointEntry, read_address, read_entry
from vungxanh.checkins.views.citizen_places import picker, place_of
from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.engines.phones import display, read_phone
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.week import text_of_hours
from vungxanh.refusals import RefusalError

POINT = "checkins-me_point"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Everything but the place; entrances that are cleared close, new ones get codes."""
    row = own_point(citizen_of(request), code)
    entry = entry_of(row)
    if request.method == "GET":
        form = ChangeForm(initial=_first(entry), entrances=entry.entrances)
        return _page(request, "change", row, form=form)
    form = ChangeForm(request.POST, entrances=entry.entrances)
    if not form.is_valid():
        return _page(request, "change", row, form=form, status=REFUSED_INPUT)
    said = {"unit": entry.unit, "address": entry.address, **_texts(form)}
    wanted = read_entry(said, form.cleaned_data["entrances"])
    return _written(request, row, wanted, shown=("change", form))


@never_cache
@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The commune and the address."""
    row = own_point(citizen_of(request), code)
    entry = entry_of(row)
    if request.method == "GET":
        return _page(request, "place", row, form=AddressForm(initial={"address": entry.address}))
    form = AddressForm(request.POST)
    chosen = place_of(request.POST.get("unit", ""))
    if not form.is_valid() or chosen is None:
        return _page(request, "place", row, form=form, status=REFUSED_INPUT)
    address = read_address(form.cleaned_data["address"])
    wanted = replace(entry, unit=UnitId(chosen.id), address=address)
    return _written(request, row, wanted, shown=("place", form))


def _written(
    request: HttpRequest, row: Point, entry: PointEntry, *, shown: tuple[str, forms.Form]
) -> HttpResponse:
    name, form = shown
    try:
        change_point(point=row, entry=entry, by=citizen_of(request), at=clock.now())
    except RefusalError as refusal:
        form.add_error(None, refusal.words.in_language(reader_language()))
        return _page(request, name, row, form=form, status=status_of(refusal))
    messages.success(request, _("Đã lưu. Tên, địa chỉ hay lối vào đổi thì in lại bảng mã."))
    return redirect(POINT, row.code)


def _page(
    request: HttpRequest, name: str, row: Point, *, form: forms.Form, status: int = 200
) -> HttpResponse:
    now_at = request.POST.get("unit", "") or row.unit_id
    chosen = picker(request, now_at=now_at) if name == "place" else None
    context = {"form": form, "point": row, "picker": chosen}
    return render(request, f"checkins/me/{name}.html", context, status=status)


def _first(entry: PointEntry) -> dict[str, object]:
    return {
        "kind": str(entry.kind),
        "name": entry.name,
        "hours": text_of_hours(entry.hours),
        "stay": entry.stay,
        "capacity": entry.capacity or "",
        "contact_name": entry.contact_name,
        "contact_phone": display(read_phone(entry.contact_phone)) if entry.contact_phone else "",
        **first_of(entry.entrances),
    }


def _texts(form: ChangeForm) -> dict[str, str]:
    names = ("kind", "name", "hours", "stay", "capacity", "contact_name", "contact_phone")
    return {name: str(form.cleaned_data[name]) for name in names}
