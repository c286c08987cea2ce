"""Premises: joined to the point that is theirs, parted again, exempt with a reason."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.actions.suspensions import settle_for_points
from vungxanh.checkins.models import Point, Premises
from vungxanh.checkins.queries import premises as queries
from vungxanh.checkins.rules.matching import Proposal
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.checkins.values.areas import communes_held, communes_seen
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.points import read_line
from vungxanh.checkins.values.refusals import reason_needed
from vungxanh.core.viewer import Viewer

LONGEST_REASON = 300


def link_premises(*, premises_id: int, point_id: int, by: Viewer, at: datetime) -> None:
    """Say that a living point of the same area is that of premises.

    Reminders, a proposal and a suspension for want of a point are over with that. Audit event:
    `checkins.premises_linked`.
    """
    with transaction.atomic():
        row = _locked(premises_id, by)
        _join([(row, point_id)], by)
        _audit("checkins.premises_linked", row, by=by, at=at, point=point_id)
        settle_for_points(premises=[row.pk], by=by, at=at)


def link_certain(*, unit_id: str, by: Viewer, at: datetime) -> int:
    """Join all certain pairs of a unit, as they stand now; how many.

    Audit event: `checkins.premises_linked_together`.
    """
    by.require(MAY_MANAGE)
    communes = communes_seen(by.units, unit_id)
    with transaction.atomic():
        certain = [one for one in queries.proposed(communes) if one.is_certain]
        rows = _rows(certain)
        _join([(rows[one.premises], one.point) for one in certain if one.premises in rows], by)
        detail: Detail = {"unit": unit_id, "n": len(certain)}
        record(
            event="checkins.premises_linked_together",
            by=by,
            at=at,
            subject=f"unit:{unit_id}",
            detail=detail,
        )
        settle_for_points(premises=rows, by=by, at=at)
    return len(certain)


def unlink_premises(*, premises_id: int, by: Viewer, at: datetime) -> int:
    """Part premises from their points; how many there were. Audit: `.premises_unlinked`."""
    with transaction.atomic():
        row = _locked(premises_id, by)
        n = Point.objects.filter(premises=row).update(premises=None)
        _audit("checkins.premises_unlinked", row, by=by, at=at, n=n)
    return n


def refuse_proposal(*, premises_id: int, point_id: int, by: Viewer, at: datetime) -> None:
    """Say that a proposed point is another place; it is not proposed again.

    Audit event: `checkins.premises_not_the_same`.
    """
    with transaction.atomic():
        row = _locked(premises_id, by)
        if point_id not in row.not_points:
            row.not_points = [*row.not_points, point_id]
            row.save(update_fields=["not_points"])
        _audit("checkins.premises_not_the_same", row, by=by, at=at, point=point_id)


def exempt_premises(*, premises_id: int, reason: str, by: Viewer, at: datetime) -> None:
    """Say that premises need no point, and why. Audit event: `checkins.premises_exempted`."""
    said = read_line(reason, field="name", most=LONGEST_REASON) if reason.strip() else ""
    if not said:
        raise reason_needed()
    with transaction.atomic():
        row = _locked(premises_id, by)
        row.exempt_reason, row.exempt_at, row.exempt_by = said, at, by.id
        row.save(update_fields=["exempt_reason", "exempt_at", "exempt_by"])
        _audit("checkins.premises_exempted", row, by=by, at=at)


def oblige_premises(*, premises_id: int, by: Viewer, at: datetime) -> None:
    """Take an exemption back. Audit event: `checkins.premises_obliged_again`."""
    with transaction.atomic():
        row = _locked(premises_id, by)
        if row.exempt_at is None:
            raise refused.not_exempt()
        row.exempt_reason, row.exempt_at, row.exempt_by = "", None, ""
        row.save(update_fields=["exempt_reason", "exempt_at", "exempt_by"])
        _audit("checkins.premises_obliged_again", row, by=by, at=at)


def _locked(premises_id: int, by: Viewer) -> Premises:
    """Premises of the own area, held until the transaction ends."""
    by.require(MAY_MANAGE)
    queries.one_of(by, premises_id)
    return Premises.objects.select_for_update().get(pk=premises_id)


def _rows(found: Iterable[Proposal]) -> dict[int, Premises]:
    ids = [one.premises for one in found]
    return {row.pk: row for row in Premises.objects.select_for_update().filter(pk__in=ids)}


def _join(pairs: Iterable[tuple[Premises, int]], by: Viewer) -> None:
    """Write the pairs; refused where a point is closed, belongs elsewhere or is of another area."""
    said = {point_id: row for row, point_id in pairs}
    communes = communes_held(by.units)
    points = Point.objects.select_for_update().filter(
        pk__in=list(said), state__in=LIVING, premises__isnull=True
    )
    found = list(points if communes is None else points.filter(unit__in=communes))
    if len(found) != len(said):
        raise refused.already_linked()
    for point in found:
        point.premises = said[point.pk]
    Point.objects.bulk_update(found, ["premises"], batch_size=500)


def _audit(event: str, row: Premises, *, by: Viewer, at: datetime, **detail: int) -> None:
    told: Detail = {"unit": str(row.unit_id), **detail}
    record(event=event, by=by, at=at, subject=f"premises:{row.pk}", detail=told)
