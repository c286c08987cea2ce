"""Of which communes of today an area is made, whichever era its units are of. No query."""

from functools import lru_cache

from vungxanh.accounts.values import area_of
from vungxanh.locations.values import CURRENT_TREE, Level, UnitId, registry


@lru_cache(maxsize=512)
def communes_held(held: frozenset[str]) -> frozenset[UnitId] | None:
    """The communes of today that lie wholly in these units; None for the whole country.

    >>> communes_held(frozenset({"vn-2021:vn"})) is None
    True
    >>> sorted(communes_held(frozenset({"vn-2021:21583"})))
    []
    """
    if any(one.endswith(":vn") for one in held):
        return None
    whole = area_of(held).whole
    today = registry().units(CURRENT_TREE)
    return frozenset(
        one.id for one in today if one.level is Level.COMMUNE and not whole.isdisjoint(one.chain)
    )


def communes_seen(held: frozenset[str], unit_id: str) -> frozenset[UnitId] | None:
    """The communes of a unit that somebody with these units holds; None for all of the country.

    >>> communes_seen(frozenset({"vn-2025:52"}), "vn-2025:21583")
    frozenset({'vn-2025:21583'})
    >>> communes_seen(frozenset({"vn-2025:52"}), "vn-2025:01")
    frozenset()
    """
    own, asked = communes_held(held), communes_held(frozenset({unit_id}))
    if own is None or asked is None:
        return asked if own is None else own
    return own & asked
