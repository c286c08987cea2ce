"""Choosing a commune by search or step by step: addresses alone carry what was chosen so far.

`o` is a unit to live in or to look into, `q` a name to look for; nothing is stored before the end.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.locations.values import CURRENT_TREE, country_of, tree_on
from vungxanh.people.queries import residences
from vungxanh.people.values.citizens import FoundPlaces, Place, Step
from vungxanh.refusals import RefusalError

LONGEST = 120
AT, SOUGHT = "o", "q"


@dataclass(frozen=True, slots=True)
class Picker:
    """What the part of a page that chooses a commune shows."""

    chosen: Place | None = None
    text: str = ""
    found: FoundPlaces | None = None
    step: Step = field(default_factory=Step)
    fault: str = ""
    again_url: str = ""
    other_url: str = ""
    other_words: str = ""


def picker(request: HttpRequest, *, now_at: str | None = None) -> Picker:
    """What is chosen, found or offered; `now_at` is where somebody lives unless asked otherwise."""
    tree = tree_on(clock.today())
    text = request.GET.get(SOUGHT, "").strip()[:LONGEST]
    wanted = request.GET.get(AT, "").strip() or ("" if text else now_at or "")
    step, fault = _step(wanted, tree)
    if step.chosen:
        return Picker(chosen=step.chosen, again_url=_url(tree))
    found = residences.places_named(text, tree=tree, with_past=settings.DEMO) if text else None
    url, words = _other_era(wanted, tree)
    return Picker(text=text, found=found, step=step, fault=fault, other_url=url, other_words=words)


def place_of(unit_id: str) -> Place | None:
    """The commune that a form carries; None where it is none to live in."""
    return _step(unit_id.strip(), tree_on(clock.today()))[0].chosen


def _step(wanted: str, tree: str) -> tuple[Step, str]:
    """The step to a unit, or the first one with what is wrong with the unit."""
    if not wanted:
        return residences.first_step(tree), ""
    try:
        if settings.DEMO or residences.is_of(wanted, tree):
            return residences.step_to(wanted), ""
    except RefusalError as refusal:
        return residences.first_step(tree), refusal.words.in_language(reader_language())
    words = _("Đơn vị này đã đổi. Tìm lại theo tên, hoặc chọn từ tỉnh.")
    return residences.first_step(tree), words


def _other_era(wanted: str, tree: str) -> tuple[str, str]:
    """In a demo of the past: the way to the other era's provinces."""
    if not settings.DEMO:
        return "", ""
    shown = wanted.partition(":")[0] or tree
    if shown == CURRENT_TREE:
        return _url("vn-2021"), _("Chọn theo đơn vị cũ (có quận, huyện)")
    return _url(CURRENT_TREE), _("Chọn theo đơn vị mới")


def _url(tree: str) -> str:
    return f"?{urlencode({AT: country_of(tree)})}"
