"""Communes that somebody may live in, found by a name or an address or from the top down.

Names of before the reform lead to what stands in their place today; only a demo of the past lets
somebody live in a unit that has ended.
"""

from collections.abc import Iterable

from vungxanh.locations import queries
from vungxanh.locations.values import (
    Level,
    Located,
    Unit,
    country_of,
    find_address,
    split_unit_id,
)
from vungxanh.people.values.citizens import FoundPlaces, Place, Step

MOST = 12
READ = 60  # names are begun by units of all levels


def places_named(text: str, *, tree: str, with_past: bool) -> FoundPlaces:
    """What a typed name or address may mean: communes of a tree, and wider units to look into.

    `with_past` keeps units of the other era as they are. At most four queries.
    """
    meant = [one.id for one in find_address(text).candidates[:READ]]
    known = set(meant)
    begun = [hit for hit in queries.search_located(text, READ) if hit.unit.id not in known]
    hits = [*queries.located(meant), *begun]
    kept = [hit for hit in hits if with_past or hit.unit.tree == tree]
    former = [hit for hit in hits if not with_past and hit.unit.tree != tree]
    communes = _once([*_communes(kept), *_heirs(former)])
    wider = _once(_place(hit) for hit in kept if hit.unit.level in {Level.PROVINCE, Level.DISTRICT})
    return FoundPlaces(communes[:MOST], wider[:MOST], is_cut=len(communes) > MOST)


def step_to(unit_id: str) -> Step:
    """The units above and below one on the way to a commune; a commune is chosen.

    Raises what the locations room refuses. At most three queries.
    """
    unit = queries.unit(unit_id)
    passed = _places([one for one in queries.ancestors(unit_id) if one.level is not Level.COUNTRY])
    below = queries.children(unit_id) if unit.level is not Level.COMMUNE else ()
    own = Place(unit.id, unit.name, ", ".join(one.name for one in reversed(passed)))
    if not below:
        return Step(passed=passed, chosen=own)
    here = passed if unit.level is Level.COUNTRY else (*passed, own)
    return Step(passed=here, offered=_places(below))


def first_step(tree: str) -> Step:
    """The provinces of a tree; one query."""
    return Step(offered=_places(queries.children(country_of(tree), Level.PROVINCE)))


def is_of(unit_id: str, tree: str) -> bool:
    """Whether a unit's id is of a tree."""
    return split_unit_id(unit_id)[0] == tree


def _communes(hits: Iterable[Located]) -> list[Place]:
    return [_place(hit) for hit in hits if hit.unit.level is Level.COMMUNE]


def _heirs(former: list[Located]) -> list[Place]:
    """The communes of today that former districts and communes passed into."""
    asked = {hit.unit.id: hit for hit in former if hit.unit.level is not Level.PROVINCE}
    found = queries.heirs_of(asked)
    return [
        Place(
            heir.unit.id, heir.unit.name, heir.above.name if heir.above else "", _said(asked[old])
        )
        for old in asked
        for heir in found.get(old, ())
        if heir.unit.level is Level.COMMUNE
    ]


def _said(hit: Located) -> str:
    return ", ".join(one.name for one in (hit.unit, *hit.above))


def _place(hit: Located) -> Place:
    return Place(hit.unit.id, hit.unit.name, ", ".join(one.name for one in hit.above))


def _places(units: Iterable[Unit]) -> tuple[Place, ...]:
    return tuple(Place(one.id, one.name) for one in units)


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each unit the first time that it comes."""
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.id, place)
    return tuple(found.values())
