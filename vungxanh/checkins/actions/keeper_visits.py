"""What a keeper's device sealed: opened here, looked at, kept as scans of its point."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from vungxanh.checkins.actions.scanning import ScanSender, keep_scans
from vungxanh.checkins.gateways import sealed_visits
from vungxanh.checkins.queries.declared_first import must_declare
from vungxanh.checkins.queries.door_keys import opening_keys
from vungxanh.checkins.rules.door_keys import bound_to
from vungxanh.checkins.rules.doors import Seen, Sign, is_kept_out, sign_of
from vungxanh.checkins.values.door_devices import DoorKept
from vungxanh.checkins.values.keeper_refusals import (
    BoxKeyGoneError,
    BoxRefusal,
    BoxUnreadableError,
    NumberNotLookedAtError,
)
from vungxanh.checkins.values.scan_body import Bearer, RefusedScan, ScansTold, SentScan
from vungxanh.checkins.values.sealed_body import Looked, SealedItem, decoder
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.door_looking import look_at_door
from vungxanh.people.values.at_doors import AtDoor
from vungxanh.people.values.subjects import CodeOddness, ShownSubject, SubjectRefusal

_ODD: Final = {CodeOddness.OLD: "code_old", CodeOddness.AGAIN: "code_again"}
_NO_CARD: Final = "none"


def keep_sealed(
    *, sent: Sequence[SealedItem], door: DoorKept, device_id: UUID, at: datetime
) -> ScansTold:
    """Keep what opens, and say why of the rest; durable when it returns."""
    opened = _opened(sent, door)
    scans = [one for one in opened if isinstance(one, SentScan)]
    sender = ScanSender(None, device_id, frozenset({door.point_id}))
    told = keep_scans(sent=scans, sender=sender, at=at) if scans else ScansTold(0, 0, [])
    refused = [
        RefusedScan(item.id, one)
        for item, one in zip(sent, opened, strict=True)
        if isinstance(one, BoxRefusal)
    ]
    return ScansTold(told.stored, told.duplicate, [*told.refused, *refused])


def look_at_sealed(
    *, sent: SealedItem, door: DoorKept, device_id: UUID, by: Viewer, at: datetime
) -> Looked:
    """What a door shows of somebody; nothing is kept but that they were looked at.

    Whoever came along is looked at as whom they came with. Records people.seen_at_door.
    """
    [scan] = _opened([sent], door)
    if scan is BoxRefusal.KEY_GONE:
        raise BoxKeyGoneError
    if not isinstance(scan, SentScan):
        raise BoxUnreadableError
    bearer: Bearer = scan.subject.of or scan.subject
    shown = ShownSubject(bearer.kind, bearer.value, scan.at, None, device_id)
    seen = look_at_door(shown=shown, point=f"point:{door.point_id}", by=by, at=at)
    if seen.refusal is SubjectRefusal.NOT_ALLOWED:
        raise NumberNotLookedAtError
    must = must_declare(door.point_id, door.kind, door.unit_id, at=at)
    return _looked(seen, at.astimezone(TZ).date(), must_declare=must)


def _looked(seen: AtDoor, today: date, *, must_declare: bool) -> Looked:
    has_declared = seen.declared_on == today
    is_read = seen.refusal is None
    one = Seen(seen.is_known, seen.classes, seen.colour, has_declared, is_read)
    sign = sign_of(one, must_declare=must_declare)
    return Looked(
        sign=sign,
        is_recognised=seen.refusal is None,
        initials=seen.initials,
        birth_year=seen.birth_year,
        card=seen.colour or _NO_CARD,
        oddness=tuple(word for flag, word in _ODD.items() if flag in seen.oddness),
        has_declared=has_declared,
        only_undeclared=sign is Sign.NOT_YET and not is_kept_out(one),
    )


def _opened(sent: Sequence[SealedItem], door: DoorKept) -> list[SentScan | BoxRefusal]:
    """The readings of boxes, or why there is none; one query for their keys."""
    keys = opening_keys({one.key for one in sent})
    return [_scan(one, door.code, keys) for one in sent]


def _scan(item: SealedItem, code: str, keys: dict[str, str | None]) -> SentScan | BoxRefusal:
    private = keys.get(item.key, "")
    if private is None:
        return BoxRefusal.KEY_GONE
    info = bound_to(item.id.bytes, code)
    content = sealed_visits.opened(item.box, private, info) if private else None
    if content is None:
        return BoxRefusal.UNREADABLE
    try:
        scan = decoder.decode(content).sent(item, code)
        scan.at.astimezone(TZ)  # a time that no calendar of ours has is none
    except (msgspec.MsgspecError, RecursionError, OverflowError):
        return BoxRefusal.UNREADABLE
    return scan
