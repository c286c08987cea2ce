"""What is said of a point, written anew; its entrances and their codes follow."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.codes import revoke_all
from vungxanh.checkins.actions.holding import held_living, must_manage, point_ref
from vungxanh.checkins.actions.issuing import Door, issue_codes
from vungxanh.checkins.actions.registering import filled
from vungxanh.checkins.models import Entrance, Point, PointChange
from vungxanh.checkins.queries.entries import entry_of, open_entrances
from vungxanh.checkins.values.entrances import Doors, doors_after
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.points import PointEntry
from vungxanh.core.viewer import Viewer

# What hangs at the door or tells where it is: an owner who changes it waits for approval anew.
_APPROVED_OF = frozenset({"kind", "name", "address", "unit"})
# What a history may hold: never the contact.
_TOLD = ("kind", "name", "address", "unit", "usual_stay_minutes", "capacity", "hours")


def change_point(
    *, point: Point, entry: PointEntry, reason: str = "", by: Viewer, at: datetime
) -> Point:
    """Write a living point anew; nothing where nothing differs.

    New entrances get codes, those of closed ones are revoked. An approved point whose owner changes
    what it is, its name or its place waits for approval anew; its codes stay good. Audit event:
    `checkins.point_changed`.
    """
    with transaction.atomic():
        row = held_living(point.pk, by=by)
        if not by.is_citizen:
            must_manage(by=by, unit_id=entry.unit)
        fields = differing(entry_of(row), entry)
        if not fields:
            return row
        before = _told(row)
        filled(row, entry)
        if by.is_citizen and _APPROVED_OF & fields:
            _wait_anew(row)
        row.save(force_update=True)
        n_codes = _doors_follow(row, entry, by=by, at=at)
        told = {"before": before, "after": _told(row), "reason": reason.strip()[:300]}
        PointChange.objects.create(point=row, action="changed", **told, at=at, by=by.id)
        detail: Detail = {"fields": ",".join(sorted(fields)), "codes": n_codes}
        record(event="checkins.point_changed", by=by, at=at, subject=point_ref(row), detail=detail)
    return row


def differing(one: PointEntry, other: PointEntry) -> frozenset[str]:
    """The fields in which two entries differ."""
    fields = (
        "kind", "name", "unit", "address", "entrances", "hours", "stay", "capacity",
        "contact_name", "contact_phone",
    )  # fmt: skip
    return frozenset(name for name in fields if getattr(one, name) != getattr(other, name))


def _wait_anew(row: Point) -> None:
    """An approved point waits for approval again."""
    if row.state == State.APPROVED:
        row.state, row.state_reason, row.decided_at, row.decided_by = "registered", "", None, ""


def _doors_follow(row: Point, entry: PointEntry, *, by: Viewer, at: datetime) -> int:
    """Write the entrances; how many codes were signed or revoked."""
    after = doors_after(open_entrances(row), entry.entrances, highest=_highest(row))
    _write(row, after, at)
    made = issue_codes(
        doors=[Door(row.pk, row.code, number) for number, _ in after.added], by=by, at=at
    )
    gone = revoke_all(point=row, reason="closed", by=by, at=at, entrances=after.closed)
    return len(made) + gone


def _write(row: Point, after: Doors, at: datetime) -> None:
    Entrance.objects.filter(point=row, number__in=after.closed).update(closed_at=at)
    for number, one in after.kept:
        Entrance.objects.filter(point=row, number=number).update(label=one.label, kind=one.kind)
    Entrance.objects.bulk_create(
        Entrance(point=row, number=number, kind=one.kind, label=one.label)
        for number, one in after.added
    )


def _highest(row: Point) -> int:
    return (
        Entrance.objects.filter(point=row).order_by("-number").values_list("number", flat=True)[0]
    )


def _told(row: Point) -> Mapping[str, object]:
    return {name: getattr(row, "unit_id" if name == "unit" else name) for name in _TOLD}
