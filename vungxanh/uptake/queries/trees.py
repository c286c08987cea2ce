"""A unit and the units below it with their figures, those of the other era re-based on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Max

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import CURRENT_TREE, REFORM, Level, Unit, UnitId
from vungxanh.uptake import sql
from vungxanh.uptake.models import Submission
from vungxanh.uptake.queries import population, rebasing
from vungxanh.uptake.queries.facts import latest_facts
from vungxanh.uptake.queries.levels import units_of_tree
from vungxanh.uptake.queries.running import rows_of
from vungxanh.uptake.queries.viewing import sees_all_unpublished, sees_unpublished
from vungxanh.uptake.rules import Carried, Node, SubmissionState, arrange
from vungxanh.uptake.values import ELEMENTS, Moment

BASES_OF_PEOPLE = frozenset({"population", "adults", "smartphones", "subscriptions"})


def tree_of_figures() -> str:
    """The tree that the whole country is shown on: today's where it has published counts.

    Else that of the newest counts; today's where there are none at all.
    """
    counts = [name for name in ELEMENTS if name not in BASES_OF_PEOPLE]
    published = Submission.objects.filter(
        state=SubmissionState.RECORDED, published_at__isnull=False, elements__overlap=counts
    )
    newest: dict[str, datetime] = dict(published.values_list("scope__tree").annotate(Max("as_of")))
    if CURRENT_TREE in newest or not newest:
        return CURRENT_TREE
    return max(newest, key=newest.__getitem__)


def tree(viewer: Viewer, unit: Unit, moment: Moment, *, level: Level | None = None) -> Node:
    """The unit and the units below it with their latest facts, ready for the figures' rules.

    Reads down to `level` and one level more, so that a unit without a figure of its own can show
    the sum of its parts; further down only where figures of the lowest level exist at all.
    """
    units = units_of_tree(unit, level)
    held = elements_held(unit, units, until=moment.as_of)
    return tree_of(viewer, unit, units, moment=moment, elements=held)


def tree_of(
    viewer: Viewer,
    unit: Unit,
    units: Sequence[Unit],
    *,
    moment: Moment,
    elements: Iterable[str] = ELEMENTS,
) -> Node:
    """The tree over units already read, with some elements or all; two queries.

    What the other era knows is re-based on these units.
    """
    unpublished = sees_unpublished(viewer, unit)
    ids: list[str] = [u.id for u in units]
    names = tuple(elements)
    facts = latest_facts(ids, moment, unpublished=unpublished, elements=names)
    handed = _carried(viewer, unit, units, moment=moment, elements=names)
    return arrange(unit, units, facts, carried=handed)


def _carried(
    viewer: Viewer, unit: Unit, units: Sequence[Unit], *, moment: Moment, elements: tuple[str, ...]
) -> dict[str, tuple[Carried, ...]]:
    """What the other era hands to the units; nothing can have come from after the moment."""
    if not has_other_era(unit, moment.as_of):
        return {}
    others = counterparts(unit, units)
    facts = latest_facts(
        others.ids, moment, unpublished=sees_all_unpublished(viewer, others), elements=elements
    )
    if not facts:
        return {}
    weights = population.weights_of(others.pieces, known_at=moment.known_at)
    return rebasing.carry(
        others, facts, asked=_asked(unit, units), elements=elements, weights=weights
    )


def has_other_era(unit: Unit, as_of: datetime) -> bool:
    """Whether the other era can have figures by then: the new one has none before it began."""
    return unit.tree != rebasing.OLD or as_of >= clock.day_start(REFORM)


def counterparts(unit: Unit, units: Sequence[Unit]) -> rebasing.Counterparts:
    """The units of the other era that some units come from or went into.

    Nothing is handed to single communes on a page of the whole country: too many for what it shows.
    """
    return rebasing.counterparts(unit, _asked(unit, units))


def _asked(unit: Unit, units: Sequence[Unit]) -> tuple[UnitId, ...]:
    is_country = unit.level == Level.COUNTRY
    return tuple(u.id for u in units if not (is_country and u.level == Level.COMMUNE))


def elements_held(unit: Unit, units: Sequence[Unit], *, until: datetime) -> frozenset[str]:
    """The elements that any table about these units, of either era, has: all worth looking for.

    No look at the other era where it can have nothing until then: finding its units takes some
    milliseconds for each unit that a process shows first.
    """
    others = counterparts(unit, units).units if has_other_era(unit, until) else ()
    above = (one for other in others for one in other.chain)
    scopes = {*unit.chain, *(u.id for u in units), *above}
    return frozenset(name for (name,) in rows_of(sql.ELEMENTS_HELD, {"units": list(scopes)}))
