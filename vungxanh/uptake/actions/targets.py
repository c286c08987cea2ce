"""Targets: set for one unit or for many at once, and ended."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.engines import coverage
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions import target_refusals as refusals
from vungxanh.uptake.actions.owning import must_own, own
from vungxanh.uptake.actions.refusals import impossible_target
from vungxanh.uptake.models import Campaign, Target
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.targets import Goal, NewCampaign

SETTING = "uptake.targets"
LONGEST_NAME = 200


def set_target(
    *,
    unit_id: UnitId,
    numerator: str,
    due_on: date,
    origin: str,
    by: Viewer,
    at: datetime,
    share_percent: Decimal | None = None,
    denominator: str | None = None,
    n_asked: int | None = None,
    letter: str = "",
    is_illustrative: bool = False,
    seen: Collection[UUID] | None = None,
) -> Target:
    """Set a target; the one that stood for the same unit and count ends. Audit: target_set.

    A share needs its base; a number (`n_asked`) has none. `seen` are the targets that stood when
    the person decided: where another stands by now, nothing is set (`uptake.target_meanwhile`).
    """
    goal = Goal(
        numerator=numerator,
        due_on=due_on,
        origin=origin,
        share_percent=share_percent,
        denominator=denominator,
        n_asked=n_asked,
        letter=letter,
        is_illustrative=is_illustrative,
    )
    must_own(by=by, unit_id=unit_id, capability=SETTING)
    with transaction.atomic():
        return _stand(goal, [unit_id], seen=seen, by=by, at=at)[0]


def set_campaign(
    *, asked: NewCampaign, by: Viewer, at: datetime, seen: Collection[UUID] | None = None
) -> Campaign:
    """Give several units the same target at once, under a name. Audit: campaign_set, target_set.

    The units are the scope itself or lie below it. All stand, or none does.
    """
    must_own(by=by, unit_id=asked.scope_id, capability=SETTING)
    name = " ".join(asked.name.split())
    _check_campaign(asked, name)
    with transaction.atomic():
        campaign = Campaign.objects.create(
            scope_id=asked.scope_id,
            name=name,
            starts_on=asked.starts_on,
            due_on=asked.goal.due_on,
            set_at=at,
            set_by=by.id,
        )
        units = list(dict.fromkeys(asked.unit_ids))
        _stand(asked.goal, units, seen=seen, by=by, at=at, campaign=campaign)
        subject, detail = f"campaign:{campaign.id}", {"n_units": len(units)}
        record(event="uptake.campaign_set", by=by, at=at, subject=subject, detail=detail)
    return campaign


def end_target(*, target_id: UUID, unit_id: str, by: Viewer, at: datetime) -> None:
    """End a target of a unit that stands; its history stays. Audit: target_ended."""
    with transaction.atomic():
        rows = Target.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(id=target_id, unit_id=unit_id, ended_at=None).first()
        target = own(row, by=by, needs=SETTING, unit=lambda one: one.unit)
        target.ended_at = at
        target.save(update_fields=["ended_at"])
        record(event="uptake.target_ended", by=by, at=at, subject=f"target:{target_id}")


def reopen_target(*, target_id: UUID, unit_id: str, by: Viewer, at: datetime) -> None:
    """Let an ended target stand again, where no other stands by now. Audit: target_reopened."""
    with transaction.atomic():
        _lock()
        rows = Target.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(id=target_id, unit_id=unit_id, ended_at__isnull=False).first()
        target = own(row, by=by, needs=SETTING, unit=lambda one: one.unit)
        same = Target.objects.filter(unit_id=unit_id, numerator=target.numerator, ended_at=None)
        if same.exists():
            raise refusals.another_stands()
        target.ended_at = None
        target.save(update_fields=["ended_at"])
        record(event="uptake.target_reopened", by=by, at=at, subject=f"target:{target_id}")


def end_campaign(*, campaign_id: UUID, scope_id: str, by: Viewer, at: datetime) -> int:
    """End a campaign and its targets that stand; how many. Audit: campaign_ended, target_ended."""
    with transaction.atomic():
        _lock()
        rows = Campaign.objects.select_for_update(of=("self",)).select_related("scope")
        row = rows.filter(id=campaign_id, scope_id=scope_id, ended_at=None).first()
        campaign = own(row, by=by, needs=SETTING, unit=lambda one: one.scope)
        standing = campaign.targets.filter(ended_at=None)
        ended = list(standing.order_by("id").values_list("id", flat=True))
        standing.update(ended_at=at)
        campaign.ended_at = at
        campaign.save(update_fields=["ended_at"])
        for target_id in ended:
            record(event="uptake.target_ended", by=by, at=at, subject=f"target:{target_id}")
        subject, detail = f"campaign:{campaign.id}", {"n_units": len(ended)}
        record(event="uptake.campaign_ended", by=by, at=at, subject=subject, detail=detail)
    return len(ended)


def reopen_campaign(*, campaign_id: UUID, scope_id: str, by: Viewer, at: datetime) -> int:
    """Let an ended campaign stand again with the targets that ended with it; how many.

    Units that have another target by now keep that one. Audit: campaign_reopened, target_reopened.
    """
    with transaction.atomic():
        _lock()
        rows = Campaign.objects.select_for_update(of=("self",)).select_related("scope")
        row = rows.filter(id=campaign_id, scope_id=scope_id, ended_at__isnull=False).first()
        campaign = own(row, by=by, needs=SETTING, unit=lambda one: one.scope)
        ended = campaign.targets.filter(ended_at=campaign.ended_at)
        kept = [one for one in ended.order_by("id") if not _has_another(one)]
        campaign.targets.filter(id__in=[one.id for one in kept]).update(ended_at=None)
        campaign.ended_at = None
        campaign.save(update_fields=["ended_at"])
        for one in kept:
            record(event="uptake.target_reopened", by=by, at=at, subject=f"target:{one.id}")
        subject, detail = f"campaign:{campaign.id}", {"n_units": len(kept)}
        record(event="uptake.campaign_reopened", by=by, at=at, subject=subject, detail=detail)
    return len(kept)


def _stand(
    goal: Goal,
    unit_ids: list[UnitId],
    *,
    seen: Collection[UUID] | None,
    by: Viewer,
    at: datetime,
    campaign: Campaign | None = None,
) -> list[Target]:
    """End what stands for the units, and let the new targets stand; all under one lock."""
    terms = _terms(goal, scope=unit_ids[0])
    _lock()
    standing = Target.objects.filter(unit_id__in=unit_ids, numerator=goal.numerator, ended_at=None)
    ids = set(standing.values_list("id", flat=True))
    if seen is not None and not ids <= set(seen):
        raise refusals.set_meanwhile()
    standing.update(ended_at=at)
    made = Target.objects.bulk_create(
        Target(
            unit_id=unit_id,
            numerator=goal.numerator,
            denominator=terms.base_element,
            share_percent=terms.share_percent,
            n_asked=terms.n_asked,
            due_on=terms.due_on,
            origin=terms.origin,
            letter=goal.letter,
            campaign=campaign,
            is_illustrative=goal.is_illustrative,
            set_at=at,
            set_by=by.id,
        )
        for unit_id in unit_ids
    )
    for target in made:
        record(event="uptake.target_set", by=by, at=at, subject=f"target:{target.id}")
    return made


def _terms(goal: Goal, *, scope: str) -> coverage.Target:
    """What is asked, or a refusal that asks for what is left open."""
    terms = coverage.define_target(
        share_percent=goal.share_percent,
        base_element=goal.denominator,
        due_on=goal.due_on,
        origin=goal.origin,
        scope=scope,
        n_asked=goal.n_asked,
    )
    is_above_all = goal.share_percent is not None and goal.share_percent > 100
    if is_above_all or goal.numerator not in ELEMENTS:
        raise impossible_target()
    return terms


def _check_campaign(asked: NewCampaign, name: str) -> None:
    if not name:
        raise refusals.campaign_without_name()
    if not asked.unit_ids:
        raise refusals.campaign_without_units()
    if asked.starts_on > asked.goal.due_on:
        raise refusals.campaign_ends_before()
    units = locations.units(asked.unit_ids)
    is_below = all(asked.scope_id in unit.chain for unit in units.values())
    if len(units) < len(set(asked.unit_ids)) or not is_below:
        raise refusals.outside_campaign()


def _lock() -> None:
    """Targets are set one after the other: of two at once the later one stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('uptake_target'))")


def _has_another(target: Target) -> bool:
    same = Target.objects.filter(unit_id=target.unit_id, numerator=target.numerator)
    return same.filter(ended_at=None).exists()
