"""Who holds the phone behind a citizen's viewer, as far as other rooms may know."""

from uuid import UUID

from vungxanh.core.enveloped import opened
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Device, Phone
from vungxanh.people.queries.devices import device_id_of
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values.citizens import Holder


def holder_id(by: Viewer) -> int | None:
    """The number of the person whose phone it is, with a proved number; one query, else None."""
    if not by.is_citizen:
        return None
    rows = Device.objects.filter(pk=device_id_of(by), ended_at=None, person__has_phone=True)
    return rows.values_list("person_id", flat=True).first()


def device_and_person(by: Viewer) -> tuple[UUID, int | None]:
    """The device behind a citizen's viewer, and the person it is of so far; one query."""
    device_id = device_id_of(by)
    rows = Device.objects.filter(pk=device_id, ended_at=None)
    return device_id, rows.values_list("person_id", flat=True).first()


def holder_of(by: Viewer) -> Holder | None:
    """The holder with their own number and name, opened for themselves alone; two queries."""
    rows = Device.objects.filter(pk=device_id_of(by), ended_at=None, person__has_phone=True)
    device = rows.select_related("person").first()
    if device is None or device.person is None:
        return None
    envelope = envelope_of(device.person)
    told = Phone.objects.filter(person=device.person, proved_at__isnull=False)
    phone = told.order_by("-proved_at", "-id").first()
    return Holder(
        id=device.person.pk,
        name=opened(envelope, device.person, "name"),
        number=opened(envelope, phone, "number") if phone else "",
        residence=device.person.residence_id or "",
    )
