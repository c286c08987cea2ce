"""Checking in at once on the page of a point: no app, no number, no script needed.

Whoever has no phone registered yet is let in anonymous by the same press.
"""

from uuid import UUID

from django.contrib import messages
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from vungxanh.checkins.actions.passing import note_passing
from vungxanh.checkins.actions.scanning import take_back
from vungxanh.checkins.forms.passing import ComingForm, LeavingForm
from vungxanh.checkins.queries.door import told
from vungxanh.checkins.values.door import DoorPoint, Told
from vungxanh.checkins.values.own_visits import Passing
from vungxanh.checkins.values.verdicts import Verdict
from vungxanh.checkins.views.door import PAGE, door_context, found_point, own_receipt, unknown
from vungxanh.core import clock
from vungxanh.core.access import PHONE_GIVEN, citizen_of, viewer_of
from vungxanh.core.address import public_address
from vungxanh.core.errors import REFUSED_INPUT
from vungxanh.core.ids import new_id
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions import register_device_once
from vungxanh.people.actions.senders import sender_of
from vungxanh.people.values import Platform
from vungxanh.people.values.devices import NewDevice, device_ref

_MARKS = Signer(salt="checkins.receipt")
RECEIPT, START = "checkins-door_receipt", "people-me_start"


@never_cache
@require_POST
def come(request: HttpRequest, code: str) -> HttpResponse:
    """Keep that somebody came, then show the receipt."""
    point = found_point(request, code)
    if point is None:
        return unknown(request, code)
    form, read = ComingForm(request.POST), _read(request, point)
    if not form.is_valid() or not point.is_living or (read and read.stops):
        return _again(request, point, form, read=read)
    at = clock.now()
    sender = sender_of(by=_let_in(request, form.cleaned_data["form"]), at=at)
    if sender is None:
        return redirect(START)
    said = form.said(point.code, entrance=read.number if read else 0)
    note_passing(said=said, sender=sender, at=at)
    address = reverse(RECEIPT, args=[point.code])
    is_genuine = read is not None and read.verdict is Verdict.GENUINE
    return redirect(f"{address}?ma={_mark(point.code)}" if is_genuine else address)


@never_cache
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What was kept of this visit, and what can be done about it."""
    point = found_point(request, code)
    if point is None:
        return unknown(request, code)
    found = own_receipt(request, point)
    if found is None:
        return redirect(PAGE, point.code)
    context = door_context(request, point) | {
        "receipt": found,
        "leaving": LeavingForm(initial={"form": new_id()}),
        "is_genuine": constant_time_compare(request.GET.get("ma", ""), _mark(point.code)),
        "kept_url": reverse("people-me_kept"),
        "tab": "scan",
    }
    return render(request, "checkins/door/receipt.html", context)


@never_cache
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Keep that somebody left, with those who came along; said twice it is one leaving."""
    point = found_point(request, code)
    if point is None:
        return unknown(request, code)
    form, at, found = LeavingForm(request.POST), clock.now(), own_receipt(request, point)
    sender = sender_of(by=citizen_of(request), at=at)
    if found is None or sender is None:
        return redirect(PAGE, point.code)
    if found.is_inside:
        made = form.cleaned_data["form"] if form.is_valid() else None
        said = Passing(made or new_id(), point.code, "out", 0, found.n_companions)
        note_passing(said=said, sender=sender, at=at)
    return redirect(RECEIPT, point.code)


@never_cache
@require_POST
def remove(request: HttpRequest, code: str) -> HttpResponse:
    """Take the visit out that this browser told within the last minutes."""
    point = found_point(request, code)
    if point is None:
        return unknown(request, code)
    found, at = own_receipt(request, point), clock.now()
    sender = sender_of(by=citizen_of(request), at=at)
    if found is None or sender is None:
        return redirect(PAGE, point.code)
    n = take_back(ids=found.removable, device_id=sender.device_id, at=at)
    if not n:
        messages.warning(request, _("Đã quá 10 phút nên máy không tự xóa được lượt này nữa."))
        return redirect(RECEIPT, point.code)
    messages.success(request, _("Đã xóa lượt này. Hệ thống không còn giữ lượt đó."))
    return redirect(PAGE, point.code)


def _mark(code: str) -> str:
    """What an address of a receipt shows where the code was found genuine; nobody makes it up."""
    return _MARKS.signature(code)


def _read(request: HttpRequest, point: DoorPoint) -> Told | None:
    """What the signed part of the address is, where the browser sent it."""
    text = request.POST.get("ma", "").strip().lstrip("#")
    if not text:
        return None
    return told(text, site=public_address(request), at=clock.now(), point=point)


def _again(
    request: HttpRequest, point: DoorPoint, form: ComingForm, *, read: Told | None
) -> HttpResponse:
    """The same page, with what is wrong: the code, the point, or the number of companions."""
    context = door_context(request, point, read)
    if form.errors.get("companions"):
        context["coming"] = form
    return render(request, "checkins/door/point.html", context, status=REFUSED_INPUT)


def _let_in(request: HttpRequest, form: UUID) -> Viewer:
    """The citizen of this browser; one that is new is let in, once for a form."""
    citizen = citizen_of(request)
    if citizen.is_citizen:
        return citizen
    made = register_device_once(
        device=NewDevice(Platform.WEB, language=reader_language()),
        form=form,
        secret=str(request.META.get("CSRF_COOKIE", "")),
        by=viewer_of(request),
        at=clock.now(),
    )
    request.META[PHONE_GIVEN] = made.token
    return Viewer(id=device_ref(made.id), name="", purpose="self")
