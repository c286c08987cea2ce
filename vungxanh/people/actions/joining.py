"""A proved number meets the register: whose it is now.

A number that was proved for somebody heard of within `JOINED_WITHIN` is theirs on a new phone.
Later it may be somebody else's: operators give numbers out again. Then the number leaves the former
holder, and a new person begins who sees nothing of theirs.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from vungxanh.audit.actions import record
from vungxanh.core import subjects
from vungxanh.core.clock import TZ
from vungxanh.core.envelope import Envelope, new_envelope
from vungxanh.core.enveloped import sealed
from vungxanh.core.index_places import alone_with
from vungxanh.core.prepared import Statement, store
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import Phone as Number
from vungxanh.locations.values import UnitId
from vungxanh.people.actions.companions import hand_on
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
    alone_with(PHONES.digests(number.e164))
    person = _holder(number, at) or _own(device)
    if person is None:
        person = _begin(device, number, residence, by=by, at=at)
    else:
        _carry_on(person, device, number, residence=residence, at=at)
    subject, detail = person_ref(person.pk), {"unit": residence.unit}
    record(event="people.phone_proved", by=by, at=at, subject=subject, detail=detail)
    return person


def _begin(
    device: Device, number: Number, residence: Residence, *, by: Viewer, at: datetime
) -> Person:
    """Somebody new: most people, so in as few statements as there are rows to write."""
    envelope, key = new_envelope()
    person = Person(
        origin=Origin.APP,
        key=key,
        residence_id=residence.unit,
        has_phone=True,
        created_at=at,
        created_by=by.id,
        kept_until=_kept_until(at),
        **sealed(envelope, Person, address=residence.address),
    )
    store(person)
    _write_number(person, envelope, number, at=at)
    moved: Counter[tuple[str, str]] = Counter({(residence.unit, str(Element.WITH_PHONE)): 1})
    taken = _taken_over(device, person)
    if taken.is_install:
        moved[taken.unit, Element.DEVICES] -= 1
        moved[residence.unit, Element.DEVICES] += 1
    move(moved)
    _join(taken.person, person, at)
    return person


def _carry_on(
    person: Person, device: Device, number: Number, *, residence: Residence, at: datetime
) -> None:
    """Somebody known, on this phone or on another: what is counted of them moves with them."""
    _attach(device, person, at)
    said = Phone.objects.filter(person=person, number_index__in=PHONES.digests(number.e164))
    if not said.update(proved_at=at):
        _write_number(person, envelope_of(person), number, at=at)
    person.kept_until = max(person.kept_until, _kept_until(at))
    if residence.address:
        for name, value in sealed(envelope_of(person), Person, address=residence.address).items():
            setattr(person, name, value)
    _settle(person, UnitId(residence.unit))
    person.save()


def _kept_until(at: datetime) -> date:
    return (at + KEPT.period).astimezone(TZ).date()


PROVED = Statement("""
SELECT id FROM people_phone
WHERE number_index = ANY(%(indexes)s::bytea[]) AND proved_at IS NOT NULL FOR UPDATE
""")


def _holder(number: Number, at: datetime) -> Person | None:
    """Who proved the number before, if heard of lately; else it leaves them."""
    digests = list(PHONES.digests(number.e164))
    found = PROVED.rows(indexes=digests)
    if not found:
        return None
    known = Phone.objects.get(pk=found[0][0])
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


TAKE_OVER = Statement("""
UPDATE people_device AS device SET
  person_id = %(person)s, residence_id = %(unit)s
FROM (
  SELECT id, person_id, residence_id FROM people_device WHERE id = %(device)s FOR UPDATE
) AS before
WHERE device.id = before.id
RETURNING device.second_day_on IS NOT NULL AND device.ended_at IS NULL, before.residence_id,
  before.person_id
""")


class _Taken(NamedTuple):
    """Whether a device is an install, where it was counted so far, whose it was."""

    is_install: bool
    unit: str
    person: int | None


def _taken_over(device: Device, person: Person) -> _Taken:
    asked = {"person": person.pk, "unit": person.residence_id, "device": device.pk}
    [(is_install, unit, before)] = TAKE_OVER.rows(**asked)
    device.person, device.residence_id = person, person.residence_id
    return _Taken(bool(is_install), unit or "", before)


ATTACH = Statement("""
UPDATE people_device AS device SET person_id = %(person)s
FROM (SELECT id, person_id FROM people_device WHERE id = %(device)s FOR UPDATE) AS before
WHERE device.id = before.id
RETURNING before.person_id
""")


def _attach(device: Device, person: Person, at: datetime) -> None:
    """The device is the person's from now on; what it counted before moves with it."""
    if device.person_id == person.pk:
        return
    [(before,)] = ATTACH.rows(person=person.pk, device=device.pk)
    device.person = person
    _join(before, person, at)


def _join(before: int | None, person: Person, at: datetime) -> None:
    """What a device of nobody in particular did: its person was no other than this one.

    Intake may have begun that person after the device was read: they are whose it was last.
    """
    if before is not None and before != person.pk and _is_nameless(before):
        subjects.absorb(before, person.pk, at)
        hand_on(before=before, person=person, at=at)
        _let_go_of(before)


def _is_nameless(person_id: int) -> bool:
    """Whether nothing is known of somebody but a device that was here."""
    row = Person.objects.filter(pk=person_id, origin=Origin.APP, has_phone=False).first()
    if row is None or any((row.name, row.birth, row.sex, row.address)):
        return False
    family = row.dependants.filter(companion=None)
    others = (row.devices, row.phones, row.documents, row.national_codes, row.cards, family)
    return not any(one.exists() for one in others)


def _let_go_of(person_id: int) -> None:
    """Delete whom nothing is left of; what they consented to or asked for keeps them."""
    row = Person.objects.get(pk=person_id)
    if not any(one.exists() for one in (row.consents, row.requests, row.standings)):
        row.delete()


def _write_number(person: Person, envelope: Envelope, number: Number, *, at: datetime) -> None:
    text = sealed(envelope, Phone, number=number.e164)["number"]
    phone = Phone(person=person, number_index=PHONES.digest(number.e164), number=text)
    phone.proved_at = phone.said_at = at
    store(phone)


def _settle(person: Person, unit: UnitId) -> None:
    """The person and their devices are counted in the commune that was given."""
    had_phone = person.has_phone
    move_person(person, unit)
    person.has_phone = True
    if not had_phone:
        move({(unit, Element.WITH_PHONE): 1})
