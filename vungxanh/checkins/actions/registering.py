"""New points: one that a citizen, an officer or an organisation registers."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID
from zlib import crc32

from django.db import connection, transaction

from vungxanh.accounts.values.acting import organisations_of
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.codes import codes_for
from vungxanh.checkins.actions.holding import must_manage, point_ref
from vungxanh.checkins.actions.issuing import new_short_codes
from vungxanh.checkins.models import CONTACT_PHONES, Entrance, Point, PointChange
from vungxanh.checkins.queries.likeness import Alike, like_entry
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.kinds import LIVING, State, Via
from vungxanh.checkins.values.points import PointEntry, Whose
from vungxanh.checkins.values.words import same_key, search_text
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values.hours import wire_of_hours
from vungxanh.people.queries.holders import holder_id, holder_of

MOST_OWNED: Final = 20
_OWNERS: Final = 0x76787074  # advisory locks of owners
_PLACES: Final = 0x76787070  # and of names in a commune
_TABLES: Final = 0x7678707400000000  # and of tables that end being written


@dataclass(frozen=True, slots=True)
class Asked:
    """How a point is asked for: the request's own number, and that it is no other that is there."""

    request_id: UUID | None = None
    is_another: bool = False
    is_invented: bool = False


_PLAIN: Final = Asked()


def register_point(
    *, entry: PointEntry, whose: Whose, by: Viewer, at: datetime, asked: Asked = _PLAIN
) -> Point:
    """Register a point with its entrances and their codes; one that was asked for twice is one.

    A citizen's or an organisation's waits for approval; an officer's stands approved. Refused where
    it may be one that is there, unless `asked.is_another`. Audit event:
    `checkins.point_registered`.
    """
    via = via_of(whose, by)
    with transaction.atomic():
        _hold_tables()
        if whose.owner_id is not None:
            hold_owner(whose.owner_id)
            made = _made_before(whose.owner_id, asked.request_id)
            if made is not None:
                return made
            must_be_few(whose.owner_id)
        _must_be_another(entry, asked, by)
        point = _written(entry, whose, via, by=by, at=at)
        point.request_id, point.is_invented = asked.request_id, asked.is_invented
        point.save(force_insert=True)
        _write_entrances(point, entry)
        _record(point, by=by, at=at)
    return point


def via_of(whose: Whose, by: Viewer) -> Via:
    """As whom the viewer registers; a citizen for themselves alone, with a proved number."""
    if by.is_citizen:
        if whose.owner_id is None or holder_id(by) != whose.owner_id:
            raise refusals.NumberNeededError
        return Via.OWNER
    if whose.organisation_id and str(whose.organisation_id) in organisations_of(by.scopes):
        return Via.ORGANISATION
    return Via.OFFICER


def filled(row: Point, entry: PointEntry) -> Point:
    """A row with everything that an entry says, and what is found by it."""
    row.kind, row.name, row.address, row.unit_id = entry.kind, entry.name, entry.address, entry.unit
    row.hours = wire_of_hours(entry.hours)
    row.usual_stay_minutes, row.capacity = entry.stay, entry.capacity
    row.contact_name, row.contact_phone = entry.contact_name, entry.contact_phone
    phone = entry.contact_phone
    row.contact_phone_index = CONTACT_PHONES.digest(phone) if phone else None
    row.same_key = same_key(entry.name)
    row.words = search_text(name=entry.name, address=entry.address, unit=entry.unit)
    return row


def _written(entry: PointEntry, whose: Whose, via: Via, *, by: Viewer, at: datetime) -> Point:
    is_officer = via is Via.OFFICER
    if is_officer:
        must_manage(by=by, unit_id=entry.unit)
    return filled(
        Point(
            code=_free_code(),
            owner_id=whose.owner_id,
            organisation_id=whose.organisation_id,
            premises_id=whose.premises_id,
            via=via,
            state=State.APPROVED if is_officer else State.REGISTERED,
            registered_at=at,
            registered_by=by.id,
            decided_at=at if is_officer else None,
            decided_by=by.id if is_officer else "",
        ),
        entry,
    )


def _write_entrances(point: Point, entry: PointEntry) -> None:
    doors = [
        Entrance(point=point, number=number, kind=one.kind, label=one.label)
        for number, one in enumerate(entry.entrances, start=1)
    ]
    Entrance.objects.bulk_create([Entrance(point=point, number=0), *doors])


def _record(point: Point, *, by: Viewer, at: datetime) -> None:
    n_codes = len(codes_for(point=point, by=by, at=at))
    after = {"name": point.name, "kind": str(point.kind), "unit": point.unit_id}
    PointChange.objects.create(point=point, action="registered", after=after, at=at, by=by.id)
    detail: Detail = {"via": str(point.via), "codes": n_codes, "unit": point.unit_id}
    event = "checkins.point_registered"
    record(event=event, by=by, at=at, subject=point_ref(point), detail=detail)


def hold_owner(owner_id: int) -> None:
    """One request of an owner at a time, so that none is registered twice or above the limit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_OWNERS, owner_id % 2_147_483_647])


def hold_all_places() -> None:
    """Wait for points that are being registered, and let others wait until the transaction ends.

    For the end of a table: it sees whatever was registered while it was written, and is seen.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TABLES])


def _hold_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_TABLES])


def _hold_place(entry: PointEntry) -> None:
    """One request at a time for a name of a kind in a commune: the second is told of the first."""
    place = crc32(f"{entry.unit} {entry.kind} {same_key(entry.name)}".encode()) >> 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_PLACES, place])


def _made_before(owner_id: int, request_id: UUID | None) -> Point | None:
    if request_id is None:
        return None
    return Point.objects.filter(owner=owner_id, request_id=request_id).first()


def must_be_few(owner_id: int) -> None:
    """Refuse who owns as many living points as one may."""
    if Point.objects.filter(owner=owner_id, state__in=LIVING).count() >= MOST_OWNED:
        raise refusals.many_points(MOST_OWNED)


def _must_be_another(entry: PointEntry, asked: Asked, by: Viewer) -> None:
    if asked.is_another:
        return
    _hold_place(entry)
    found = alike_for(entry, by)
    if found:
        raise refusals.MaybeRegisteredError([one.shown_code for one in found])


def alike_for(entry: PointEntry, by: Viewer) -> tuple[Alike, ...]:
    """Points that the entry may mean, as far as the viewer may know.

    A citizen is told by their own number alone: whose number stands at a point is nobody's to try.
    """
    holder = holder_of(by) if by.is_citizen else None
    may_know = not by.is_citizen or (holder and holder.number == entry.contact_phone)
    return like_entry(entry if may_know else replace(entry, contact_phone=""))


def _free_code() -> str:
    """A code that no point has; two of a million million would ever meet."""
    while True:
        (code,) = new_short_codes(1)
        if not Point.objects.filter(code=code).exists():
            return code
