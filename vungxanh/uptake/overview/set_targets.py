"""The targets of a unit as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.uptake.models import Target
from vungxanh.uptake.overview.goal import asked_words, origin_link
from vungxanh.uptake.values import ELEMENTS


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """One target: what is asked and counted, by when, who says so, and what may be done."""

    id: UUID
    asked: str
    counted: str
    due_on: date
    origin: Link
    campaign_id: UUID | None
    campaign_of: str
    campaign_name: str
    is_illustrative: bool
    is_ended: bool
    may_come_back: bool


def shown_targets(viewer: Viewer, targets: Sequence[Target], lang: str) -> tuple[ShownTarget, ...]:
    """The targets in their order; of those that ended, the last may stand again where none does."""
    standing = {one.numerator for one in targets if one.ended_at is None}
    ended = [one for one in targets if one.ended_at is not None]
    last: dict[str, Target] = {}
    for one in sorted(ended, key=lambda target: (target.ended_at or target.set_at, target.set_at)):
        last[one.numerator] = one
    back = {one.id for name, one in last.items() if name not in standing}
    return tuple(_shown(viewer, one, lang, may_come_back=one.id in back) for one in targets)


def _shown(viewer: Viewer, target: Target, lang: str, *, may_come_back: bool) -> ShownTarget:
    return ShownTarget(
        id=target.id,
        asked=asked_words(target, lang),
        counted=ELEMENTS[target.numerator].label.in_language(lang),
        due_on=target.due_on,
        origin=origin_link(viewer, target),
        campaign_id=target.campaign_id,
        campaign_of=target.campaign.scope_id if target.campaign else "",
        campaign_name=target.campaign.name if target.campaign else "",
        is_illustrative=target.is_illustrative,
        is_ended=target.ended_at is not None,
        may_come_back=may_come_back,
    )
