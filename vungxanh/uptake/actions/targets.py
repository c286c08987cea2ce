"""Targets: set, and ended."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.engines import coverage
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions import refusals
from vungxanh.uptake.actions.owning import must_own, own
from vungxanh.uptake.models import Target
from vungxanh.uptake.values import ELEMENTS


def set_target(
    *,
    unit_id: UnitId,
    numerator: str,
    denominator: str | None,
    share_percent: Decimal,
    due_on: date,
    origin: str,
    by: Viewer,
    at: datetime,
    is_illustrative: bool = False,
) -> Target:
    """Set a target; the one that stood for the same unit and count ends. Audit: target_set."""
    must_own(by=by, unit_id=unit_id, capability="uptake.targets")
    terms = coverage.define_target(
        share_percent=share_percent,
        base_element=denominator,
        due_on=due_on,
        origin=origin,
        scope=unit_id,
    )
    if share_percent > 100 or numerator not in ELEMENTS:
        raise refusals.impossible_target()
    with transaction.atomic():
        Target.objects.filter(unit_id=unit_id, numerator=numerator, ended_at=None).update(
            ended_at=at
        )
        target = Target.objects.create(
            unit_id=unit_id,
            numerator=numerator,
            denominator=terms.base_element,
            share_percent=terms.share_percent,
            due_on=terms.due_on,
            origin=terms.origin,
            is_illustrative=is_illustrative,
            set_at=at,
            set_by=by.id,
        )
        record(event="uptake.target_set", by=by, at=at, subject=f"target:{target.id}")
    return target


def end_target(*, target_id: UUID, unit_id: str, by: Viewer, at: datetime) -> None:
    """End a target of a unit that stands; its history stays. Audit: target_ended."""
    with transaction.atomic():
        rows = Target.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(id=target_id, unit_id=unit_id, ended_at=None).first()
        target = own(row, by=by, needs="uptake.targets", unit=lambda one: one.unit)
        target.ended_at = at
        target.save(update_fields=["ended_at"])
        record(event="uptake.target_ended", by=by, at=at, subject=f"target:{target_id}")
