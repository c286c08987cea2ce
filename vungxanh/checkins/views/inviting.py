"""Naming the device of a door, and its code that is shown once: what all pages of devices share."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from vungxanh.accounts.values.devices import DeviceState, Link, grouped
from vungxanh.checkins.actions.door_devices import invite_door_device
from vungxanh.checkins.forms.devices import DoorDeviceForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.door_devices import DoorDeviceLine
from vungxanh.core import clock
from vungxanh.core.drawings.codes import qr_drawing
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import RefusalError

ENROL = "device-enrol"
TONES = {
    DeviceState.ACTIVE: "ok",
    DeviceState.INVITED: "info",
    DeviceState.UNUSED: "none",
    DeviceState.LAPSED: "warn",
    DeviceState.REVOKED: "none",
}


def invited(form: DoorDeviceForm, row: Point, *, by: Viewer) -> Link | int:
    """The link of the device that was named; or the status of a refusal, said in the form."""
    if not form.is_valid():
        return REFUSED_INPUT
    name, entrance = form.cleaned_data["name"], form.cleaned_data["entrance"] or 0
    try:
        return invite_door_device(point=row, entrance=entrance, name=name, by=by, at=clock.now())
    except RefusalError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.words.in_language(reader_language()))
        return status_of(refusal)


def shown_devices(lines: Iterable[DoorDeviceLine]) -> list[dict[str, object]]:
    """Devices of a list with their state in words."""
    language = reader_language()
    return [
        {
            "line": line,
            "tone": TONES[DeviceState(line.state)],
            "state": line.state_words.in_language(language),
        }
        for line in lines
    ]


def shown_link(request: HttpRequest, row: Point, link: Link, *, name: str) -> dict[str, object]:
    """The code by which the device enrols, this once."""
    address = request.build_absolute_uri(reverse(ENROL))
    return {
        "point": row,
        "device": name,
        "until": link.valid_until,
        "address": address,
        "code": grouped(link.code),
        "qr": qr_drawing(f"{address}#{link.code}"),
    }
