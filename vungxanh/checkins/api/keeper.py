"""The calls of a keeper's device: look, visits that it sealed, who is inside, all leave.

A device is one that its owner or an officer enrolled for one point; it acts for that point alone.
What a door reads comes sealed, so that the device cannot read what it has waiting.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vungxanh.accounts.queries.devices import own_device
from vungxanh.accounts.values.device_viewers import device_id_of
from vungxanh.checkins.actions.keeper_visits import keep_sealed, look_at_sealed
from vungxanh.checkins.actions.leaving import leave_all, undo_leave_all
from vungxanh.checkins.actions.scanning import take_back
from vungxanh.checkins.queries.declared_first import must_declare
from vungxanh.checkins.queries.door_devices import door_of
from vungxanh.checkins.queries.inside import inside_after, inside_now
from vungxanh.checkins.rules.doors import Sign, warn_at
from vungxanh.checkins.rules.states import UNDO_WITHIN
from vungxanh.checkins.values.door_devices import DoorKept
from vungxanh.checkins.values.keeper_refusals import DoorClosedError, NoDoorError
from vungxanh.checkins.values.scans import MOST_IN_A_BODY
from vungxanh.checkins.values.sealed_body import (
    CARDS,
    KEY_PATTERN,
    LONGEST_BOX,
    SealedItem,
    look_words,
)
from vungxanh.core import clock
from vungxanh.core.access import SIGNED_IN, api, viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.protocol.places import short_codes
from vungxanh.protocol.places.door import bytes_of_url

router = Router(tags=["keeper"])


class SealedIn(Schema):
    """One reading, sealed: the scan's UUIDv7, the key's id, `enc || ct` in base64url."""

    id: UUID
    key: str = Field(pattern=KEY_PATTERN)
    box: str = Field(max_length=LONGEST_BOX)


class LookIn(Schema):
    """Somebody who stands at the door."""

    sealed: SealedIn


class SealedVisitsIn(Schema):
    """Readings that a door sealed, in any order."""

    sealed: list[SealedIn] = Field(max_length=MOST_IN_A_BODY)


class IdsIn(Schema):
    """Identifiers of scans that this device sent."""

    ids: list[UUID] = Field(max_length=MOST_IN_A_BODY)


class ActIn(Schema):
    """The id of one act, made by the device: the same act sent again changes nothing."""

    id: UUID


class KeptPointOut(Schema):
    """The point and entrance of the device; `warn_at` people inside it fills up.

    `must_declare`: whoever has not declared their health that day is not let in yet.
    """

    code: str
    shown: str
    name: str
    entrance: int
    entrance_label: str
    capacity: int | None
    warn_at: int | None
    usual_stay_s: int
    is_living: bool
    must_declare: bool


class KeeperDeviceOut(Schema):
    """The device itself."""

    id: UUID
    name: str


class KeeperOut(Schema):
    """Which point this device keeps, and for how many seconds more without a further contact."""

    point: KeptPointOut
    device: KeeperDeviceOut
    valid_seconds: int
    inside: int
    now: datetime


class LookOut(Schema):
    """The sign, and what a keeper may know beside it; never why not, but for a missing declaration.

    `card` is green, yellow, orange, red or none; `declared` says whether they declared their health
    today, by the calendar of Vietnam. `oddness`: `code_old`, the code was over when it
    was read, perhaps a photograph; `code_again`, a one-time code that was read before.
    """

    sign: Sign
    words: str
    initials: str
    year: int | None
    card: str = Field(json_schema_extra={"enum": [*CARDS]})
    declared: bool
    oddness: list[str]
    inside: int
    capacity: int | None


class RefusedOut(Schema):
    """A reading that is not kept; the device need not send it again."""

    id: UUID
    code: str


class KeptOut(Schema):
    """What became of readings: durable when told."""

    stored: int
    duplicate: int
    refused: list[RefusedOut]
    inside: int


class BackOut(Schema):
    """How many scans were taken back, how many people are inside now."""

    removed: int
    inside: int


class InsideOut(Schema):
    """How many people are inside, by the scans of phones and of every door."""

    inside: int
    capacity: int | None
    as_of: datetime


class LeftOut(Schema):
    """How many left, and for how long that may be taken back."""

    left: int
    undo_seconds: int
    inside: int


class UndoneOut(Schema):
    """How many are inside again."""

    back: int
    inside: int


class Keeping(NamedTuple):
    """A device at its door."""

    door: DoorKept
    device_id: UUID
    by: Viewer


def keeping(request: HttpRequest) -> Keeping:
    """The device behind a request and the door that it keeps; NoDoorError for anybody else."""
    by = viewer_of(request)
    device_id = device_id_of(by)
    door = door_of(device_id) if device_id else None
    if device_id is None or door is None:
        raise NoDoorError
    return Keeping(door, device_id, by)


def keeping_open(request: HttpRequest) -> Keeping:
    """The same at a point that lives: at no other is anybody looked at, or sent a code."""
    kept = keeping(request)
    if not kept.door.is_living:
        raise DoorClosedError
    return kept


@router.get("/me", response=KeeperOut, **api(needs=SIGNED_IN))
def me(request: HttpRequest) -> KeeperOut:
    """The point that this device keeps; the call is a contact, after which it holds 72 hours."""
    at, kept = clock.now(), keeping(request)
    door, own = kept.door, own_device(kept.by)
    return KeeperOut(
        point=KeptPointOut(
            code=door.code,
            shown=short_codes.shown(door.code),
            name=door.name,
            entrance=door.entrance,
            entrance_label=door.entrance_label,
            capacity=door.capacity,
            warn_at=warn_at(door.capacity),
            usual_stay_s=door.usual_stay_s,
            is_living=door.is_living,
            must_declare=must_declare(door.point_id, door.kind, door.unit_id, at=at),
        ),
        device=KeeperDeviceOut(id=own.id, name=own.name),
        valid_seconds=int((own.valid_until - at).total_seconds()),
        inside=inside_now(door.point_id, at).n,
        now=at,
    )


@router.post("/look", url_name="checkins-keeper_look", response=LookOut, **api(needs=SIGNED_IN))
def look(request: HttpRequest, body: LookIn) -> LookOut:
    """Who stands there, as far as a keeper may know; nothing is kept but that somebody looked.

    A telephone number is not looked at: a code is sent to it instead.
    """
    at, kept = clock.now(), keeping_open(request)
    door = kept.door
    item, device = _item(body.sealed), kept.device_id
    seen = look_at_sealed(sent=item, door=door, device_id=device, by=kept.by, at=at)
    return LookOut(
        sign=seen.sign,
        words=look_words(seen).in_language(reader_language()),
        initials=seen.initials,
        year=seen.birth_year,
        card=seen.card,
        declared=seen.has_declared,
        oddness=list(seen.oddness),
        inside=inside_now(door.point_id, at).n,
        capacity=door.capacity,
    )


@router.post("/visits", response=KeptOut, **api(needs=SIGNED_IN))
def visits(request: HttpRequest, body: SealedVisitsIn) -> KeptOut:
    """At most 100 readings, opened and kept as scans of this device's point.

    Sent again under its id a reading counts as `duplicate`. `refused` names the codes of
    `POST /api/v1/visits`, `sealed_unreadable` and `sealed_key_gone`; none need be sent again.
    """
    at, kept = clock.now(), keeping(request)
    sent = [_item(one) for one in body.sealed]
    told = keep_sealed(sent=sent, door=kept.door, device_id=kept.device_id, at=at)
    return KeptOut(
        stored=told.stored,
        duplicate=told.duplicate,
        refused=[RefusedOut(id=one.id, code=one.code) for one in told.refused],
        inside=inside_after(kept.door.point_id, [one.id for one in sent], at).n,
    )


@router.post("/back", response=BackOut, **api(needs=SIGNED_IN))
def back(request: HttpRequest, body: IdsIn) -> BackOut:
    """Take back what this device sent within the last ten minutes; the rest stays."""
    at, kept = clock.now(), keeping(request)
    removed = take_back(ids=body.ids, device_id=kept.device_id, at=at)
    return BackOut(removed=removed, inside=_inside(kept, at))


@router.get("/inside", response=InsideOut, **api(needs=SIGNED_IN))
def inside(request: HttpRequest) -> InsideOut:
    """How many are inside; counted anew every few seconds, whoever did not scan out as usual."""
    kept = keeping(request)
    told = inside_now(kept.door.point_id, clock.now())
    return InsideOut(inside=told.n, capacity=kept.door.capacity, as_of=told.as_of)


@router.post("/leave", response=LeftOut, **api(needs=SIGNED_IN))
def leave(request: HttpRequest, body: ActIn) -> LeftOut:
    """Everybody who is inside leaves now, at closing; taken back within ten minutes."""
    at, kept = clock.now(), keeping(request)
    left = leave_all(door=kept.door, device_id=kept.device_id, act_id=body.id, by=kept.by, at=at)
    seconds = int(UNDO_WITHIN.total_seconds())
    return LeftOut(left=left, undo_seconds=seconds, inside=_inside(kept, at))


@router.post("/leave/undo", response=UndoneOut, **api(needs=SIGNED_IN))
def undo(request: HttpRequest, body: ActIn) -> UndoneOut:
    """Take back that everybody left."""
    at, kept = clock.now(), keeping(request)
    n = undo_leave_all(door=kept.door, device_id=kept.device_id, act_id=body.id, by=kept.by, at=at)
    return UndoneOut(back=n, inside=_inside(kept, at))


def _inside(kept: Keeping, at: datetime) -> int:
    """Counted anew: something has just changed."""
    return inside_now(kept.door.point_id, at, is_fresh=True).n


def _item(sent: SealedIn) -> SealedItem:
    """Text that is no base64url is a box of nothing, which does not open."""
    return SealedItem(sent.id, sent.key, bytes_of_url(sent.box) or b"")
