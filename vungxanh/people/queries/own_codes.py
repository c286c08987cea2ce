"""What a citizen's page of codes shows: whose codes they may show, their cards, the 1405 text."""

from collections.abc import Sequence
from datetime import date, datetime

from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.people.models import Device, Document, Person, PrintedCard
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values import Origin
from vungxanh.people.values.codes import CardLine
from vungxanh.protocol.personal import decision1405
from vungxanh.protocol.personal.decision1405 import Declared, PersonalQr
from vungxanh.protocol.personal.values import PartialDay

NAMELESS = "CHUA GHI TEN"
_BEST_FIRST = ("cccd", "cmnd", "passport")


def bearer_of(device: Device, asked: str) -> Person | None:
    """The device's person, or a dependant whose number was asked for; anybody else is not there.

    None where no number was proved on this device yet. One query at most.
    """
    if device.person is None or not asked:
        return device.person
    own = str(device.person.pk) == asked
    found = device.person if own else _dependant(device.person, asked)
    if found is None:
        raise MissingError
    return found


def family_of(device: Device) -> tuple[tuple[int, str], ...]:
    """Number and name of the device's person and their dependants; one query."""
    if device.person is None:
        return ()
    family = device.person.dependants.filter(origin=Origin.DEPENDANT)
    people = [device.person, *family.order_by("id")]
    return tuple((one.pk, name_of(one)) for one in people)


def name_of(person: Person) -> str:
    """The person's name, empty where none was said."""
    return opened(envelope_of(person), person, "name")


def cards_of(person: Person, at: datetime) -> Sequence[CardLine]:
    """The printed cards of a person that could still be found, newest first; one query."""
    rows = PrintedCard.objects.filter(person=person, until__gt=at)
    return [CardLine(row.pk, row.printed_at, row.until, row.revoked_at is not None) for row in rows]


def national_text(person: Person, *, is_masked: bool) -> str | None:
    """The text of the national code of Decision 1405; None where no identity paper is known."""
    envelope = envelope_of(person)
    papers = {row.kind: row for row in Document.objects.filter(person=person)}
    best = next((papers[kind] for kind in _BEST_FIRST if kind in papers), None)
    birth = opened(envelope, person, "birth")
    if best is None or not birth:
        return None
    code = PersonalQr(
        number=opened(envelope, best, "number"),
        name=opened(envelope, person, "name") or NAMELESS,
        born=_born(birth),
        declared=Declared.SELF if person.guardian_id is None else Declared.OTHER,
    )
    return decision1405.write(code, is_masked=is_masked)


def _dependant(guardian: Person, asked: str) -> Person | None:
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    return guardian.dependants.filter(origin=Origin.DEPENDANT, pk=number).first()


def _born(birth: str) -> PartialDay:
    if len(birth) == 4:
        return PartialDay(int(birth))
    day = date.fromisoformat(birth)
    return PartialDay(day.year, day.month, day.day)
