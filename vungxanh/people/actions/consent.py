"""Consents: given in words that were shown, withdrawn at any time; silence is none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.enveloped import opened
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.actions import opt_in, opt_out
from vungxanh.people.actions.counting import move
from vungxanh.people.actions.refusals import ConsentNeededError, OldConsentError
from vungxanh.people.models import Consent, Device, Person
from vungxanh.people.queries.consents import may_take, of_device
from vungxanh.people.queries.devices import device_id_of
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.queries.rights import is_held_back
from vungxanh.people.values.consents import Consenting, texts
from vungxanh.people.values.counts import Element
from vungxanh.people.values.devices import device_ref


def give_consent(
    *, device: Device, purpose: Consenting, version: int, language: str, by: Viewer, at: datetime
) -> int:
    """Keep that somebody agreed to the text in force, in the language in which they read it.

    Another version is refused: it was not what they read. Twice changes nothing. Records
    people.consent_given.
    """
    if texts()[purpose].version != version:
        raise OldConsentError
    with transaction.atomic():
        Device.objects.select_for_update().get(pk=device.pk)
        mine = of_device(device).filter(purpose=purpose, withdrawn_at=None)
        same = mine.filter(version=version).first()
        if same is not None:
            return int(same.pk)
        row = Consent.objects.create(
            person_id=device.person_id,
            device=device,
            purpose=purpose,
            version=version,
            language=language,
            given_at=at,
        )
        if purpose is Consenting.MESSAGES:
            for number in _numbers(device.person_id):
                opt_in(to=number, by=by, at=at)
        _record("people.consent_given", device.pk, purpose, by=by, at=at)
        return int(row.pk)


def give_own_consent(
    *, purpose: Consenting, version: int, language: str, by: Viewer, at: datetime
) -> int:
    """The same for the holder of the phone behind a citizen's viewer.

    Records people.consent_given.
    """
    device = Device.objects.get(pk=device_id_of(by), ended_at=None)
    return give_consent(
        device=device, purpose=purpose, version=version, language=language, by=by, at=at
    )


def withdraw_consent(*, device: Device, purpose: Consenting, by: Viewer, at: datetime) -> bool:
    """Withdraw what was agreed to, in every version; what hung on it ends at once.

    False where nothing was agreed to. Records people.consent_withdrawn.
    """
    with transaction.atomic():
        given = of_device(device).filter(purpose=purpose, withdrawn_at=None)
        if not given.update(withdrawn_at=at):
            return False
        _end(device, purpose, by=by, at=at)
        _record("people.consent_withdrawn", device.pk, purpose, by=by, at=at)
    return True


def must_have_ground(*, device: Device, purpose: Consenting, at: datetime) -> None:
    """Refuse data to which its holder did not agree and which no law in force allows to take.

    Whoever takes data of a citizen by a page or a call asks this first; at most two queries.
    """
    if not may_take(device, purpose, at):
        raise ConsentNeededError


def _end(device: Device, purpose: Consenting, *, by: Viewer, at: datetime) -> None:
    """Carry out what the text says of its end."""
    if device.person_id is None:
        return
    if purpose is Consenting.RESIDENCE:
        Person.objects.filter(pk=device.person_id).update(address=None)
    elif purpose is Consenting.MESSAGES:
        for number in _numbers(device.person_id):
            opt_out(to=number, by=by, at=at)
    elif purpose is Consenting.APP and not is_held_back(device.person_id, at):
        _forget_numbers(device.person_id)


def _forget_numbers(person_id: int) -> None:
    person = Person.objects.select_for_update().get(pk=person_id)
    person.phones.all().delete()
    if person.has_phone and person.residence_id:
        move({(person.residence_id, Element.WITH_PHONE): -1})
    Person.objects.filter(pk=person_id).update(has_phone=False)


def _numbers(person_id: int | None) -> list[str]:
    if person_id is None:
        return []
    person = Person.objects.get(pk=person_id)
    envelope = envelope_of(person)
    return [opened(envelope, phone, "number") for phone in person.phones.all()]


def _record(event: str, device_id: UUID, purpose: Consenting, *, by: Viewer, at: datetime) -> None:
    detail: dict[str, str | int | None] = {
        "consent": str(purpose),
        "version": texts()[purpose].version,
    }
    record(event=event, by=by, at=at, subject=device_ref(device_id), detail=detail)
