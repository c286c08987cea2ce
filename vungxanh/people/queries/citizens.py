"""What a citizen's own phone may show of its holder."""

from datetime import datetime, timedelta

from vungxanh.core.enveloped import opened
from vungxanh.engines.papers import Kind, read_paper
from vungxanh.engines.papers import masked as masked_paper
from vungxanh.engines.phones import masked, read_phone
from vungxanh.locations.values import registry
from vungxanh.people.models import Card, Device, Person, Phone, PhoneProof
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules import codes
from vungxanh.people.values import Origin
from vungxanh.people.values.citizens import (
    Dependant,
    Left,
    OwnCard,
    OwnPaper,
    OwnParticulars,
    OwnState,
    WaitingCode,
)
from vungxanh.people.values.standing import Colour

COUNTED = timedelta(days=1)


def own_state(device: Device, at: datetime) -> OwnState:
    """How the phone and its holder stand; three queries at most."""
    person = device.person
    if person is None:
        return OwnState(since=device.registered_at)
    card = Card.objects.filter(person=person, starts_at__lte=at, ends_at__gt=at).first()
    return OwnState(
        since=device.registered_at,
        has_person=True,
        number=_proved_number(person),
        place=place_name(person.residence_id),
        card=Colour(card.colour) if card else None,
        card_until=card.ends_at if card else None,
    )


def own_card(person: Person) -> OwnCard:
    """What stands beside the code of a person; no query."""
    envelope = envelope_of(person)
    birth = opened(envelope, person, "birth")
    return OwnCard(opened(envelope, person, "name"), birth[:4])


def own_particulars(person: Person) -> OwnParticulars:
    """What is written down of the holder, opened; one query."""
    envelope = envelope_of(person)
    papers = []
    for row in person.documents.all():
        number = opened(envelope, row, "number")
        hidden = masked_paper(read_paper(number, Kind(row.kind)))
        papers.append(OwnPaper(row.pk, row.kind, hidden, number))
    texts = {name: opened(envelope, person, name) for name in ("name", "birth", "sex", "address")}
    return OwnParticulars(**texts, papers=tuple(papers))


def dependants(person: Person) -> tuple[Dependant, ...]:
    """The family of a person, in the order in which they were written down; one query."""
    rows = Person.objects.filter(guardian=person, origin=Origin.DEPENDANT).order_by("id")
    return tuple(dependant_of_row(row) for row in rows)


def left_behind(person: Person, unit: str) -> tuple[Left, ...]:
    """Dependants who live elsewhere than in a commune, in the order in which they were written.

    One query.
    """
    rows = Person.objects.filter(guardian=person, origin=Origin.DEPENDANT).order_by("id")
    return tuple(
        Left(row.pk, dependant_of_row(row).name, place_name(row.residence_id))
        for row in rows
        if row.residence_id != unit
    )


def dependant(person: Person, dependant_id: int) -> Dependant | None:
    """One of the family; None for anybody else."""
    rows = Person.objects.filter(guardian=person, origin=Origin.DEPENDANT, pk=dependant_id)
    row = rows.first()
    return dependant_of_row(row) if row else None


def dependant_of_row(row: Person) -> Dependant:
    """A dependant's texts, opened."""
    envelope = envelope_of(row)
    texts = {name: opened(envelope, row, name) for name in ("name", "birth", "sex")}
    return Dependant(id=row.pk, **texts)


def waiting_code(device: Device, at: datetime) -> WaitingCode | None:
    """The newest code that was sent to the phone, if nobody answered it yet; two queries."""
    newest = PhoneProof.objects.filter(device=device).first()
    if newest is None or newest.ended_at:
        return None
    number = read_phone(newest.number)
    n_sent = PhoneProof.objects.filter(device=device, asked_at__gt=at - COUNTED).count()
    return WaitingCode(
        number=masked(number),
        e164=number.e164,
        until=newest.until,
        again_at=codes.next_code_at(max(1, n_sent), newest.asked_at),
    )


def place_name(unit_id: str | None) -> str:
    """A residence as people say it, with what lies above; no query."""
    if not unit_id:
        return ""
    unit = registry().unit(unit_id)
    return ", ".join([unit.name, *(one.name for one in registry().above(unit))])


def _proved_number(person: Person) -> str:
    """The number that was proved last, masked; empty for none."""
    rows = Phone.objects.filter(person=person, proved_at__isnull=False)
    row = rows.order_by("-proved_at", "-id").first()
    return masked(read_phone(opened(envelope_of(person), row, "number"))) if row else ""
