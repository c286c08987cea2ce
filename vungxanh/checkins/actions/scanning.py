"""Scans that tell of others than the sender: kept with who they are, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from vungxanh.checkins.actions.person_visits import days_of_scans, let_write_again
from vungxanh.checkins.gateways.scan_table import write_now
from vungxanh.checkins.models import VisitCorrection
from vungxanh.checkins.queries.known_points import known_points
from vungxanh.checkins.values.scan_body import ScansTold, SentScan
from vungxanh.checkins.values.scan_judging import (
    kept,
    may_be_told,
    short_code,
    told,
)
from vungxanh.checkins.values.scans import ChangeReason, KnownPoint, Outcome, Refusal, ScanRow
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.values.subjects import FoundSubject, ShownSubject, SubjectRefusal

TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TAKE_BACK: Final = """
DELETE FROM checkins_scan WHERE id = ANY(%s) AND device_id = %s AND received_at > %s
RETURNING id, at, direction
"""
Whose = FoundSubject | SubjectRefusal


@dataclass(frozen=True, slots=True)
class ScanSender:
    """Who sends: a device, the person whose phone it is, and the points that it keeps."""

    person_id: int | None
    device_id: UUID
    keeps: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class _Allowed:
    """A scan that its sender may tell, and its row, of nobody yet."""

    sent: SentScan
    row: ScanRow


def keep_scans(*, sent: Sequence[SentScan], sender: ScanSender, at: datetime) -> ScansTold:
    """Keep scans of whomever the sender may tell of; durable when it returns.

    In one transaction: who was read is found or begun (`people.actions.subjects`), then the scans
    are inserted as those of a phone are. Nothing is logged beside them: they say who, where, when
    and by which device.
    """
    now = (at - _EPOCH) // timedelta(microseconds=1)
    points = _points(sent)
    judged = [_judged(one, points.get(one.point), sender, now=now) for one in sent]
    with transaction.atomic():
        allowed = [one for one in judged if isinstance(one, _Allowed)]
        whose = _whose(allowed, sender, at)
        rows = [
            (_row(one, person), one.sent.subject.kind == "self")
            for one, person in zip(allowed, whose, strict=True)
            if isinstance(person, FoundSubject)
        ]
        outcomes = iter(write_now(rows))
    persons = iter(whose)
    return told(
        sent,
        [one if isinstance(one, Refusal) else _outcome(next(persons), outcomes) for one in judged],
    )


def take_back(*, ids: Sequence[UUID], device_id: UUID, at: datetime) -> int:
    """Delete scans that this device sent within the last ten minutes; how many.

    Others stay as they are. Their days are written again by the next run.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_BACK, [list(ids), device_id, at - TAKEN_BACK_WITHIN])
            gone = cursor.fetchall()
        VisitCorrection.objects.filter(visit_id__in=[one[0] for one in gone]).delete()
        days = days_of_scans((when, way) for _, when, way in gone)
        let_write_again(days=days, reason=ChangeReason.ERASED, at=at)
    return len(gone)


def _points(sent: Iterable[SentScan]) -> dict[str, KnownPoint]:
    """The points of a body by their codes as they were sent; two queries."""
    codes = {one: code for one in {scan.point for scan in sent} if (code := short_code(one))}
    known = known_points(codes.values())
    return {one: known[code] for one, code in codes.items() if code in known}


def _judged(
    one: SentScan, point: KnownPoint | None, sender: ScanSender, *, now: int
) -> _Allowed | Refusal:
    row = kept(
        one, person_id=0, device_id=sender.device_id, point=point, now=now, may_be_another_s=True
    )
    if isinstance(row, Refusal):
        return row
    has_holder = sender.person_id is not None
    is_told = may_be_told(one, row.point_id, has_holder=has_holder, keeps=sender.keeps)
    return _Allowed(one, row) if is_told else Refusal.SUBJECT_NOT_ALLOWED


def _whose(allowed: Sequence[_Allowed], sender: ScanSender, at: datetime) -> list[Whose]:
    """Who each scan is of; who came along with somebody is asked for after them.

    A one-time code is used up by its bearer's own scan, whichever of a body comes first.
    """
    along = [n for n, one in enumerate(allowed) if one.sent.subject.of is not None]
    order = [n for n in range(len(allowed)) if n not in set(along)] + along
    first = [_shown(allowed[n].sent, sender.person_id, sender) for n in order]
    found = dict(zip(order, persons_of(asked=first, at=at), strict=True))
    came = {n: one for n in along if isinstance(one := found[n], FoundSubject)}
    second = [
        replace(_shown(allowed[n].sent, one.person_id, sender), kind="companion", value=value)
        for n, one in came.items()
        for value in [allowed[n].sent.subject.value]
    ]
    if second:
        found |= zip(came, persons_of(asked=second, at=at), strict=True)
    return [found[n] for n in range(len(allowed))]


def _shown(sent: SentScan, holder: int | None, sender: ScanSender) -> ShownSubject:
    """Whoever was read: oneself, or with whom a companion came."""
    bearer = sent.subject.of or sent.subject
    return ShownSubject(bearer.kind, bearer.value, sent.at, holder, sender.device_id)


def _row(one: _Allowed, person: FoundSubject) -> ScanRow:
    flags = one.row.flags | int(person.flags)
    return one.row._replace(person_id=person.person_id, flags=flags)


def _outcome(person: Whose, outcomes: Iterable[Outcome]) -> Outcome | Refusal:
    if isinstance(person, SubjectRefusal):
        return Refusal(person.value)
    return next(iter(outcomes))
