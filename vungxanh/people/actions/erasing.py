"""Erasing a person: from every room in one transaction, with a proof that is read again.

The person's own key goes with their row. What a backup still holds lies under it, wrapped under the
key that the proof names: once that key is destroyed, no backup opens it.
"""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from vungxanh.audit.actions import record
from vungxanh.core import keys, subjects
from vungxanh.core.envelope import kek_id
from vungxanh.core.errors import MissingError
from vungxanh.core.keys import Use
from vungxanh.core.sealed import IndexKey
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.counting import move
from vungxanh.people.actions.refusals import StillFollowedError
from vungxanh.people.models import (
    DOOR_PROVED,
    Consent,
    Device,
    DoorProof,
    ErasureProof,
    Person,
    PersonRequest,
    PhoneProof,
)
from vungxanh.people.models.phones import PROVED
from vungxanh.people.queries.held import subject_of, subject_of_device
from vungxanh.people.queries.rights import is_held_back
from vungxanh.people.values.counts import Element

REFERENCE = IndexKey("people_erasureproof.reference", str)
_NOBODY = "0" * 8  # the key of a subject that had none of its own


def erase_person(*, person_id: int, by: Viewer, at: datetime) -> UUID:
    """Erase a person and their dependants from every room; the id of the proof.

    Live counts fall in the same transaction. Records people.erased for each, with the number of
    rows; the log itself stays, and says only that. After the commit stores are erased and
    everything is read again (`finish_erasure`), by a job where that fails.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            raise MissingError
        for dependant in person.dependants.order_by("id").values_list("id", flat=True):
            erase_person(person_id=dependant, by=by, at=at)
        return _prove(subject_of(person), kek_id(bytes(person.key)).hex(), by=by, at=at)


def erase_self(*, device: Device, by: Viewer, at: datetime) -> UUID:
    """Erase whoever holds this device at their own word; refused while they are followed up.

    Records people.erased.
    """
    with transaction.atomic():
        if device.person_id is None:  # intake may have begun a person for it since
            device = Device.objects.select_for_update().filter(pk=device.pk).first() or device
        if device.person_id is None:
            return _prove(subject_of_device(device), _NOBODY, by=by, at=at)
        Person.objects.select_for_update().get(pk=device.person_id)
        if is_held_back(device.person_id, at):
            raise StillFollowedError
        return erase_person(person_id=device.person_id, by=by, at=at)


def finish_erasure(*, proof_id: UUID, at: datetime) -> None:
    """Erase what lies outside the database, then read everything again; what is found is kept.

    The proof itself says until then, sealed, who was erased: whoever comes first, at once or by the
    job, does the same, and whoever comes second finds nothing to do.
    """
    proof = ErasureProof.objects.get(pk=proof_id)
    if proof.subject is None:
        return
    subject = Subject.from_text(proof.subject)
    stores = subjects.stores()
    for store in stores:
        store.erase(subject, at)
    left = subjects.left(subject) | {store.name: store.contains(subject) for store in stores}
    waiting = ErasureProof.objects.filter(pk=proof_id, checked_at=None)
    waiting.update(left=left, checked_at=at, subject=None)


def erase_own(subject: Subject) -> dict[str, int]:
    """This room's part, inside the caller's transaction; rows gone by table."""
    _uncount(subject)
    gone: Counter[str] = Counter()
    for model, index in ((PhoneProof, PROVED), (DoorProof, DOOR_PROVED)):
        digests = [one for address in subject.addresses for one in index.digests(address)]
        gone.update(model._default_manager.filter(number_index__in=digests).delete()[1])
    if subject.id is None:
        kept = Consent.objects.filter(device__in=subject.devices, person__isnull=False)
        kept.update(device=None)
    gone.update(Device.objects.filter(pk__in=subject.devices).delete()[1])
    if subject.id is not None:
        requests = PersonRequest.objects.filter(person_id=subject.id)
        requests.update(words="", answer="", extended_why="", person=None)
        gone.update(Person.objects.filter(pk=subject.id).delete()[1])
    return {label.lower().replace(".", "_"): n for label, n in sorted(gone.items())}


def _prove(subject: Subject, key_id: str, *, by: Viewer, at: datetime) -> UUID:
    counts = subjects.erase(subject, at)
    proof = ErasureProof(
        reference=REFERENCE.digest(subject.ref),
        erased_at=at,
        erased_by=by.id if by.id not in subject.device_refs else "self",
        counts=counts,
        key_id=key_id,
        data_key_id=keys.ring(Use.DATA).current.hex(),
        subject=subject.as_text(),
    )
    proof.save(force_insert=True)
    n_rows = sum(n for tables in counts.values() for n in tables.values())
    record(
        event="people.erased", by=by, at=at, subject=f"erasure:{proof.pk}", detail={"rows": n_rows}
    )
    app.configure_task(name="people.finish_erasure").defer(proof_id=str(proof.pk))

    def finish() -> None:  # no partial: Django names what failed, and a partial has no name
        finish_erasure(proof_id=proof.pk, at=at)

    transaction.on_commit(finish, robust=True)
    return proof.pk


def _uncount(subject: Subject) -> None:
    """Take a person and their installs out of the live counts."""
    changes: Counter[tuple[str, str]] = Counter()
    installs = Device.objects.filter(pk__in=subject.devices, second_day_on__isnull=False)
    for unit in installs.filter(ended_at=None).values_list("residence", flat=True):
        changes[unit or "", Element.DEVICES] -= 1
    if subject.id is not None:
        phoned = Person.objects.filter(pk=subject.id, has_phone=True, residence__isnull=False)
        for unit in phoned.values_list("residence", flat=True):
            changes[unit, Element.WITH_PHONE] -= 1
    move(changes)
