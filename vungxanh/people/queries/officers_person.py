"""One person as an officer sees them once they are opened."""

from dataclasses import dataclass
from datetime import datetime

from vungxanh.accounts.queries import Place, authorised
from vungxanh.accounts.values.purposes import SEE_PERSONS
from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.engines import papers, phones
from vungxanh.people.models import Card, Device, Document, Person, Phone, Standing
from vungxanh.people.queries.officers_lines import line_of
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values.looking import Line


@dataclass(frozen=True, slots=True, repr=False)
class PhoneLine:
    """A number as it is dialled, whose it was issued by, and since when it is proved, if it is."""

    shown: str
    e164: str
    issuer: str
    may_be_ported: bool
    proved_at: datetime | None
    said_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class PaperLine:
    """A paper by its kind; the number is masked unless it was asked for."""

    id: int
    kind: papers.Kind
    number: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A phone with the app: what it runs, when it was heard of, what it says of its Bluetooth."""

    platform: str
    last_seen_at: datetime
    is_installed: bool
    bluetooth: bool | None
    bluetooth_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class OpenedPerson:
    """Everything that the register keeps of a person, but why they are of a class."""

    row: Person
    name: str
    birth: str
    sex: str
    address: str
    phones: tuple[PhoneLine, ...]
    papers: tuple[PaperLine, ...]
    devices: tuple[DeviceLine, ...]
    guardian: Line | None
    dependants: tuple[Line, ...]
    standings: tuple[Standing, ...]
    card: Card | None


def person_for(viewer: Viewer, person_id: int, *, acting: bool = False) -> Person:
    """A person of the viewer's area; whoever lives elsewhere, or nowhere known, is not there.

    One query. To act, all of the commune must lie in the own area.
    """
    rows = Person.objects.select_related("residence", "guardian")
    return authorised(
        rows.filter(pk=person_id, residence__isnull=False).first(),
        viewer=viewer,
        needs=SEE_PERSONS,
        unit=_home,
        acting=acting,
        kind="person",
    )


def may_act(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may correct what is kept of a person; no query."""
    try:
        authorised(person, viewer=viewer, needs=SEE_PERSONS, unit=_home, acting=True)
    except MissingError:
        return False
    return True


def opened_person(person: Person, at: datetime, *, shown_paper: int = 0) -> OpenedPerson:
    """The person, opened, with at most one paper's number in full; six queries."""
    envelope = envelope_of(person)
    texts = {one: opened(envelope, person, one) for one in ("name", "birth", "sex", "address")}
    return OpenedPerson(
        row=person,
        phones=tuple(_phone(opened(envelope, row, "number"), row) for row in person.phones.all()),
        papers=tuple(
            _paper(opened(envelope, row, "number"), row, is_shown=row.pk == shown_paper)
            for row in person.documents.all()
        ),
        devices=tuple(map(_device, person.devices.filter(ended_at=None))),
        guardian=line_of(person.guardian) if person.guardian else None,
        dependants=tuple(map(line_of, person.dependants.order_by("id"))),
        standings=_standings(person, at),
        card=Card.objects.filter(person=person, starts_at__lte=at, ends_at__gt=at).first(),
        **texts,
    )


def _home(person: Person) -> Place:
    """Where they live; who lives nowhere known was left out before."""
    if person.residence is None:
        raise MissingError
    return person.residence


def _phone(number: str, row: Phone) -> PhoneLine:
    read = phones.read_phone(number)
    return PhoneLine(
        shown=phones.display(read),
        e164=read.e164,
        issuer=str(read.issuer or ""),
        may_be_ported=read.may_be_ported,
        proved_at=row.proved_at,
        said_at=row.said_at,
    )


def _paper(number: str, row: Document, *, is_shown: bool) -> PaperLine:
    kind = papers.Kind(row.kind)
    shown = number if is_shown else papers.masked(papers.Paper(kind, number))
    return PaperLine(row.pk, kind, shown, is_shown)


def _device(row: Device) -> DeviceLine:
    is_installed = row.second_day_on is not None
    return DeviceLine(row.platform, row.last_seen_at, is_installed, row.bluetooth, row.bluetooth_at)


def _standings(person: Person, at: datetime) -> tuple[Standing, ...]:
    """What is in force or lies ahead, the soonest last."""
    rows = person.standings.order_by("-starts_at", "-id")
    return tuple(row for row in rows if row.ends_at is None or row.ends_at > at)
