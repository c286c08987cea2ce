"""A proved number meets the register: whose it is now.

A number that was proved for somebody heard of within `JOINED_WITHIN` is theirs on a new phone.
Later it may be somebody else's: operators give numbers out again. Then the number leaves the former
holder, and a new person begins who sees nothing of theirs.
"""

from datetime import datetime, timedelta

from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.envelope import new_envelope
from vungxanh.core.enveloped import sealed
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import Phone as Number
from vungxanh.locations.values import UnitId
from vungxanh.people.actions.counting import move
from vungxanh.people.actions.residence import move_person
from vungxanh.people.models import PHONES, Device, Person, Phone
from vungxanh.people.models.persons import KEPT
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values import Origin, Residence, person_ref
from vungxanh.people.values.counts import Element

JOINED_WITHIN = timedelta(days=60)


def hold_number(
    *, device: Device, number: Number, residence: Residence, by: Viewer, at: datetime
) -> Person:
    """Give the device's person the number, inside the caller's transaction.

    Records people.phone_proved.
    """
    person = _holder(number, at) or _own(device) or _new_person(by, at)
    _attach(device, person)
    _prove(person, number, at)
    person.kept_until = max(person.kept_until, (at + KEPT.period).astimezone(TZ).date())
    if residence.address:
        for name, value in sealed(envelope_of(person), Person, address=residence.address).items():
            setattr(person, name, value)
    _settle(person, UnitId(residence.unit))
    person.save()
    subject, detail = person_ref(person.pk), {"unit": residence.unit}
    record(event="people.phone_proved", by=by, at=at, subject=subject, detail=detail)
    return person


def _holder(number: Number, at: datetime) -> Person | None:
    """Who proved the number before, if heard of lately; else it leaves them."""
    digests = list(PHONES.digests(number.e164))
    known = (
        Phone.objects.select_for_update()
        .filter(number_index__in=digests, proved_at__isnull=False)
        .first()
    )
    if known is None:
        return None
    person = Person.objects.select_for_update().get(pk=known.person_id)
    if _is_heard_of(person, known, at):
        return person
    _release(person, known)
    return None


def _is_heard_of(person: Person, phone: Phone, at: datetime) -> bool:
    since = at - JOINED_WITHIN
    if phone.proved_at is not None and phone.proved_at > since:
        return True
    return Device.objects.filter(person=person, ended_at=None, last_seen_at__gt=since).exists()


def _release(person: Person, phone: Phone) -> None:
    phone.delete()
    if person.phones.filter(proved_at__isnull=False).exists():
        return
    person.has_phone = False
    person.save(update_fields=["has_phone"])
    if person.residence_id:
        move({(person.residence_id, Element.WITH_PHONE): -1})


def _own(device: Device) -> Person | None:
    if device.person_id is None:
        return None
    return Person.objects.select_for_update().get(pk=device.person_id)


def _new_person(by: Viewer, at: datetime) -> Person:
    person = Person(
        origin=Origin.APP,
        key=new_envelope()[1],
        created_at=at,
        created_by=by.id,
        kept_until=(at + KEPT.period).astimezone(TZ).date(),
    )
    person.save(force_insert=True)
    return person


def _attach(device: Device, person: Person) -> None:
    """The device is the person's from now on; what it counted before moves with it."""
    if device.person_id == person.pk:
        return
    Device.objects.filter(pk=device.pk).update(person=person)
    device.person = person


def _prove(person: Person, number: Number, at: datetime) -> None:
    index = PHONES.digest(number.e164)
    proved = Phone.objects.filter(person=person, number_index=index).update(proved_at=at)
    if not proved:
        text = sealed(envelope_of(person), Phone, number=number.e164)
        Phone.objects.create(
            person=person, number_index=index, proved_at=at, said_at=at, number=text["number"]
        )


def _settle(person: Person, unit: UnitId) -> None:
    """The person and their devices are counted in the commune that was given."""
    had_phone = person.has_phone
    move_person(person, unit)
    person.has_phone = True
    if not had_phone:
        move({(unit, Element.WITH_PHONE): 1})
