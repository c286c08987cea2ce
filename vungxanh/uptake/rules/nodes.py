"""Figures of units as trees: each with its facts, its parts and what the other era hands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vungxanh.locations.values import Level, Unit

_DEPTH = {level: depth for depth, level in enumerate(Level)}


class FigureState(StrEnum):
    """How much a figure can be trusted: whole, some parts missing, contradicted, unknown."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    DISPUTED = "disputed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, order=True)
class People:
    """A population that divides figures among the parts of a unit: its year and source."""

    year: int
    source: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One stored figure as read from the database, its lineage beside it.

    `lacking` names the reporters whose figures are not in it.
    """

    unit_id: str
    element: str
    value: int
    as_of: datetime
    received_at: datetime
    revision: int
    source: str
    submission_id: str
    is_published: bool
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one unit: its own, or the sum of its parts, with what is missing from it.

    `value` is None when nothing is known: never zero. `as_of` is the oldest as-of among the parts;
    `received_at` the newest receipt. `carried_from` names the units of the other era that it was
    re-based from, `uncertain_from` those of them that had to be divided or whose successor was
    inferred; `weighed_by` the populations that divided them. `is_estimated` when there are any.
    `missing` names units that are not in a sum, `lacking` reporters whose reports are not in it or
    in a part of it; `lacks_parts` when it or a part of it has units missing.
    """

    element: str
    value: int | None
    state: FigureState
    as_of: datetime | None = None
    received_at: datetime | None = None
    sources: tuple[str, ...] = ()
    revision: int = 0
    n_parts: int = 0
    missing: tuple[str, ...] = ()
    is_estimated: bool = False
    carried_from: tuple[str, ...] = ()
    uncertain_from: tuple[str, ...] = ()
    weighed_by: tuple[People, ...] = ()
    lacking: tuple[str, ...] = ()
    lacks_parts: bool = False

    @property
    def is_of_all_parts(self) -> bool:
        """Whether it speaks of the whole unit, though reports of some may not be in it."""
        return self.value is not None and not self.lacks_parts


@dataclass(frozen=True, slots=True)
class Carried:
    """What one unit of the other era hands to a unit: figures by element, unknown ones included.

    `undivided` names the elements that it has but that nobody can divide among its successors;
    `unpublished` those that are not open to anyone yet.
    """

    unit: Unit
    figures: Mapping[str, Figure]
    undivided: frozenset[str] = frozenset()
    unpublished: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Numerator and denominator over the same units; `missing` names those left out of both.

    `n_parts` is of how many units it is made, the missing ones included; 0 where it is one figure.
    """

    numerator: Figure
    denominator: Figure
    missing: tuple[str, ...] = ()
    n_parts: int = 0

    @property
    def is_known(self) -> bool:
        """Whether a ratio can be made at all."""
        return self.numerator.value is not None and bool(self.denominator.value)


@dataclass(frozen=True, slots=True)
class Node:
    """A unit with its own facts by element, the units below it, and what the other era hands on.

    `below` names the elements for which some unit below has a figure. `figures` and `pairs`
    remember what the rules have answered; they are no part of the node.
    """

    unit: Unit
    facts: Mapping[str, FactRow]
    parts: tuple["Node", ...] = ()
    below: frozenset[str] = frozenset()
    carried: tuple[Carried, ...] = ()
    figures: dict[str, Figure] = field(default_factory=dict, compare=False, repr=False)
    pairs: dict[tuple[str, str], "Pair"] = field(default_factory=dict, compare=False, repr=False)


def arrange(
    root: Unit,
    units: Iterable[Unit],
    facts: Iterable[FactRow],
    *,
    carried: Mapping[str, tuple[Carried, ...]] | None = None,
) -> Node:
    """The tree below `root`, each unit with its own facts and what the other era hands to it."""
    below = (unit for unit in units if unit.id != root.id)
    return forest((root, *below), facts, carried=carried)[root.id]


def forest(
    units: Iterable[Unit],
    facts: Iterable[FactRow],
    *,
    carried: Mapping[str, tuple[Carried, ...]] | None = None,
) -> dict[str, Node]:
    """Every unit as a node by its id, with those of the others that lie right below as parts."""
    own: dict[str, dict[str, FactRow]] = {}
    for fact in facts:
        own.setdefault(fact.unit_id, {})[fact.element] = fact
    parts: dict[str, list[Node]] = {}
    found: dict[str, Node] = {}
    for unit in sorted(units, key=lambda unit: -_DEPTH[unit.level]):
        below = tuple(parts.get(unit.id, ()))
        handed = (carried or {}).get(unit.id, ())
        node = node_of(unit, own.get(unit.id, {}), below, carried=handed)
        found[unit.id] = node
        parts.setdefault(unit.parent_id or "", []).append(node)
    return found


def node_of(
    unit: Unit,
    facts: Mapping[str, FactRow],
    parts: tuple[Node, ...],
    *,
    carried: tuple[Carried, ...] = (),
) -> Node:
    """A node that knows what its parts have."""
    below = frozenset(name for part in parts for name in _names(part))
    return Node(unit, facts, parts, below, carried)


def _names(node: Node) -> Iterable[str]:
    return (*node.facts, *node.below, *(name for one in node.carried for name in one.figures))
