"""Which point may be that of which premises: evidence, certainty, and each for one alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final


class Why(StrEnum):
    """What speaks for a pair, the strongest first."""

    TAX_CODE = "tax_code"
    ORGANISATION = "organisation"
    NAME = "name"
    ADDRESS = "address"


_OWNERS: Final = frozenset({Why.TAX_CODE, Why.ORGANISATION})
_PLACES: Final = frozenset({Why.NAME, Why.ADDRESS})


@dataclass(frozen=True, slots=True)
class Place:
    """Premises or a point as they are compared; keys are folded, empty where nothing is known."""

    id: int
    unit: str
    name_key: str
    address_key: str = ""
    tax_code: str = ""
    organisation: str = ""

    def traits(self) -> Iterator[tuple[Why, str]]:
        """What is known of it, each kind of evidence once."""
        said = (self.tax_code, self.organisation, self.name_key, self.address_key)
        return ((why, text) for why, text in zip(Why, said, strict=True) if text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A point that may be that of premises, and why; a certain one may be confirmed with others."""

    premises: int
    point: int
    why: tuple[Why, ...]
    is_certain: bool = False


def proposals(premises: Sequence[Place], points: Sequence[Place]) -> tuple[Proposal, ...]:
    """Pairs in one commune that share a trait, the best of each premises first.

    A pair is certain where its owner (tax code or organisation) and its place (name or address)
    agree, or name and address do, and nothing else is as good for either of the two.

    >>> school, twin = Place(1, "x", "truong a", "1 le loi"), Place(8, "x", "truong a", "1 le loi")
    >>> proposals([school], [twin])[0].is_certain
    True
    >>> [one.is_certain for one in proposals([school], [twin, Place(9, "x", "truong a")])]
    [True, False]
    >>> proposals([school], [Place(8, "y", "truong a")])
    ()
    """
    by_trait: dict[tuple[str, Why, str], list[int]] = defaultdict(list)
    for point in points:
        for why, text in point.traits():
            by_trait[point.unit, why, text].append(point.id)
    found: dict[tuple[int, int], set[Why]] = defaultdict(set)
    for one in premises:
        for why, text in one.traits():
            for point_id in by_trait.get((one.unit, why, text), ()):
                found[one.id, point_id].add(why)
    return decided((pair, frozenset(why)) for pair, why in found.items())


def decided(pairs: Iterable[tuple[tuple[int, int], frozenset[Why]]]) -> tuple[Proposal, ...]:
    """The pairs with what speaks for each, in order, the certain ones marked."""
    said = sorted(pairs, key=lambda pair: (pair[0][0], -_weight(pair[1]), pair[0][1]))
    strong = [pair for pair, why in said if is_strong(why)]
    premises, points = (_once(pair[side] for pair in strong) for side in (0, 1))
    return tuple(
        Proposal(
            *pair,
            tuple(one for one in Why if one in why),
            is_strong(why) and pair[0] in premises and pair[1] in points,
        )
        for pair, why in said
    )


def is_strong(why: frozenset[Why]) -> bool:
    """Whether the evidence says that it is one place, as long as nothing else is as good."""
    return bool(why & _OWNERS and why & _PLACES) or why >= _PLACES


def _weight(why: frozenset[Why]) -> int:
    """The strongest evidence counts more than all that is weaker."""
    return sum(1 << (len(Why) - place) for place, one in enumerate(Why) if one in why)


def _once(ids: Iterable[int]) -> frozenset[int]:
    """Those that occur once."""
    counted = ((key, sum(1 for _ in same)) for key, same in groupby(sorted(ids)))
    return frozenset(key for key, n in counted if n == 1)
