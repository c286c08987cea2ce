"""Deciding where a declaration of the day is needed to go in."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.holding import locked, must_manage, point_ref
from vungxanh.checkins.models import DeclaredFirst, Point
from vungxanh.checkins.values.kinds import Kind
from vungxanh.core.viewer import Viewer


def need_at_point(*, point: Point, by: Viewer, at: datetime) -> None:
    """From now on only who declared that day goes in here; again changes nothing.

    Audit event: `checkins.declared_first`.
    """
    with transaction.atomic():
        row = locked(point.pk)
        must_manage(by=by, unit_id=row.unit_id)
        told = {"starts_at": at, "at": at, "by": by.id}
        if DeclaredFirst.objects.get_or_create(point=row, defaults=told)[1]:
            record(event="checkins.declared_first", by=by, at=at, subject=point_ref(row))


def drop_at_point(*, point: Point, by: Viewer, at: datetime) -> None:
    """A missing declaration is told here and stops nobody. Audit: `.declared_first_dropped`."""
    with transaction.atomic():
        row = locked(point.pk)
        must_manage(by=by, unit_id=row.unit_id)
        if DeclaredFirst.objects.filter(point=row).delete()[0]:
            record(event="checkins.declared_first_dropped", by=by, at=at, subject=point_ref(row))


def need_at_kind(
    *, kind: Kind, unit_id: str, starts_at: datetime, by: Viewer, at: datetime
) -> None:
    """From a time on only who declared that day goes in at points of a kind within a unit.

    Decided again, the newer time holds. Audit event: `checkins.declared_first`.
    """
    must_manage(by=by, unit_id=unit_id)
    told = {"starts_at": starts_at, "at": at, "by": by.id}
    with transaction.atomic():
        DeclaredFirst.objects.update_or_create(unit_id=unit_id, kind=kind, defaults=told)
        _recorded("checkins.declared_first", kind, unit_id, by=by, at=at)


def drop_at_kind(*, kind: Kind, unit_id: str, by: Viewer, at: datetime) -> None:
    """It is needed there no longer. Audit event: `checkins.declared_first_dropped`."""
    must_manage(by=by, unit_id=unit_id)
    with transaction.atomic():
        if DeclaredFirst.objects.filter(unit_id=unit_id, kind=kind).delete()[0]:
            _recorded("checkins.declared_first_dropped", kind, unit_id, by=by, at=at)


def _recorded(event: str, kind: Kind, unit_id: str, *, by: Viewer, at: datetime) -> None:
    record(event=event, by=by, at=at, subject=f"unit:{unit_id}", detail={"kind": str(kind)})
