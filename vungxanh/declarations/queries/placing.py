"""Where a commune that somebody gave lies in the units of one era. Units are read from files."""

from functools import lru_cache

from vungxanh.locations.values import Level, Unit, UnitId, country_of, registry, same_level


@lru_cache(maxsize=40_000)
def placed_in(unit_id: str, tree: str) -> UnitId:
    """The lowest unit of an era in which all of a unit lies; the country where nothing is known.

    >>> placed_in("vn-2021:21550", "vn-2021")
    'vn-2021:21550'
    >>> placed_in("", "vn-2025")
    'vn-2025:vn'
    """
    if not unit_id:
        return country_of(tree)
    own = registry().unit(unit_id)
    if own.tree == tree:
        return own.id
    chains = [one.chain for one in _counterparts(own) if one.tree == tree]
    if not chains:
        return country_of(tree)
    shared = set(chains[0]).intersection(*chains[1:])
    return next(one for one in reversed(chains[0]) if one in shared)


@lru_cache(maxsize=40_000)
def row_of(unit_id: str, scope_id: str) -> UnitId | None:
    """The unit right below a scope in which a unit of its era lies, the scope where there is none.

    None where it lies elsewhere.
    """
    chain = registry().unit(unit_id).chain
    if scope_id not in chain:
        return None
    at = chain.index(UnitId(scope_id))
    return chain[min(at + 1, len(chain) - 1)]


@lru_cache(maxsize=512)
def below(unit_id: str) -> tuple[Unit, ...]:
    """The units right below one, in the order of the registry."""
    own = registry().unit(unit_id)
    n = len(own.chain) + 1
    same = registry().units(own.tree)
    return tuple(one for one in same if len(one.chain) == n and one.chain[-2] == own.id)


@lru_cache(maxsize=512)
def known_as(scope_id: str) -> frozenset[str] | None:
    """Every unit of any era that may have been given by people of a scope; None for a country."""
    scope = registry().unit(scope_id)
    if scope.level is Level.COUNTRY:
        return None
    own = [one for one in registry().units(scope.tree) if scope.id in one.chain]
    return frozenset(found.id for one in own for found in (one, *_counterparts(one)))


def _counterparts(own: Unit) -> list[Unit]:
    known = registry()
    later = [known.unit(told.new) for told in known.successors(own.id)]
    return same_level(own, later or [known.unit(told.old) for told in known.predecessors(own.id)])
