"""Figures day by day: the days that have any, and the last fortnight of one element."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake import rules, sql
from vungxanh.uptake.queries import population, rebasing
from vungxanh.uptake.queries.running import instant, rows_of
from vungxanh.uptake.queries.trees import BASES_OF_PEOPLE, counterparts
from vungxanh.uptake.queries.viewing import sees_all_unpublished, sees_unpublished
from vungxanh.uptake.rules import Figure, Node
from vungxanh.uptake.values import ELEMENTS, REPORTED, Moment

TREND_DAYS = 15


def as_ofs(viewer: Viewer, node: Node, *, known_at: datetime, limit: int = 60) -> list[datetime]:
    """The as-ofs for which the unit or its parts have counts, newest first; one to three queries.

    Where only the lowest level reports, the parts of the first part speak for all. Units of today
    have those of their past too; units of the past only where they have none of their own.
    """
    near = [node.unit.id, *(part.unit.id for part in node.parts)]
    far = [lower.unit.id for part in node.parts[:1] for lower in part.parts]
    parameters = {
        "elements": [name for name in ELEMENTS if name not in BASES_OF_PEOPLE],
        "known_at": known_at,
        "sees_unpublished": sees_unpublished(viewer, node.unit),
        "reported": list(REPORTED),
        "limit": limit,
    }
    found = rows_of(sql.AS_OFS, {**parameters, "units": near})
    if not found and far:
        found = rows_of(sql.AS_OFS, {**parameters, "units": far})
    if node.unit.tree != rebasing.OLD or not found:
        found += rows_of(sql.AS_OFS, {**parameters, **_elsewhere(viewer, node)})
    return sorted({as_of for (as_of,) in found}, reverse=True)[:limit]


def _elsewhere(viewer: Viewer, node: Node) -> dict[str, Any]:
    """Where to look in the other era, and whether for unpublished figures too."""
    others = counterparts(node.unit, [node.unit, *(part.unit for part in node.parts)])
    return {"units": others.ids, "sees_unpublished": sees_all_unpublished(viewer, others)}


def series(
    viewer: Viewer, unit: Unit, element: str, *, units: Iterable[str], moment: Moment
) -> dict[str, list[tuple[datetime, int]]]:
    """Each unit's figures of one element over the last fortnight, oldest first; one query."""
    parameters = _of_fortnight(element, units, moment)
    return _series({**parameters, "sees_unpublished": sees_unpublished(viewer, unit)})


def rebased_series(
    viewer: Viewer, node: Node, units: Sequence[Unit], *, element: str, moment: Moment
) -> dict[str, list[tuple[datetime, int]]]:
    """The same of the units whose figure came from the other era, re-based as it was."""
    shown = ((one.unit.id, rules.figure(one, element)) for one in (node, *node.parts))
    like: dict[str, Figure] = {unit: found for unit, found in shown if found.carried_from}
    if not like:
        return {}
    others = counterparts(node.unit, units)
    parameters = _of_fortnight(element, others.ids, moment)
    own = _series({**parameters, "sees_unpublished": sees_all_unpublished(viewer, others)})
    weights = population.weights_of(others.pieces, known_at=moment.known_at)
    return rebasing.carry_series(others, own, like=like, weights=weights)


def _of_fortnight(element: str, units: Iterable[str], moment: Moment) -> dict[str, Any]:
    return {
        "units": list(units),
        "element": element,
        "since": moment.as_of - timedelta(days=TREND_DAYS),
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "is_reported": element in REPORTED,
    }


def _series(parameters: dict[str, Any]) -> dict[str, list[tuple[datetime, int]]]:
    found: dict[str, list[tuple[datetime, int]]] = {}
    for unit_id, as_of, value in rows_of(sql.SERIES, parameters):
        found.setdefault(unit_id, []).append((instant(as_of), value))
    return found
