"""Persons written down, corrected, kept longer."""

from datetime import date, datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.envelope import Envelope, new_envelope
from vungxanh.core.enveloped import opened, sealed
from vungxanh.core.viewer import Viewer
from vungxanh.engines.papers import Kind, Paper, read_paper
from vungxanh.engines.phones import read_phone
from vungxanh.people.actions.refusals import BadBirthError, NoNameError
from vungxanh.people.actions.residence import known_residence
from vungxanh.people.models import (
    DOCUMENTS,
    PHONES,
    Document,
    Person,
    Phone,
    SearchToken,
)
from vungxanh.people.models.persons import KEPT
from vungxanh.people.models.tokens import KEYS
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.births import read_birth, year_of
from vungxanh.people.rules.tokens import findable
from vungxanh.people.values import person_ref
from vungxanh.people.values.entries import NewPerson, PersonChange


def add_person(*, person: NewPerson, by: Viewer, at: datetime) -> Person:
    """Write somebody down; nothing is stored unless all of it can be.

    A number is said, not proved: it never counts as "with phone number". Records
    people.person_added.
    """
    today = at.astimezone(TZ).date()
    name, birth = _name(person.name), _birth(person.birth, today)
    unit = known_residence(person.residence.unit) if person.residence else None
    number = read_phone(person.phone) if person.phone.strip() else None
    papers = [read_paper(text, _kind(kind)) for kind, text in person.papers]
    envelope, key = new_envelope()
    address = person.residence.address if person.residence else ""
    row = Person(
        origin=person.origin,
        key=key,
        residence_id=unit,
        guardian_id=person.guardian,
        language=person.language,
        created_at=at,
        created_by=by.id,
        kept_until=(at + KEPT.period).astimezone(TZ).date(),
        **sealed(envelope, Person, name=name, birth=birth, sex=person.sex, address=address),
    )
    with transaction.atomic():
        row.save(force_insert=True)
        write_tokens(row.pk, name, birth)
        if number:
            _say_number(row.pk, envelope, number.e164, at=at)
        for paper in papers:
            _say_paper(row.pk, envelope, paper, at=at)
        subject, detail = person_ref(row.pk), {"origin": str(person.origin)}
        record(event="people.person_added", by=by, at=at, subject=subject, detail=detail)
    return row


def change_person(*, person_id: int, change: PersonChange, by: Viewer, at: datetime) -> None:
    """Correct what is kept of somebody; records people.person_changed with the names of fields."""
    today = at.astimezone(TZ).date()
    papers = [read_paper(text, _kind(kind)) for kind, text in change.papers]
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person_id)
        envelope = envelope_of(row)
        texts = _changed_texts(change, today)
        for column, content in sealed(envelope, Person, **texts).items():
            setattr(row, column, content)
        row.save(update_fields=["name", "birth", "sex"])
        if texts.keys() & {"name", "birth"}:
            name, birth = opened(envelope, row, "name"), opened(envelope, row, "birth")
            write_tokens(row.pk, name, birth)
        for paper in papers:
            _say_paper(row.pk, envelope, paper, at=at)
        fields = ",".join([*sorted(texts), *(["papers"] if papers else [])])
        subject = person_ref(row.pk)
        record(
            event="people.person_changed", by=by, at=at, subject=subject, detail={"fields": fields}
        )


def forget_document(*, person_id: int, document_id: int, by: Viewer, at: datetime) -> bool:
    """Take one identity paper out of the register; records people.document_forgotten."""
    with transaction.atomic():
        rows = Document.objects.filter(pk=document_id, person_id=person_id)
        if not rows.delete()[0]:
            return False
        subject = person_ref(person_id)
        record(event="people.document_forgotten", by=by, at=at, subject=subject)
    return True


def keep_longer(*, person_id: int, until: date) -> None:
    """Another room still needs this person until a day; never shortens."""
    Person.objects.filter(pk=person_id, kept_until__lt=until).update(kept_until=until)


def _kind(text: str) -> Kind | None:
    return Kind(text) if text else None


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise NoNameError
    return name


def _birth(text: str, today: date) -> str:
    if not text.strip():
        return ""
    birth = read_birth(text, today)
    if birth is None:
        raise BadBirthError
    return birth


def _changed_texts(change: PersonChange, today: date) -> dict[str, str]:
    texts = {}
    if change.name is not None:
        texts["name"] = _name(change.name)
    if change.birth is not None:
        texts["birth"] = _birth(change.birth, today)
    if change.sex is not None:
        texts["sex"] = change.sex
    return texts


def write_tokens(person_id: int, name: str, birth: str) -> None:
    """The tokens of a person, in place of those that there were."""
    SearchToken.objects.filter(person_id=person_id).delete()
    values = findable(name, year_of(birth))
    tokens = {token for sort, found in values.items() for token in KEYS[sort].tokens(found)}
    rows = [SearchToken(token=token, person_id=person_id) for token in sorted(tokens)]
    SearchToken.objects.bulk_create(rows)


def _say_number(person_id: int, envelope: Envelope, number: str, *, at: datetime) -> None:
    Phone.objects.create(
        person_id=person_id,
        number_index=PHONES.digest(number),
        said_at=at,
        number=sealed(envelope, Phone, number=number)["number"],
    )


def _say_paper(person_id: int, envelope: Envelope, paper: Paper, *, at: datetime) -> None:
    """Keep a paper once; saying it again changes nothing."""
    number, kind = paper.number, str(paper.kind)
    own = Document.objects.filter(person_id=person_id, kind=kind)
    if own.filter(number_index__in=DOCUMENTS.digests(number)).exists():
        return
    Document.objects.create(
        person_id=person_id,
        kind=kind,
        number_index=DOCUMENTS.digest(number),
        said_at=at,
        number=sealed(envelope, Document, number=number)["number"],
    )
