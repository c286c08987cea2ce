"""Who was read at a door or came along: found by keyed digests, or begun with what was read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from vungxanh.core.clock import TZ
from vungxanh.core.envelope import Envelope, new_envelope
from vungxanh.core.enveloped import sealed
from vungxanh.core.index_places import only_one_with
from vungxanh.people.models import Document, NationalCode, Person, Phone, SearchToken
from vungxanh.people.models.persons import COMPANION_KEPT, KEPT
from vungxanh.people.models.tokens import KEYS as TOKEN_KEYS
from vungxanh.people.queries.subjects import (
    KEYS,
    Along,
    Known,
    OwnShown,
    Read,
    companions,
    digests_of,
    judged,
    known_of,
    marked,
    read_all,
)
from vungxanh.people.rules.births import year_of
from vungxanh.people.rules.shown import Mark, Shown, Sort
from vungxanh.people.rules.tokens import findable
from vungxanh.people.values import Origin, person_ref
from vungxanh.people.values.subjects import FoundSubject, ShownSubject, SubjectRefusal
from vungxanh.protocol.personal.own import Kind

# How long somebody is kept is put off so much at a time: on most days nothing is written.
_STEP = timedelta(days=30)
_USE_UP = """
INSERT INTO people_usedcode (digest, until, used_at)
SELECT digest, until, %s FROM unnest(%s::bytea[], %s::timestamptz[]) AS code (digest, until)
ORDER BY digest ON CONFLICT DO NOTHING RETURNING digest
"""


@dataclass(frozen=True, slots=True, repr=False)
class _Begun:
    """Somebody new: their row, its key opened, and what was read."""

    row: Person
    envelope: Envelope
    read: Read


def persons_of(
    *, asked: Sequence[ShownSubject], at: datetime
) -> list[FoundSubject | SubjectRefusal]:
    """Who each is who was shown, in order; whoever is not known yet is begun with what was read.

    In one transaction, the caller's where there is one: who was begun, codes that are used up by
    it, and how long those who were heard of are kept. The same mark twice is one person, here and
    at two doors at once. Nothing is logged: whoever calls keeps what was read, and by which device.
    """
    with transaction.atomic():
        read = read_all(asked)
        known = known_of(read)
        _begin_unknown(asked, read, known, at=at)
        _use_up(read, known, at=at)
        found = [_told(one, known) for one in read]
        _keep_on(found, at)
    return found


def _told(one: Read, known: Known) -> FoundSubject | SubjectRefusal:
    """The first showing of a one-time code uses it up for those after it."""
    found = judged(one, known) or SubjectRefusal.UNKNOWN
    if isinstance(one, OwnShown):
        known.used.add(one.digest)
    return found


def _use_up(read: Iterable[Read], known: Known, *, at: datetime) -> None:
    """Mark one-time codes; what another door marked since they were looked for is known too."""
    codes = {
        one.digest: one.until
        for one in read
        if isinstance(one, OwnShown) and one.kind is Kind.ONE_TIME and one.person in known.persons
    }
    fresh = codes.keys() - known.used
    if not fresh:
        return
    digests = sorted(fresh)
    with connection.cursor() as cursor:
        cursor.execute(_USE_UP, [at, digests, [codes[one] for one in digests]])
        won = {bytes(digest) for (digest,) in cursor.fetchall()}
    known.used |= fresh - won


def _begin_unknown(
    asked: Sequence[ShownSubject], read: Sequence[Read], known: Known, *, at: datetime
) -> None:
    """Begin whom nothing is known of; nobody else begins the same ones meanwhile."""
    unknown = [pair for pair in zip(read, asked, strict=True) if judged(pair[0], known) is None]
    if not unknown:
        return
    only_one_with([lock for one, _ in unknown for lock in _locks(one)])
    _look_again([one for one, _ in unknown], known)
    homes = _homes([one for one, _ in unknown])
    begun: list[_Begun] = []
    for one, shown in unknown:
        if judged(one, known) is None:
            begun.append(_begin(one, f"device:{shown.device}", homes, at=at))
            _know(one, known, -len(begun))
    _write(begun, known, at=at)


def _look_again(unknown: Sequence[Read], known: Known) -> None:
    """Those whom somebody else began before it was our turn."""
    known.marks |= marked({mark for one in unknown if isinstance(one, Shown) for mark in one.marks})
    known.companions |= companions([one for one in unknown if isinstance(one, Along)])


def _homes(unknown: Sequence[Read]) -> dict[int, str | None]:
    """Where the holders live with whom somebody came along."""
    holders = {one.holder for one in unknown if isinstance(one, Along)}
    rows = Person.objects.filter(pk__in=holders).order_by() if holders else Person.objects.none()
    return dict(rows.values_list("id", "residence_id"))


def _begin(one: Read, by: str, homes: dict[int, str | None], *, at: datetime) -> _Begun:
    """The row of somebody new, not stored yet."""
    envelope, key = new_envelope()
    row = Person(key=key, created_at=at)
    if isinstance(one, Along):
        row.origin, row.created_by = Origin.COMPANION, person_ref(one.holder)
        row.guardian_id, row.companion = one.holder, one.place
        row.residence_id = homes.get(one.holder)
        row.kept_until = _day(at + COMPANION_KEPT.period)
    if isinstance(one, Shown):
        row.origin, row.created_by = Origin.DOOR, by
        row.kept_until = _day(at + KEPT.period)
        texts = {"name": one.name, "birth": one.birth, "sex": one.sex, "address": one.address}
        for column, content in sealed(envelope, Person, **texts).items():
            setattr(row, column, content)
    return _Begun(row, envelope, one)


def _know(one: Read, known: Known, number: int) -> None:
    """Somebody new goes by a number below zero until the database gave them theirs."""
    if isinstance(one, Along):
        known.companions[one.holder, one.place] = number
    if isinstance(one, Shown):
        for mark in one.kept:
            known.marks.setdefault(mark, number)


def _write(begun: Sequence[_Begun], known: Known, *, at: datetime) -> None:
    """Store everybody new with what finds them again, in one statement for each table."""
    Person.objects.bulk_create([one.row for one in begun])
    given = {-n: one.row.pk for n, one in enumerate(begun, start=1)}
    known.marks = {mark: given.get(person, person) for mark, person in known.marks.items()}
    known.companions = {
        place: given.get(person, person) for place, person in known.companions.items()
    }
    shown = [(one, one.read) for one in begun if isinstance(one.read, Shown)]
    Document.objects.bulk_create(row for one, read in shown for row in _papers(one, read, at))
    Phone.objects.bulk_create(_phone(one, read, at) for one, read in shown if read.phone)
    NationalCode.objects.bulk_create(
        _national(one, read, at) for one, read in shown if read.national
    )
    SearchToken.objects.bulk_create(token for one, read in shown for token in _tokens(one, read))


def _papers(one: _Begun, read: Shown, at: datetime) -> list[Document]:
    return [
        Document(
            person=one.row,
            kind=str(paper.kind),
            number=sealed(one.envelope, Document, number=paper.number)["number"],
            number_index=KEYS[Sort.PAPER].digest(paper.number),
            said_at=at,
        )
        for paper in read.papers
    ]


def _phone(one: _Begun, read: Shown, at: datetime) -> Phone:
    return Phone(
        person=one.row,
        number=sealed(one.envelope, Phone, number=read.phone)["number"],
        number_index=KEYS[Sort.PHONE].digest(read.phone),
        said_at=at,
    )


def _national(one: _Begun, read: Shown, at: datetime) -> NationalCode:
    return NationalCode(
        person=one.row,
        code=sealed(one.envelope, NationalCode, code=read.national)["code"],
        code_index=KEYS[Sort.NATIONAL].digest(read.national),
        said_at=at,
    )


def _tokens(one: _Begun, read: Shown) -> list[SearchToken]:
    values = findable(read.name, year_of(read.birth)) if read.name else {}
    tokens = {token for sort, found in values.items() for token in TOKEN_KEYS[sort].tokens(found)}
    return [SearchToken(token=token, person=one.row) for token in sorted(tokens)]


def _keep_on(found: Iterable[FoundSubject | SubjectRefusal], at: datetime) -> None:
    """Who was heard of is kept as long again; written when it is worth it."""
    persons = {one.person_id for one in found if isinstance(one, FoundSubject)}
    until, along_until = _day(at + KEPT.period), _day(at + COMPANION_KEPT.period)
    rows = Person.objects.filter(pk__in=persons)
    rows.filter(companion=None, kept_until__lt=until - _STEP).update(kept_until=until)
    along = rows.filter(companion__isnull=False, kept_until__lt=along_until)
    along.update(kept_until=along_until)


def _locks(one: Read) -> list[bytes]:
    """What stands for somebody to be begun while several doors read them."""
    if isinstance(one, Along):
        return [b"%08d" % (one.holder % 10**8)]
    return [digest for mark in _marks(one) for digest in digests_of(mark)]


def _marks(one: Read) -> Sequence[Mark]:
    return one.marks if isinstance(one, Shown) else ()


def _day(at: datetime) -> date:
    return at.astimezone(TZ).date()
