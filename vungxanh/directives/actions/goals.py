"""A goal of a letter becomes a target of one unit, or of several in a campaign."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.actions import refusals
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.actions.letters import locked, must_be_read, subject
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.rules import Item
from vungxanh.directives.values.goals import is_confirmed_goal
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions as uptake
from vungxanh.uptake.values.targets import Goal, NewCampaign, letter_reference


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose target it becomes: one unit's, or under a name those of several, from a day on."""

    unit_ids: tuple[UnitId, ...]
    goal: Goal
    name: str = ""
    starts_on: date | None = None


def make_target(
    *,
    letter_id: UUID,
    seen: Seen,
    asked: Asked,
    by: Viewer,
    at: datetime,
    standing: Collection[UUID] | None = None,
) -> UUID | None:
    """Make a confirmed item a target; the campaign's id where it became one.

    One unit without a name for it gets a target, anything else is a campaign of the letter's unit.
    The item must stand as it was seen (`directives.changed_meanwhile`) and be confirmed
    (`directives.not_confirmed`). `standing` are the targets that the officer saw. What
    `uptake.actions.set_target` and `set_campaign` refuse is refused.
    Audit: target_made beside those of uptake.
    """
    with transaction.atomic():
        letter, item = _confirmed(letter_id, seen, by=by)
        goal = replace(asked.goal, letter=letter_reference(letter.id, item.key))
        made = _set(letter, replace(asked, goal=goal), by=by, at=at, standing=standing)
        detail = {"n_units": len(asked.unit_ids)}
        record(event="directives.target_made", by=by, at=at, subject=subject(letter), detail=detail)
    return made


def _confirmed(letter_id: UUID, seen: Seen, *, by: Viewer) -> tuple[ReceivedLetter, Item]:
    letter = must_be_read(locked(letter_id, by=by))
    item = next((one for one in queries.items_of(letter) if one.key == seen.key), None)
    if item is None:
        raise refusals.unknown_item()
    if item.version != seen.version:
        raise refusals.ChangedMeanwhileError
    if not is_confirmed_goal(item):
        raise refusals.not_confirmed()
    return letter, item


def _set(
    letter: ReceivedLetter,
    asked: Asked,
    *,
    by: Viewer,
    at: datetime,
    standing: Collection[UUID] | None,
) -> UUID | None:
    goal = asked.goal
    if len(asked.unit_ids) != 1 or asked.name:
        scope, first_day = UnitId(letter.unit_id), asked.starts_on or goal.due_on
        campaign = NewCampaign(scope, asked.name, asked.unit_ids, first_day, goal)
        return uptake.set_campaign(asked=campaign, by=by, at=at, seen=standing).id
    uptake.set_target(
        unit_id=asked.unit_ids[0],
        numerator=goal.numerator,
        denominator=goal.denominator,
        share_percent=goal.share_percent,
        n_asked=goal.n_asked,
        due_on=goal.due_on,
        origin=goal.origin,
        letter=goal.letter,
        by=by,
        at=at,
        seen=standing,
    )
    return None
