"""Goals of a letter that are targets by now, and what the form of a new one is filled with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.shown import Mark
from vungxanh.core.viewer import Viewer
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import parts, words
from vungxanh.directives.pages import Card
from vungxanh.directives.rules import Item, moment_of
from vungxanh.directives.values import unit_named
from vungxanh.directives.values.goals import (
    ReadGoal,
    bodies_of,
    is_confirmed_goal,
    is_for_each,
)
from vungxanh.locations.values import Unit
from vungxanh.uptake import queries as uptake
from vungxanh.uptake.values.targets import letter_of

SETTING = "uptake.targets"


@dataclass(frozen=True, slots=True)
class GoalMarks:
    """Of each item that is or may become a target: its chip, and where a target is made of it."""

    marks: Mapping[str, Mark]
    ways: Mapping[str, str]

    def on(self, card: Card) -> Card:
        """The card with its chip and its way."""
        mark, way = self.marks.get(card.key), self.ways.get(card.key, "")
        if mark is None and not way:
            return card
        return replace(card, marks=(*card.marks, *([mark] if mark else [])), goal_url=way)


def goal_marks(
    letter: ReceivedLetter, items: Sequence[Item], viewer: Viewer, *, may_edit: bool
) -> GoalMarks:
    """The targets that came from a letter's items; no query where no item can be one."""
    able = [item for item in items if is_confirmed_goal(item)]
    if not able:
        return GoalMarks({}, {})
    marks: dict[str, Mark] = {}
    standing: set[str] = set()
    for target in uptake.targets_from_letter(letter.id):
        told = letter_of(target.letter)
        if told is None:
            continue
        is_over = target.ended_at is not None
        if target.campaign is not None:
            area, campaign = target.campaign.scope_id, target.campaign_id
            url = reverse("uptake-campaign", args=[area, campaign])
        else:
            url = reverse("uptake-targets", args=[target.unit_id])
        if not is_over:
            standing.add(told[1])
            marks[told[1]] = Mark("ok", _("đã thành chỉ tiêu"), url=url, icon="target-arrow")
        marks.setdefault(told[1], Mark("none", _("chỉ tiêu đã kết thúc"), url=url, icon="history"))
    may_set = may_edit and viewer.may(SETTING)
    free = (item.key for item in able if may_set and item.key not in standing)
    return GoalMarks(
        marks, {key: reverse("directives-goal", args=[letter.id, key]) for key in free}
    )


def named_below(item: Item, head: Mapping[str, Any], below: Iterable[Unit]) -> tuple[str, ...]:
    """Those of the units right below that the item names."""
    known = {unit.id for unit in below}
    tree, province = str(head.get("tree") or ""), head.get("province")
    found = (unit_named(name, tree=tree, province=province) for name in bodies_of(item))
    return tuple(dict.fromkeys(one for one in found if one in known))


def origin_of(head: Mapping[str, Any]) -> str:
    """The letter as a target names it: type, number, day and agency."""
    day = words.day_of(head.get("date") or head.get("date_partial"))
    said = (
        parts.crumb_of(head),
        _("ngày %(day)s") % {"day": day} if day else "",
        str(head.get("issuing_agency") or ""),
    )
    return " ".join(part for part in said if part)[:300]


def first_day(head: Mapping[str, Any], found: ReadGoal, *, today: date) -> date:
    """The letter's own day, else today, but never after the due day."""
    written = moment_of(head.get("date"))
    start = written.date() if written else today
    return min(start, found.due_on) if found.due_on else start


def is_each_meant(item: Item, named: Sequence[str]) -> bool:
    """Whether the letter speaks of every unit below rather than of some by name."""
    return not named and is_for_each(item)


def typed_share(found: ReadGoal) -> str:
    """The share as it is typed: "62,5"."""
    if found.share_percent is None:
        return ""
    return f"{found.share_percent.normalize():f}".replace(".", ",")
