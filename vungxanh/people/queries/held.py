"""What is kept of a person, in every room: told, handed out, read again after an erasure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from vungxanh.core import subjects
from vungxanh.core.clock import TZ
from vungxanh.core.enveloped import EnvelopedField, opened
from vungxanh.core.errors import MissingError
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.people.models import (
    DOOR_PROVED,
    PHONES,
    Card,
    Consent,
    Device,
    Document,
    DoorProof,
    NationalCode,
    Person,
    PersonRequest,
    Phone,
    PhoneProof,
    PrintedCard,
    SearchToken,
    Standing,
)
from vungxanh.people.models.phones import PROVED
from vungxanh.people.queries.held_words import LINES
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values import person_ref
from vungxanh.people.values.devices import device_ref

ROOM = "people"


def held(person_id: int, at: datetime) -> tuple[HeldLine, ...]:
    """What every room keeps of a person, with its end and its reason."""
    return subjects.held(subject_of(known_person(person_id)), at)


def export(person_id: int) -> dict[str, Rows]:
    """Everything that every room keeps of a person, opened; held in memory alone."""
    return subjects.export(subject_of(known_person(person_id)))


def known_person(person_id: int) -> Person:
    """The person's row, or MissingError."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise MissingError
    return person


def subject_of(person: Person) -> Subject:
    """What other rooms may know a person by; opens numbers and where messages are pushed to."""
    envelope = envelope_of(person)
    devices = list(Device.objects.filter(person=person))
    numbers = [opened(envelope, phone, "number") for phone in person.phones.all()]
    return Subject(
        ref=person_ref(person.pk),
        id=person.pk,
        devices=tuple(device.pk for device in devices),
        device_refs=tuple(device_ref(device.pk) for device in devices),
        addresses=(*numbers, *(device.push for device in devices if device.push)),
    )


def subject_of_device(device: Device) -> Subject:
    """An anonymous device as its own subject."""
    return Subject(
        ref=device_ref(device.pk),
        devices=(device.pk,),
        device_refs=(device_ref(device.pk),),
        addresses=(device.push,) if device.push else (),
    )


def own_held(subject: Subject, at: datetime) -> Iterator[HeldLine]:
    """What this room keeps of somebody, a line for each sort."""
    ends = _ends(subject)
    for name, rows in own_rows(subject).items():
        what, why = LINES[name]
        yield HeldLine(ROOM, what, rows.count(), ends.get(name), why, table=name)


def own_export(subject: Subject) -> Rows:
    """Everything that this room keeps of somebody, opened."""
    person = Person.objects.filter(pk=subject.id).first() if subject.id else None
    return {
        name: [_opened(row, person) for row in rows] for name, rows in own_rows(subject).items()
    }


def own_left(subject: Subject) -> dict[str, int]:
    """What still points at somebody, in the tables of every room, by number, device and phone."""
    found: dict[str, int] = {}
    for model, field in _pointing():
        keys: Sequence[object] = subject.devices if field.related_model is Device else [subject.id]
        table = model._meta.db_table
        n = model._default_manager.filter(**{f"{field.name}__in": keys}).count()
        found[table] = found.get(table, 0) + n
    found[Person._meta.db_table] += Person.objects.filter(pk__in=[subject.id or 0]).count()
    found[Device._meta.db_table] += Device.objects.filter(pk__in=subject.devices).count()
    for model, index in ((PhoneProof, PROVED), (Phone, PHONES), (DoorProof, DOOR_PROVED)):
        digests = [one for address in subject.addresses for one in index.digests(address)]
        table = model._meta.db_table
        n = model._default_manager.filter(number_index__in=digests).count()
        found[table] = found.get(table, 0) + n
    return dict(sorted(found.items()))


def own_rows(subject: Subject) -> Mapping[str, "models.QuerySet[Any]"]:
    """The rows of this room that are somebody's, by the name of their sort; no query yet."""
    if subject.id is None:
        devices = Device.objects.filter(pk__in=subject.devices)
        return {"devices": devices, "consents": _consents(subject)}
    of_person = {"person_id": subject.id}
    return {
        "person": Person.objects.filter(pk=subject.id),
        "phones": Phone.objects.filter(**of_person),
        "papers": Document.objects.filter(**of_person),
        "devices": Device.objects.filter(pk__in=subject.devices),
        "proofs": PhoneProof.objects.filter(device__in=subject.devices),
        "consents": _consents(subject),
        "standings": Standing.objects.filter(**of_person),
        "card": Card.objects.filter(**of_person),
        "national_codes": NationalCode.objects.filter(**of_person),
        "family": Person.objects.filter(guardian=subject.id, companion=None),
        "companions": Person.objects.filter(guardian=subject.id, companion__isnull=False),
        "printed_cards": PrintedCard.objects.filter(**of_person),
        "requests": PersonRequest.objects.filter(**of_person),
        "search": SearchToken.objects.filter(**of_person),
    }


def _consents(subject: Subject) -> "models.QuerySet[Any]":
    of_device = models.Q(device__in=subject.devices)
    of_person = models.Q(person_id=subject.id) if subject.id else models.Q(pk__isnull=True)
    return Consent.objects.filter(of_device | of_person)


def _pointing() -> Iterator[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """Every column of every room that refers to a person or to a citizen's device."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.related_model in (Person, Device):
                yield model, field


def _ends(subject: Subject) -> dict[str, date]:
    """The last days of those sorts that have one; the person's own stands for most."""
    person = Person.objects.filter(pk=subject.id).first() if subject.id else None
    if person is None:
        return {}
    names = ("person", "phones", "papers", "national_codes", "search", "family")
    return dict.fromkeys(names, person.kept_until)


# Digests, keys and references of others, such as the case that a standing comes from: of no use to
# whoever reads, and secrets of the house or of somebody else.
_UNTOLD = ("_index", "_digest", "_by")


def _opened(row: models.Model, person: Person | None) -> dict[str, object]:
    """One row in plain values: sealed texts open, keys and digests left out."""
    owner = row if isinstance(row, Person) else person
    told: dict[str, object] = {}
    for field in row._meta.local_concrete_fields:
        if field.name in {"key", "token", "source", "answered_by"} or field.name.endswith(_UNTOLD):
            continue
        value = field.value_from_object(row)
        if isinstance(field, EnvelopedField) and owner is not None:
            value = opened(envelope_of(owner), row, field.name)
        told[field.name] = _plain(value)
    return told


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(TZ).isoformat(timespec="seconds")
    if isinstance(value, (str, int, float, bool, list, dict)) or value is None:
        return value
    return str(value)
