"""Two points that are one place become one; two that only look like it are said to be two."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.holding import locked, must_manage, point_ref
from vungxanh.checkins.models import Point, PointChange, TwoPoints
from vungxanh.checkins.rules import states
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.kinds import LIVING, State
from vungxanh.core.viewer import Viewer


def merge_points(*, kept: Point, merged: Point, reason: str, by: Viewer, at: datetime) -> Point:
    """Close one of two points of a commune; its codes go on and lead to the other.

    Audit event: `checkins.points_merged`.
    """
    if not reason.strip():
        raise refusals.reason_needed()
    with transaction.atomic():
        stays, goes = _both(kept, merged, by)
        if stays.unit_id != goes.unit_id:
            raise refusals.not_one_place()
        if stays.state not in LIVING or goes.state not in LIVING:
            raise refusals.cannot_become()
        led = Point.objects.filter(merged_into=goes)
        before = _standing(goes) | {"led": list(led.values_list("pk", flat=True))}
        led.update(merged_into=stays)
        goes.merged_into, goes.state, goes.state_reason = stays, State.CLOSED, reason.strip()[:300]
        goes.decided_at, goes.decided_by = at, by.id
        goes.save(update_fields=[*_STANDING, "merged_into"])
        told = {"reason": reason.strip()[:300], "at": at, "by": by.id}
        gone = {"into": stays.pk}
        PointChange.objects.create(point=goes, action="merged", before=before, after=gone, **told)
        PointChange.objects.create(point=stays, action="took_in", after={"point": goes.pk}, **told)
        event = "checkins.points_merged"
        record(event=event, by=by, at=at, subject=point_ref(goes), detail=gone)
    return stays


def part_points(*, merged: Point, by: Viewer, at: datetime) -> Point:
    """Take back within ten minutes what the same viewer merged; the point lives again.

    Refused once codes of the point that was kept ended together with those led there.
    Audit event: `checkins.points_parted`.
    """
    with transaction.atomic():
        goes = locked(merged.pk)
        must_manage(by=by, unit_id=goes.unit_id)
        last = PointChange.objects.filter(point=goes).order_by("-at", "-id").first()
        if (
            last is None
            or (last.action, last.by) != ("merged", by.id)
            or at - last.at > states.UNDO_WITHIN
            or _codes_changed(goes, last)
        ):
            raise refusals.too_late_to_undo()
        former = last.before
        goes.merged_into, goes.state, goes.state_reason = None, former["state"], former["reason"]
        decided = former["decided_at"]
        goes.decided_at = datetime.fromisoformat(decided) if decided else None
        goes.decided_by = former["decided_by"]
        goes.save(update_fields=[*_STANDING, "merged_into"])
        led = Point.objects.filter(pk__in=former["led"], merged_into=last.after["into"])
        led.update(merged_into=goes)
        PointChange.objects.create(point=goes, action="parted", before=last.after, at=at, by=by.id)
        record(event="checkins.points_parted", by=by, at=at, subject=point_ref(goes))
    return goes


def say_two(*, one: Point, other: Point, by: Viewer, at: datetime) -> None:
    """Remember that two points are not the same. Audit event: `checkins.points_said_two`."""
    with transaction.atomic():
        first, second = _both(one, other, by)
        first, second = sorted((first, second), key=lambda row: row.pk)
        _, is_new = TwoPoints.objects.get_or_create(
            first=first, second=second, defaults={"at": at, "by": by.id}
        )
        if is_new:
            detail = {"other": second.pk}
            event = "checkins.points_said_two"
            record(event=event, by=by, at=at, subject=point_ref(first), detail=detail)


def unsay_two(*, one: Point, other: Point, by: Viewer, at: datetime) -> None:
    """Show two points as suspected again. Audit event: `checkins.points_unsaid_two`."""
    with transaction.atomic():
        first, second = sorted(_both(one, other, by), key=lambda row: row.pk)
        gone, _ = TwoPoints.objects.filter(first=first, second=second).delete()
        if gone:
            detail = {"other": second.pk}
            event = "checkins.points_unsaid_two"
            record(event=event, by=by, at=at, subject=point_ref(first), detail=detail)


_STANDING = ("state", "state_reason", "decided_at", "decided_by")
_ENDING_CODES = ("closed", "opened", "rotated", "suspended", "undone")


def _codes_changed(goes: Point, last: PointChange) -> bool:
    """Whether the point that codes led to since gave codes an end, and theirs with them."""
    kept = {last.after["into"], goes.merged_into_id}
    since = PointChange.objects.filter(point__in=kept, at__gte=last.at)
    return since.filter(action__in=_ENDING_CODES).exists()


def _both(one: Point, other: Point, by: Viewer) -> tuple[Point, Point]:
    """Both rows, held in the order of their numbers, in the order they were given."""
    if one.pk == other.pk:
        raise refusals.not_one_place()
    held = {pk: locked(pk) for pk in sorted((one.pk, other.pk))}
    for row in held.values():
        must_manage(by=by, unit_id=row.unit_id)
    return held[one.pk], held[other.pk]


def _standing(row: Point) -> dict[str, object]:
    return {
        "state": str(row.state),
        "reason": row.state_reason,
        "decided_at": row.decided_at.isoformat() if row.decided_at else "",
        "decided_by": row.decided_by,
    }
