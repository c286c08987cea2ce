"""Choosing the commune of a point, by search or step by step; addresses carry what was chosen.

`o` is a commune to choose or a province to look into, `q` a name to look for.
"""

from dataclasses import dataclass, field

from django.http import HttpRequest

from vungxanh.checkins.values.points import TREE_OF_TODAY, read_unit
from vungxanh.core.preferences import reader_language
from vungxanh.people.queries import residences
from vungxanh.people.values.citizens import FoundPlaces, Place, Step
from vungxanh.refusals import RefusalError

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Picker:
    """What the part of a page that chooses a commune shows."""

    chosen: Place | None = None
    text: str = ""
    found: FoundPlaces | None = None
    step: Step = field(default_factory=Step)
    fault: str = ""


def picker(request: HttpRequest, *, now_at: str = "") -> Picker:
    """What is chosen, found or offered; `now_at` is chosen unless another is asked for."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    is_asked = "o" in request.GET or bool(text)
    wanted = request.GET.get("o", "").strip() if is_asked else now_at
    step, fault = _step(wanted)
    if step.chosen:
        return Picker(chosen=step.chosen)
    tree = TREE_OF_TODAY
    found = residences.places_named(text, tree=tree, with_past=False) if text else None
    return Picker(text=text, found=found, step=step, fault=fault if is_asked else "")


def place_of(unit_id: str) -> Place | None:
    """The commune that a form or draft carries; None where it is none of today's map."""
    try:
        return residences.step_to(read_unit(unit_id)).chosen
    except RefusalError:
        return None


def _step(wanted: str) -> tuple[Step, str]:
    """The step to a unit of today, or the first one with what is wrong with the unit."""
    first = residences.first_step(TREE_OF_TODAY)
    if not wanted:
        return first, ""
    try:
        step = residences.step_to(wanted)
        if step.chosen:
            read_unit(wanted)
    except RefusalError as refusal:
        return first, refusal.words.in_language(reader_language())
    return (step, "") if residences.is_of(wanted, TREE_OF_TODAY) else (first, "")
