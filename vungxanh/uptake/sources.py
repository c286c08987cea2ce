"""Where own counts come from: which elements each room below counts, and the query that asks it.

They are read when they are shown and never remembered; at midnight they close into facts.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from vungxanh.checkins.queries.point_counts import registered_in
from vungxanh.declarations.queries.figures import declared_in_all
from vungxanh.locations.values import Unit, UnitId
from vungxanh.people.queries.counts import all_counts, live_counts, whole_counts
from vungxanh.people.values.counts import Element
from vungxanh.uptake.queries.placing import Counts, Placed, communes_for, placed

WITH_PHONE: Final = "bluezone_with_phone"
INSTALLS: Final = "installs"
POINTS: Final = "points_registered"
DECLARED: Final = "declarations"
Query = Callable[[Collection[str] | None], Counts]

OF_PEOPLE: Final[Mapping[str, str]] = {Element.DEVICES: INSTALLS, Element.WITH_PHONE: WITH_PHONE}


def sum_people() -> Mapping[str, Placed]:
    """Both of the whole country, with how many gave no commune; one query."""
    found = whole_counts()
    return {
        element: Placed(found.get((name, True), 0) + unknown, n_unknown=unknown)
        for name, element in OF_PEOPLE.items()
        for unknown in (found.get((name, False), 0),)
    }


def count_people(communes: Collection[str] | None) -> Counts:
    """Installs and persons with a proved number by commune; one query."""
    found = all_counts() if communes is None else live_counts(communes)
    return {(unit, OF_PEOPLE[name]): n for (unit, name), n in found.items() if name in OF_PEOPLE}


def sum_points() -> Mapping[str, Placed]:
    """The living control points of the whole country, each of which has a commune; one query."""
    return {POINTS: Placed(sum(registered_in(None).values()))}


def count_points(communes: Collection[str] | None) -> Counts:
    """Living control points by commune of today; one query."""
    return {(unit, POINTS): n for unit, n in registered_in(communes).items()}


def count_declarations(communes: Collection[str] | None) -> Counts:
    """Every declaration so far by commune, also of people who gave none; one query."""
    found = declared_in_all().items()
    return {(unit, DECLARED): n for unit, n in found if communes is None or unit in communes}


@dataclass(frozen=True, slots=True)
class Source:
    """What a room counts: the elements, by commune (of all where none is named), and in all.

    What has no `whole` is summed at midnight alone: its counter is by day and grows with them.
    """

    elements: tuple[str, ...]
    query: Query
    whole: Callable[[], Mapping[str, Placed]] | None


SOURCES: Final = (
    Source((WITH_PHONE, INSTALLS), count_people, sum_people),
    Source((POINTS,), count_points, sum_points),
    Source((DECLARED,), count_declarations, None),
)

LIVE: Final = tuple((source, source.whole) for source in SOURCES if source.whole is not None)
COUNTED: Final = tuple(element for source, _ in LIVE for element in source.elements)
"""The elements of which this house knows how many there are this second."""


def count_all() -> Counts:
    """Every own count by commune and element, the commune empty where nobody said it."""
    return {key: n for source in SOURCES for key, n in source.query(None).items()}


def count_in(unit: Unit) -> dict[str, Placed]:
    """What is counted this second in a unit and all below it, by element; a query a source.

    An element of which nothing is counted there is zero: the counter moves with what it counts.
    """
    communes = communes_for(unit)
    if communes is None:
        return {name: one for _, whole in LIVE for name, one in whole().items()}
    counts = {key: n for source, _ in LIVE for key, n in source.query(communes).items()}
    found = placed(counts)
    return {element: found.get((UnitId(unit.id), element), Placed()) for element in COUNTED}
