"""Which scans are kept, and what is odd about them. Source: the outer surface, `POST …/visits`."""

from collections.abc import Container, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from vungxanh.checkins.values.scan_body import MEANS, WAYS, RefusedScan, ScansTold, SentScan
from vungxanh.checkins.values.scans import (
    AHEAD_FROM,
    ID_MAY_DIFFER,
    LATE_FROM,
    MAY_LIE_AHEAD,
    SCANS_KEPT_DAYS,
    KnownPoint,
    Outcome,
    Refusal,
    ScanFlag,
    ScanRow,
)
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError

_MICROSECOND: Final = timedelta(microseconds=1)
_VERSION: Final = 7
_VARIANT: Final = 0b10
_MOST_APART: Final = ID_MAY_DIFFER // _MICROSECOND
_OLDEST: Final = timedelta(days=SCANS_KEPT_DAYS) // _MICROSECOND
_MOST_AHEAD: Final = MAY_LIE_AHEAD // _MICROSECOND
_LATE: Final = LATE_FROM // _MICROSECOND
_AHEAD: Final = AHEAD_FROM // _MICROSECOND
_KEPT: Final = (Outcome.STORED, Outcome.DUPLICATE)
_REFUSED: Final = {Outcome.REUSED: Refusal.ID_REUSED, Outcome.NOT_TAKEN: Refusal.NOT_TAKEN}
OF_HOLDER: Final = ("self", "companion")
"""Subjects whom the holder of a phone tells of."""


def kept(
    sent: SentScan,
    *,
    person_id: int,
    device_id: UUID,
    point: KnownPoint | None,
    now: int,
    may_be_another_s: bool = False,
) -> ScanRow | Refusal:
    """The row of a scan, or why there is none; `now` in microseconds since 1970."""
    at = round(sent.at.timestamp() * 1_000_000)
    refusal = refusal_of(sent.id, at, now)
    if refusal is not None:
        return refusal
    if (sent.subject.kind != "self" or sent.means == "keeper") and not may_be_another_s:
        return Refusal.SUBJECT_NOT_ALLOWED
    if point is None:
        return Refusal.POINT_UNKNOWN
    return ScanRow(
        id=sent.id,
        person_id=person_id,
        point_id=point.id,
        entrance=sent.entrance,
        direction=WAYS[sent.direction],
        means=MEANS[sent.means],
        at=at,
        received_at=now,
        device_id=device_id,
        flags=oddness(at, now) | _oddness_of_place(sent, point),
    )


@lru_cache(maxsize=200_000)
def short_code(typed: str) -> str | None:
    """A short code of a point as it is kept; None where it is none."""
    try:
        return short_codes.written(short_codes.read(typed))
    except RefusalError:
        return None


def may_be_told(sent: SentScan, point_id: int, *, has_holder: bool, keeps: Container[int]) -> bool:
    """Whether a sender may tell this scan.

    A phone tells of its holder and of whom they bring; all else, and whatever is told as a keeper,
    only who keeps the point.
    """
    is_own = sent.subject.kind in OF_HOLDER and sent.subject.of is None
    if is_own and not has_holder:
        return False
    if (not is_own or sent.means == "keeper") and point_id not in keeps:
        return False
    if sent.subject.of is None:
        return True
    is_along = sent.subject.kind == "companion" and sent.subject.value.startswith("+")
    return is_along and sent.subject.of.kind not in OF_HOLDER


def told(sent: Sequence[SentScan], outcomes: Sequence[Outcome | Refusal]) -> ScansTold:
    """The answer to a body: how many are kept, and which are not, and why."""
    refused = [
        RefusedScan(scan.id, _REFUSED.get(outcome, Refusal.NOT_TAKEN))
        if isinstance(outcome, Outcome)
        else RefusedScan(scan.id, outcome)
        for scan, outcome in zip(sent, outcomes, strict=True)
        if outcome not in _KEPT
    ]
    n_stored, n_known = outcomes.count(Outcome.STORED), outcomes.count(Outcome.DUPLICATE)
    return ScansTold(n_stored, n_known, refused)


def refusal_of(identifier: UUID, at: int, now: int) -> Refusal | None:
    """Why the identifier or the time of a scan is not taken; None where they are.

    >>> one, at = UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), 1645557742000000
    >>> refusal_of(one, at, at) is None, str(refusal_of(one, at + 3_600_000_000, at))
    (True, 'id_time_mismatch')
    """
    whole = identifier.int
    if whole >> 76 & 15 != _VERSION or whole >> 62 & 3 != _VARIANT:
        return Refusal.ID_VERSION
    if abs((whole >> 80) * 1000 - at) > _MOST_APART:
        return Refusal.ID_TIME_MISMATCH
    if not -_MOST_AHEAD <= now - at <= _OLDEST:
        return Refusal.TIME_OUT_OF_RANGE
    return None


def oddness(at: int, received_at: int) -> int:
    """What the two clocks say about a scan, in microseconds.

    >>> oddness(0, 90_000_000_000) == ScanFlag.LATE, oddness(0, 0)
    (True, 0)
    """
    apart = received_at - at
    if apart > _LATE:
        return int(ScanFlag.LATE)
    return int(ScanFlag.AHEAD) if apart < -_AHEAD else 0


def _oddness_of_place(sent: SentScan, point: KnownPoint) -> int:
    closed = 0 if point.is_living else ScanFlag.POINT_CLOSED
    unknown = 0 if sent.entrance in point.entrances else ScanFlag.ENTRANCE_UNKNOWN
    return int(closed | unknown)
