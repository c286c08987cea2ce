"""The two eras on a page: the switch between them, what was re-based and what cannot be."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.shown import Choice, Link
from vungxanh.locations.values import REFORM, TREES, Level, Unit
from vungxanh.uptake import rules
from vungxanh.uptake.overview import rebased
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.pages import EraSwitch, RebasedNote
from vungxanh.uptake.queries import rebasing
from vungxanh.uptake.rules import Carried, Figure, Node
from vungxanh.uptake.values import ELEMENTS

OLD = next(iter(TREES))


Url = Callable[[str], str]


def switch(
    unit: Unit, url: Url, *, may_open: Callable[[Unit], bool] | None = None
) -> EraSwitch | None:
    """The way to the same page of the area in the other era; None where nothing stands for it.

    One unit there: two buttons. Several: a list of their pages, and no button that leads nowhere.
    `may_open` leaves out units whose page the reader would be refused.
    """
    others = [one for one in rebasing.beside(unit) if may_open is None or may_open(one)]
    if not others:
        return None
    here, there = unit.tree, others[0].tree
    links = tuple(Link(other.name, url(other.id)) for other in others)
    by_tree = {here: Choice(label(here), url(unit.id), current=True)}
    if len(links) == 1:
        by_tree[there] = Choice(label(there), links[0].url)
    return EraSwitch(
        choices=tuple(by_tree[tree] for tree in TREES if tree in by_tree),
        title=_("Trước đây là") if there == OLD else _("Nay là"),
        others=links,
    )


def ways(unit: Unit, current: str = "uptake-unit") -> tuple[Choice, ...]:
    """The pages of one unit: its figures, population, level of the epidemic, and what it is."""
    is_commune = unit.level is Level.COMMUNE
    pages = (
        ("uptake-unit", _("Số liệu")),
        ("uptake-populations", _("Dân số")),
        ("locations-area_level" if is_commune else "locations-area_levels", _("Cấp độ dịch")),
        ("locations-unit", _("Đơn vị hành chính")),
    )
    return tuple(
        Choice(words, reverse(name, args=[unit.id]), current=name == current)
        for name, words in pages
    )


def label(tree: str) -> str:
    """An era as a switch names it."""
    return _("Đơn vị đến 30/6/2025") if tree == OLD else _("Đơn vị từ 1/7/2025")


def note(scene: Scene) -> RebasedNote | None:
    """What of the page was re-based from the other era, and what could not be."""
    found = rebased.of_page(scene.node, (scene.look.indicator, scene.look.other))
    if found is None:
        return None
    lang = scene.look.lang
    lines = [_summed(scene), rebased.sentence(found).in_language(lang), *_beside(scene)]
    return RebasedNote(
        title=_("Số của thời kỳ khác, quy đổi về đơn vị này"),
        lines=tuple(line for line in lines if line),
        is_partial=bool(found.missing or found.undivided),
        is_estimated=bool(found.uncertain),
    )


def is_across(before_on: date | None, after_on: date) -> bool:
    """Whether the reform lies between two days: ranks of one do not compare with the other's."""
    return before_on is not None and before_on < REFORM <= after_on


def is_rebased(scene: Scene) -> bool:
    """Whether some ranked figure comes from the other era."""
    return any(rules.is_across_reform(scene.pair(part)) for part in scene.node.parts)


def carried_rows(node: Node, element: str, lang: str) -> tuple[tuple[Unit, Figure, str], ...]:
    """What each unit of the other era hands on to one figure, with a word where that is not all."""
    return tuple(
        (one.unit, one.figures[element], _word(one, element, lang))
        for one in node.carried
        if element in one.figures
    )


def _word(one: Carried, element: str, lang: str) -> str:
    if element in one.undivided:
        return _("không chia được: chưa biết phần của từng đơn vị")
    found = one.figures[element]
    if found.weighed_by:
        return rebased.divided_by(found.weighed_by).in_language(lang)
    return _("ước tính") if found.is_estimated else ""


def _summed(scene: Scene) -> str:
    """Of what the main count of the whole is made, and what is missing from it."""
    element = scene.look.indicator.numerator
    found = rules.figure(scene.node, element)
    having = [one for one in scene.node.carried if one.unit.id in found.carried_from]
    if not having:
        return ""
    lang = scene.look.lang
    names = rebased.named([rules.era_name(one.unit) for one in having], lang)
    label = ELEMENTS[element].label.in_language(lang)
    text = _("%(element)s cộng từ: %(names)s.") % {"element": label, "names": names}
    if not found.missing:
        return text
    missing = rebased.named(found.missing, lang)
    lacking = _("Còn thiếu: %(missing)s.") % {"missing": missing}
    return f"{text} {lacking}"


def _beside(scene: Scene) -> tuple[str, ...]:
    """What holds for ranks, the line of days and the day before."""
    lang = scene.look.lang
    if not is_rebased(scene) and not rebased_whole(scene):
        return ()
    ranks = (rebased.RANKS.in_language(lang),) if is_rebased(scene) else ()
    return (rebased.ALIKE.in_language(lang), *ranks)


def rebased_whole(scene: Scene) -> bool:
    """Whether the ratio of the whole comes from the other era."""
    return rules.is_across_reform(scene.pair(scene.node))
