"""Where own counts come from: which elements each room below counts, and the query that asks it.

They are read when they are shown and never remembered; at midnight they close into facts.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from vungxanh.locations.values import Unit, UnitId
from vungxanh.people.queries.counts import all_counts, live_counts
from vungxanh.people.values.counts import Element
from vungxanh.uptake.queries.placing import Counts, Placed, communes_for, placed

WITH_PHONE: Final = "bluezone_with_phone"
INSTALLS: Final = "installs"
Query = Callable[[Collection[str] | None], Counts]

OF_PEOPLE: Final[Mapping[str, str]] = {Element.DEVICES: INSTALLS, Element.WITH_PHONE: WITH_PHONE}


def count_people(communes: Collection[str] | None) -> Counts:
    """Installs and persons with a proved number by commune; one query."""
    found = all_counts() if communes is None else live_counts(communes)
    return {(unit, OF_PEOPLE[name]): n for (unit, name), n in found.items() if name in OF_PEOPLE}


SOURCES: Final[tuple[tuple[tuple[str, ...], Query], ...]] = (
    ((WITH_PHONE, INSTALLS), count_people),
)
"""(elements, query): a query answers counts by commune, of all communes where it is given None."""

COUNTED: Final = tuple(element for elements, _ in SOURCES for element in elements)
"""The elements that this house counts itself."""


def count_all() -> Counts:
    """Every own count by commune and element, the commune empty where nobody said it."""
    return {key: n for _, query in SOURCES for key, n in query(None).items()}


def count_in(unit: Unit) -> dict[str, Placed]:
    """What is counted this second in a unit and all below it, by element; a query a source.

    An element of which nothing is counted there is zero: the counter moves with what it counts.
    """
    communes = communes_for(unit)
    counts = {key: n for _, query in SOURCES for key, n in query(communes).items()}
    found = placed(counts)
    return {element: found.get((UnitId(unit.id), element), Placed()) for element in COUNTED}
