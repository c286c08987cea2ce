"""The unit that a written name or address means, over both eras; no database and no Django."""

from datetime import date
from functools import lru_cache

from vungxanh.engines import names
from vungxanh.locations import rules
from vungxanh.locations.values.matches import Match, MatchKind
from vungxanh.locations.values.registry import registry
from vungxanh.locations.values.succession import successions
from vungxanh.locations.values.units import TREES, Level, Unit, units_of


def find_address(
    text: str, *, within: str | None = None, level: Level | None = None, on: date | None = None
) -> Match:
    """What `text` means: a unit only when nothing else is possible, else candidates and why.

    `within` is the id of the area in which it must lie, `level` asks for the unit of that level,
    `on` is the day on which it must be valid. Without a day a name of both eras is answered with
    both. Parts that fit in no era are told so on any day. The first call of a process reads both
    trees (a second or two).
    """
    known = registry()
    inside = known.unit(within).id if within else None
    if on is None:
        found = _index().find(text, within=inside, level=level)
    else:
        found = _truer(*_index().find_then_and_ever(text, on=on, within=inside, level=level))
    hits = [known.unit(key) for key in found.keys]
    is_one = found.kind in (names.Kind.EXACT, names.Kind.FOLDED)
    return Match(
        text=text,
        kind=MatchKind(found.kind.value),
        unit=hits[0] if is_one else None,
        candidates=tuple(hits),
        reason=rules.reason(found.why, text, [placed_name(one) for one in hits]),
        why=found.why,
    )


def _truer(then: names.Found, ever: names.Found) -> names.Found:
    """The answer for a day, or that of all days where the text is at odds with itself.

    What is left on a day may hide it: of "xã An Lão, thành phố Quy Nhơn" the city is no more.
    """
    if then.why is names.Why.NOT_THEN and ever.why is names.Why.PART_UNKNOWN:
        return ever
    if ever.why is not names.Why.CONTRADICTS or then.why is names.Why.CONTRADICTS:
        return then
    is_one = then.kind in (names.Kind.EXACT, names.Kind.FOLDED)
    is_of_one = is_one and all(_are_kin(then.keys[0], other) for other in ever.keys)
    return then if is_of_one else ever


def _are_kin(one: str, other: str) -> bool:
    """Whether a unit is, was or became the other, or lies or lay above it or below it."""
    return one in _around(other) or other in _around(one)


def _around(unit_id: str) -> frozenset[str]:
    known = registry()
    later = (told.new for told in known.successors(unit_id))
    earlier = (told.old for told in known.predecessors(unit_id))
    chains = (known.unit(one).chain for one in (unit_id, *later, *earlier))
    return frozenset(one for chain in chains for one in chain)


def place_of(unit: Unit) -> names.Place:
    """A unit as the matcher of names knows it."""
    own = rules.own_name(unit.name, unit.type_word)
    return names.Place(
        unit.id,
        own,
        unit.type_word,
        unit.level,
        rules.ALIASES.get(own, ()),
        parent=unit.parent_id,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def placed_name(unit: Unit) -> str:
    """A unit with what lies above it: "Huyện An Lão, Bình Định [vn-2021:542]"."""
    named = (unit.name, *(one.short_name for one in registry().above(unit)))
    return f"{', '.join(named)} [{unit.id}]"


@lru_cache(maxsize=1)
def _index() -> names.AddressIndex:
    places = [place_of(unit) for tree in TREES for unit in units_of(tree)]
    return names.AddressIndex(places, ((told.old, told.new) for told in successions()))
