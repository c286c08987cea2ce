"""Who somebody is whose code, card or number was shown, by keyed digests; nothing is opened."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import F

from vungxanh.core.clock import TZ
from vungxanh.core.sealed import IndexKey
from vungxanh.people.models import (
    DOCUMENTS,
    NATIONAL_CODES,
    PHONES,
    Document,
    NationalCode,
    Person,
    Phone,
    PrintedCard,
    UsedCode,
)
from vungxanh.people.queries.code_keys import handle_key, public_keys
from vungxanh.people.rules.companions import read_number, read_place
from vungxanh.people.rules.handles import read_handle
from vungxanh.people.rules.shown import (
    Mark,
    Shown,
    Sort,
    read_shown,
)
from vungxanh.people.values.subjects import (
    NOTHING_ODD,
    CodeOddness,
    FoundSubject,
    ShownSubject,
    SubjectRefusal,
)
from vungxanh.protocol.personal import own, signed_card
from vungxanh.protocol.personal.own import Kind, Validity
from vungxanh.protocol.refusals import ProtocolError

KEYS: Mapping[Sort, IndexKey] = {
    Sort.PAPER: DOCUMENTS,
    Sort.PHONE: PHONES,
    Sort.NATIONAL: NATIONAL_CODES,
}


@dataclass(frozen=True, slots=True)
class OwnShown:
    """One of our codes, signed by us: its bearer, and what of it is odd by the time alone."""

    person: int
    serial: int
    kind: Kind
    digest: bytes
    until: datetime
    at: datetime
    flags: CodeOddness


@dataclass(frozen=True, slots=True)
class Relative:
    """A dependant of a holder, by their number in the register."""

    holder: int
    person: int


@dataclass(frozen=True, slots=True)
class Along:
    """Somebody without a name who came along with a holder, by their place in the count."""

    holder: int
    place: int


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of the phone."""

    person: int


Read = OwnShown | Relative | Along | Holder | Shown | SubjectRefusal


@dataclass(slots=True)
class Known:
    """What the register knows of those who were shown."""

    persons: set[int] = field(default_factory=set)
    relatives: set[tuple[int, int]] = field(default_factory=set)
    companions: dict[tuple[int, int], int] = field(default_factory=dict)
    cards: dict[tuple[int, int], datetime | None] = field(default_factory=dict)
    marks: dict[Mark, int] = field(default_factory=dict)
    used: set[bytes] = field(default_factory=set)


def who_is(asked: Sequence[ShownSubject]) -> list[FoundSubject | SubjectRefusal | None]:
    """Who each is as the register stands; None for somebody not in it yet. Nothing is written.

    Seven queries at most. A one-time code that was read before is told so; it is not used up.
    """
    read = read_all(asked)
    known = known_of(read)
    return [judged(one, known) for one in read]


def read_all(asked: Iterable[ShownSubject]) -> list[Read]:
    """What was shown, as far as it can be read without the register; no query."""
    return [_read(one) for one in asked]


def known_of(read: Iterable[Read]) -> Known:
    """What the register knows of them, in seven queries at most, whatever their number."""
    every = list(read)
    codes = [one for one in every if isinstance(one, OwnShown)]
    known = Known(persons=_there(every), cards=_cards(codes), used=_used(codes))
    known.relatives = _relatives([one for one in every if isinstance(one, Relative)])
    known.companions = companions([one for one in every if isinstance(one, Along)])
    known.marks = marked({mark for one in every if isinstance(one, Shown) for mark in one.marks})
    return known


def judged(one: Read, known: Known) -> FoundSubject | SubjectRefusal | None:
    """Who it is by what is known; None for somebody who is not in the register yet."""
    if isinstance(one, OwnShown):
        return _bearer(one, known)
    if isinstance(one, Shown):
        persons = (known.marks.get(mark) for mark in one.marks)
        person = next((found for found in persons if found is not None), None)
        return None if person is None else FoundSubject(person)
    if isinstance(one, Along):
        return _companion(one, known)
    if isinstance(one, Relative):
        is_one = (one.holder, one.person) in known.relatives
        return FoundSubject(one.person) if is_one else SubjectRefusal.UNKNOWN
    if isinstance(one, Holder):
        return FoundSubject(one.person) if one.person in known.persons else SubjectRefusal.UNKNOWN
    return one


def companions(asked: Iterable[Along]) -> dict[tuple[int, int], int]:
    """The persons of these places, by holder and place; one query."""
    holders = {one.holder for one in asked}
    if not holders:
        return {}
    rows = Person.objects.filter(guardian__in=holders, companion__isnull=False).order_by()
    found = rows.values_list("guardian_id", "companion", "id")
    return {(guardian, place or 0): pk for guardian, place, pk in found if guardian is not None}


def marked(marks: Iterable[Mark]) -> dict[Mark, int]:
    """Whose each mark is; three queries at most.

    Of several, a number is whose it was proved to be, and all else is of who stood there first.
    """
    found: dict[Mark, int] = {}
    by_digest = {
        sort: {digest: mark for mark in marks if mark.sort is sort for digest in digests_of(mark)}
        for sort in Sort
    }
    for sort, of in by_digest.items():
        for digest, person in _holders(sort, list(of)) if of else ():
            found.setdefault(of[bytes(digest)], person)
    return found


def digests_of(mark: Mark) -> tuple[bytes, ...]:
    """Under every index key held."""
    return KEYS[mark.sort].digests(mark.text)


def _holders(sort: Sort, digests: Sequence[bytes]) -> Iterable[tuple[bytes | memoryview, int]]:
    """Digests and persons, those who count first."""
    if sort is Sort.PHONE:
        phones = Phone.objects.filter(number_index__in=digests)
        rows = phones.order_by(F("proved_at").asc(nulls_last=True), "person_id")
        return rows.values_list("number_index", "person_id")
    if sort is Sort.PAPER:
        papers = Document.objects.filter(number_index__in=digests).order_by("person_id")
        return papers.values_list("number_index", "person_id")
    codes = NationalCode.objects.filter(code_index__in=digests).order_by("person_id")
    return codes.values_list("code_index", "person_id")


def _read(one: ShownSubject) -> Read:
    if one.kind == "vungxanh.person":
        return _own_code(one)
    if one.kind not in ("self", "companion"):
        today = one.at.astimezone(TZ).date()
        return read_shown(one.kind, one.value, today) or SubjectRefusal.UNKNOWN
    if one.holder_id is None:
        return SubjectRefusal.NOT_ALLOWED
    if one.kind == "self":
        return Holder(one.holder_id)
    place, number = read_place(one.value), read_number(one.value)
    if place is not None:
        return Along(one.holder_id, place)
    return SubjectRefusal.UNKNOWN if number is None else Relative(one.holder_id, number)


def _own_code(one: ShownSubject) -> OwnShown | SubjectRefusal:
    """A code that our key signed; any other names nobody. Its time is judged by the scan's."""
    try:
        code = own.read(signed_card.parts_of(one.value)[0], public_keys())
    except ProtocolError:
        return SubjectRefusal.UNKNOWN
    found = read_handle(code.handle, handle_key(code.key_id)) if code.verified else None
    if found is None:
        return SubjectRefusal.UNKNOWN
    is_in_time = own.validity(code, int(one.at.timestamp())) is Validity.VALID
    return OwnShown(
        *found,
        kind=code.kind,
        digest=hashlib.sha256(code.handle).digest(),
        until=datetime.fromtimestamp(code.valid_until, UTC),
        at=one.at,
        flags=NOTHING_ODD if is_in_time else CodeOddness.OLD,
    )


def _bearer(one: OwnShown, known: Known) -> FoundSubject | SubjectRefusal:
    """Somebody erased is unknown, and who bears a card that was withdrawn before it was shown."""
    if one.person not in known.persons:
        return SubjectRefusal.UNKNOWN
    if one.kind is Kind.CARD:
        revoked_at = known.cards.get((one.person, one.serial), datetime.min.replace(tzinfo=UTC))
        if revoked_at is not None and revoked_at <= one.at:
            return SubjectRefusal.UNKNOWN
    is_again = one.kind is Kind.ONE_TIME and one.digest in known.used
    return FoundSubject(one.person, one.flags | (CodeOddness.AGAIN if is_again else NOTHING_ODD))


def _companion(one: Along, known: Known) -> FoundSubject | SubjectRefusal | None:
    if one.holder not in known.persons:
        return SubjectRefusal.UNKNOWN
    person = known.companions.get((one.holder, one.place))
    return None if person is None else FoundSubject(person)


def _there(read: Iterable[Read]) -> set[int]:
    """Who of the bearers and holders is still in the register."""
    named = {one.person for one in read if isinstance(one, OwnShown | Holder)}
    named |= {one.holder for one in read if isinstance(one, Along)}
    if not named:
        return set()
    rows = Person.objects.filter(pk__in=named).order_by()
    return set(rows.values_list("id", flat=True))


def _relatives(asked: Sequence[Relative]) -> set[tuple[int, int]]:
    """Which of these are dependants of the holder; one query."""
    if not asked:
        return set()
    numbers = {one.person for one in asked}
    rows = Person.objects.filter(pk__in=numbers, companion=None, guardian__isnull=False)
    pairs = rows.order_by().values_list("guardian_id", "id")
    return {(guardian, pk) for guardian, pk in pairs if guardian is not None}


def _cards(codes: Iterable[OwnShown]) -> dict[tuple[int, int], datetime | None]:
    serials = {one.serial for one in codes if one.kind is Kind.CARD}
    if not serials:
        return {}
    rows = PrintedCard.objects.filter(serial__in=serials).order_by()
    found = rows.values_list("person_id", "serial", "revoked_at")
    return {(person, serial): revoked_at for person, serial, revoked_at in found}


def _used(codes: Iterable[OwnShown]) -> set[bytes]:
    digests = {one.digest for one in codes if one.kind is Kind.ONE_TIME}
    if not digests:
        return set()
    rows = UsedCode.objects.filter(digest__in=digests).order_by()
    return {bytes(one) for one in rows.values_list("digest", flat=True)}
