"""Codes of one point: new ones for each entrance, an end for the old, revoking at once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.holding import held_living, locked, must_change, point_ref
from vungxanh.checkins.actions.issuing import Door, issue_codes
from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode
from vungxanh.checkins.values import refusals
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import Viewer

BOTH_HANG: Final = timedelta(days=14)
MOST_DAYS: Final = 60


def rotate_codes(
    *,
    point: Point,
    until: date | None = None,
    entrances: Collection[int] = (),
    by: Viewer,
    at: datetime,
) -> list[PointCode]:
    """Sign new codes for open entrances, all or those named; both hang until the end of a day.

    `until` is that day, today to end the former at once, as when one was pasted over; 14 days on
    where nothing is said. All is also the codes of points merged into it; doors are its own.
    Audit event: `checkins.codes_rotated`.
    """
    today = at.astimezone(TZ).date()
    last = _last_day(until, today)
    with transaction.atomic():
        row = held_living(point.pk, by=by)
        doors = [one for one in doors_of(row) if not entrances or one.entrance in entrances]
        former = good_codes(row, at)
        if entrances:
            former = former.filter(point=row, entrance__in=[one.entrance for one in doors])
        _end(former, at if last == today else _end_of(last), by=by, at=at)
        made = issue_codes(doors=doors, by=by, at=at)
        told: Detail = {"codes": len(made), "until": last.isoformat()}
        _keep(row, "rotated", told, by=by, at=at)
        record(event="checkins.codes_rotated", by=by, at=at, subject=point_ref(row), detail=told)
    return made


def revoke_code(*, code: PointCode, reason: str, by: Viewer, at: datetime) -> None:
    """Let one code be good no longer, from now on. Audit event: `checkins.code_revoked`.

    Raises `CodeOverError` where it ended before, so that nobody believes to have ended it.
    """
    if not reason.strip():
        raise refusals.reason_needed()
    with transaction.atomic():
        row = locked(code.point_id)
        must_change(row, by=by)
        if not _revoke(good_codes(row, at).filter(pk=code.pk), reason.strip(), by=by, at=at):
            raise refusals.CodeOverError
        told: Detail = {"issue": code.pk}
        _keep(row, "revoked", told, by=by, at=at)
        record(event="checkins.code_revoked", by=by, at=at, subject=point_ref(row), detail=told)


def codes_for(*, point: Point, by: Viewer, at: datetime) -> list[PointCode]:
    """Sign a code for each open entrance of a locked point; the caller records why."""
    return issue_codes(doors=doors_of(point), by=by, at=at)


def doors_of(point: Point) -> Sequence[Door]:
    """The open entrances of a point, the whole first."""
    numbers = Entrance.objects.filter(point=point, closed_at=None).order_by("number")
    return [Door(point.pk, point.code, n) for n in numbers.values_list("number", flat=True)]


def good_codes(point: Point, at: datetime) -> "QuerySet[PointCode]":
    """The codes of a point that are good at a moment, with those of points merged into it."""
    rows = PointCode.objects.filter(_leading_to(point), revoked_at=None)
    return rows.filter(Q(ends_at=None) | Q(ends_at__gt=at))


def revoke_all(
    *,
    point: Point,
    reason: str,
    by: Viewer,
    at: datetime,
    entrances: Collection[int] | None = None,
) -> int:
    """Revoke every code of a locked point that is still good, perhaps of some entrances alone.

    Entrances are the point's own, not those of points merged into it. How many; the caller records
    why.
    """
    good = good_codes(point, at)
    if entrances is not None:
        good = good.filter(point=point, entrance__in=entrances)
    return _revoke(good, reason, by=by, at=at)


def unrevoke(*, point: Point, revoked_at: datetime) -> int:
    """Make those codes good again that were revoked at one moment; how many."""
    taken = PointCode.objects.filter(_leading_to(point), revoked_at=revoked_at)
    return taken.update(revoked_at=None, revoked_by="", revoked_reason="")


def _last_day(until: date | None, today: date) -> date:
    """The last day of former codes."""
    last = until or today + BOTH_HANG
    if not today <= last <= today + timedelta(days=MOST_DAYS):
        raise refusals.bad_until(MOST_DAYS)
    return last


def _leading_to(point: Point) -> Q:
    return Q(point=point) | Q(point__merged_into=point)


def _end(former: "QuerySet[PointCode]", ends_at: datetime, *, by: Viewer, at: datetime) -> None:
    """An end that is earlier already stays."""
    if ends_at <= at:
        _revoke(former, "replaced", by=by, at=at)
        return
    former.filter(Q(ends_at=None) | Q(ends_at__gt=ends_at)).update(ends_at=ends_at)


def _revoke(good: "QuerySet[PointCode]", reason: str, *, by: Viewer, at: datetime) -> int:
    return good.update(revoked_at=at, revoked_by=by.id, revoked_reason=reason[:300])


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), TZ)


def _keep(row: Point, action: str, after: Detail, *, by: Viewer, at: datetime) -> None:
    PointChange.objects.create(point=row, action=action, after=after, at=at, by=by.id)
