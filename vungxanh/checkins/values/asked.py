"""What an officer asks a list of points for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vungxanh.accounts.values import area_of
from vungxanh.checkins.values.activity import Used
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.checkins.values.words import plain_words, unit_word
from vungxanh.locations.values import CURRENT_TREE, Level, UnitId, level_of, registry

STRETCH: Final = 32_768  # numbers of points to a stretch of the index, as in migration 0003
_LONGEST_BEGINNING: Final = 6
_FEW_COMMUNES: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit of either era, a kind, a state, how it is used, words or the beginning of a code."""

    text: str = ""
    unit: str = ""
    kind: Kind | None = None
    state: State | None = None
    used: Used | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """The same as tokens of the index: all of `every`, and one of each of `one_of`.

    `beginning` is a last word longer than the index keeps beginnings, which is looked at row by
    row. `is_narrow` tells that a few communes bound what can be found.
    """

    every: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    beginning: str = ""
    is_narrow: bool = False
    used: Used | None = None


def sought(asked: Asked, held: frozenset[str]) -> Sought | None:
    """What to seek for somebody who holds these units; None where nothing can be theirs."""
    areas = [one for one in (communes_of(held), _asked_units(asked.unit)) if one is not None]
    if any(not one for one in areas):
        return None
    every, beginning = _words(asked.text)
    every += [f"={one}" for one in (asked.kind, asked.state) if one]
    told = [tuple(sorted(map(unit_word, one))) for one in areas]
    every += [one[0] for one in told if len(one) == 1]
    narrow = any(_is_narrow(one) for one in areas)
    many = tuple(one for one in told if len(one) > 1)
    return Sought(tuple(every), many, beginning, narrow, asked.used)


def communes_of(held: frozenset[str]) -> frozenset[UnitId] | None:
    """The units of today that an area is made of; None for the whole country.

    >>> communes_of(frozenset({"vn-2025:52"}))
    frozenset({'vn-2025:52'})
    """
    if any(one.endswith(":vn") for one in held):
        return None
    return frozenset(one for one in area_of(held).whole if one.startswith(f"{CURRENT_TREE}:"))


def passed_into(unit_id: str) -> frozenset[UnitId]:
    """The communes of today that hold something of a unit of 2021, wholly or in part."""
    known = registry()
    top = known.unit(unit_id)
    below = (one for one in known.units(top.tree) if top.id in one.chain)
    new = {told.new for one in below for told in known.successors(one.id)}
    return frozenset(one for one in new if known.unit(one).level is Level.COMMUNE)


def _asked_units(unit_id: str) -> frozenset[UnitId] | None:
    if not unit_id or unit_id.endswith(":vn"):
        return None
    unit = registry().unit(unit_id)
    return frozenset({unit.id}) if unit.tree == CURRENT_TREE else passed_into(unit_id)


def _words(text: str) -> tuple[list[str], str]:
    """The tokens of all words, the last of which may be a beginning."""
    words = plain_words(text)
    if not words:
        return [], ""
    *whole, last = words
    longer = last if len(last) > _LONGEST_BEGINNING else ""
    return [*whole, f"^{last[:_LONGEST_BEGINNING]}"], longer


def _is_narrow(units: Iterable[UnitId]) -> bool:
    found = [level_of(one) for one in units]
    return len(found) <= _FEW_COMMUNES and all(one is Level.COMMUNE for one in found)
