"""Whose devices send: asked for many tokens at once, by device intake."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from vungxanh.core.clock import TZ
from vungxanh.core.envelope import new_envelope
from vungxanh.core.enveloped import sealed
from vungxanh.core.prepared import store
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.devices import note_seen
from vungxanh.people.models import Device, Person
from vungxanh.people.models.persons import KEPT
from vungxanh.people.queries.devices import KNOWN_BY, SEEN_EVERY, device_id_of, devices_with
from vungxanh.people.values import Origin
from vungxanh.people.values.devices import device_ref
from vungxanh.people.values.senders import Sender


def senders(*, tokens: Iterable[str], at: datetime) -> dict[str, Sender]:
    """The device and the person of each token that opens; both were heard of.

    A device of nobody yet gets a person without name and number, so that its doings have one.
    """
    found = devices_with(tokens, at)
    for device in found.values():
        if at - device.last_seen_at >= SEEN_EVERY:
            note_seen(device=device, at=at)
    persons = {token: one.person_id or _begun(one, at) for token, one in found.items()}
    return {
        token: Sender(found[token].pk, person)
        for token, person in persons.items()
        if person is not None
    }


def sender_of(*, by: Viewer, at: datetime) -> Sender | None:
    """The device behind a citizen's viewer, and its person; None where it is gone.

    A device of nobody yet gets a person, as above.
    """
    row = Device.objects.only(*KNOWN_BY).filter(pk=device_id_of(by), ended_at=None).first()
    person = (row.person_id or _begun(row, at)) if row else None
    return Sender(row.pk, person) if row and person is not None else None


def _begun(device: Device, at: datetime) -> int | None:
    """Somebody of whom nothing but this device is known; None where it was erased meanwhile."""
    with transaction.atomic():
        known = Device.objects.only("person_id", "residence_id").filter(pk=device.pk)
        locked = known.select_for_update().first()
        if locked is None:
            return None
        if locked.person_id is not None:
            return locked.person_id
        envelope, key = new_envelope()
        person = Person(
            origin=Origin.APP,
            key=key,
            residence_id=locked.residence_id,
            created_at=at,
            created_by=device_ref(device.pk),
            kept_until=(at + KEPT.period).astimezone(TZ).date(),
            **sealed(envelope, Person, name="", birth="", sex="", address=""),
        )
        store(person)
        Device.objects.filter(pk=device.pk).update(person=person)
    return person.pk
