"""Pure decisions of the room: which figure stands for a unit, what blocks a table, what is open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from vungxanh.engines import coverage
from vungxanh.engines.coverage import Unranked
from vungxanh.locations.values import Level, Unit

_DEPTH = {level: depth for depth, level in enumerate(Level)}
# How a unit of the other era is told from one of the same name in this one.
_ERAS = {"vn-2021": "cũ", "vn-2025": "mới"}
UNDO_WINDOW = timedelta(minutes=10)
# Roles of people outside the administration: they handle the tables that they brought themselves.
GUESTS = frozenset({"operator"})


class SubmissionState(StrEnum):
    """A table of figures: looked at, counting, or taken back."""

    DRAFT = "draft"
    RECORDED = "recorded"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


class FindingState(StrEnum):
    """What people did about a finding."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"


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


# A figure of the whole unit: what it says of itself, also where the sum of its parts differs.
WHOLE = frozenset({FigureState.COMPLETE, FigureState.DISPUTED})


@dataclass(frozen=True, slots=True)
class FactRow:
    """One stored figure as read from the database, its lineage beside it."""

    unit_id: str
    element: str
    value: int
    as_of: datetime
    received_at: datetime
    revision: int
    source: str
    submission_id: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one unit: its own, or the sum of its parts, with what is missing from it.

    `value` is None when nothing is known: never zero. `as_of` is the oldest as-of among the parts;
    `received_at` the newest receipt. `carried_from` names the units of the other era that it was
    re-based from, `uncertain_from` those of them that had to be divided or whose successor was
    inferred; `weighed_by` the populations that divided them. `is_estimated` when there are any.
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


def figure(node: Node, element: str) -> Figure:
    """The unit's figure: its own, or the sum of its parts where they are complete and newer.

    A sum with parts missing says so and never stands in for an own figure. An own figure that
    differs from the complete sum of the same as-of is disputed; the own figure is shown. What the
    other era hands on stands where the unit's own era has neither, or, whole and exact, is newer.
    """
    if element not in node.figures:
        node.figures[element] = _figure(node, element)
    return node.figures[element]


def _figure(node: Node, element: str) -> Figure:
    stated, handed = _stated(node, element), _sum_of_carried(node.carried, element)
    if handed.value is None or handed.as_of is None:
        return stated
    if stated.as_of is None or _is_weaker(stated, node):
        return handed
    is_exact = handed.state is FigureState.COMPLETE and not handed.is_estimated
    is_better = handed.as_of > stated.as_of or stated.is_estimated
    return handed if is_exact and is_better else stated


def _stated(node: Node, element: str) -> Figure:
    """The figure by the unit's own era alone."""
    own = node.facts.get(element)
    summed = _sum_of_parts(node, element)
    if own is None:
        return summed
    stated = _own_figure(own)
    if summed.state is not FigureState.COMPLETE or summed.as_of is None:
        return stated
    if summed.as_of > own.as_of:
        return summed
    is_contradicted = summed.as_of == own.as_of and summed.value != own.value
    return _disputed(stated) if is_contradicted else stated


def _is_weaker(stated: Figure, node: Node) -> bool:
    """Whether a figure is only a part of the sum of the units below."""
    return stated.state is FigureState.PARTIAL and stated.element not in node.facts


def _own_figure(fact: FactRow) -> Figure:
    return Figure(
        fact.element,
        fact.value,
        FigureState.COMPLETE,
        as_of=fact.as_of,
        received_at=fact.received_at,
        sources=(fact.source,),
        revision=fact.revision,
    )


def _disputed(stated: Figure) -> Figure:
    return Figure(
        stated.element,
        stated.value,
        FigureState.DISPUTED,
        stated.as_of,
        stated.received_at,
        stated.sources,
        stated.revision,
    )


def _sum_of_parts(node: Node, element: str) -> Figure:
    if element not in node.below:
        return Figure(element, None, FigureState.MISSING)
    return _sum(element, [(p.unit.short_name, figure(p, element)) for p in node.parts])


def _sum_of_carried(carried: Iterable[Carried], element: str) -> Figure:
    """What the units of the other era hand on together."""
    having = [one for one in carried if element in one.figures]
    if not having:
        return Figure(element, None, FigureState.MISSING)
    summed = _sum(element, [(era_name(one.unit), one.figures[element]) for one in having])
    known = [one for one in having if one.figures[element].value is not None]
    lacking = (name for one in known for name in one.figures[element].missing)
    return replace(
        summed,
        missing=(*summed.missing, *lacking),
        carried_from=tuple(one.unit.id for one in known),
        uncertain_from=tuple(one.unit.id for one in known if one.figures[element].is_estimated),
    )


def era_name(unit: Unit) -> str:
    """A unit's name beside units of the other era: "Gia Lai (cũ)"."""
    return f"{unit.short_name} ({_ERAS[unit.tree]})"


def _sum(element: str, figures: Sequence[tuple[str, Figure]]) -> Figure:
    known = [f for _, f in figures if f.value is not None]
    if not known:
        return Figure(element, None, FigureState.MISSING)
    missing = tuple(name for name, f in figures if f.value is None)
    return Figure(
        element,
        sum(f.value for f in known if f.value is not None),
        _state_of_sum(missing, {f.state for f in known}),
        as_of=min(f.as_of for f in known if f.as_of is not None),
        received_at=max(f.received_at for f in known if f.received_at is not None),
        sources=_united(f.sources for f in known),
        n_parts=len(known),
        missing=missing,
        is_estimated=any(f.is_estimated for f in known),
        carried_from=_united(f.carried_from for f in known),
        uncertain_from=_united(f.uncertain_from for f in known),
        weighed_by=tuple(sorted({people for f in known for people in f.weighed_by})),
    )


def _state_of_sum(missing: tuple[str, ...], states: set[FigureState]) -> FigureState:
    """A sum lacks what is missing from its parts, and is disputed where one of them is."""
    if missing or FigureState.PARTIAL in states:
        return FigureState.PARTIAL
    return FigureState.DISPUTED if FigureState.DISPUTED in states else FigureState.COMPLETE


def _united(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for listed in lists for one in listed))


def is_unpublished(node: Node, element: str) -> bool:
    """Whether the unit or some unit below shows a figure that is not open to anyone yet."""
    own = node.facts.get(element)
    if own is not None and not own.is_published:
        return True
    if any(element in one.unpublished for one in node.carried):
        return True
    return element in node.below and any(is_unpublished(part, element) for part in node.parts)


def pair(node: Node, numerator: str, denominator: str) -> Pair:
    """Both figures of a ratio over the same units: whole, or the parts that have both."""
    if (numerator, denominator) not in node.pairs:
        node.pairs[numerator, denominator] = _pair(node, numerator, denominator)
    return node.pairs[numerator, denominator]


def _pair(node: Node, numerator: str, denominator: str) -> Pair:
    whole = Pair(figure(node, numerator), figure(node, denominator))
    is_partial = FigureState.PARTIAL in (whole.numerator.state, whole.denominator.state)
    if not is_partial:
        return whole
    if whole.numerator.carried_from and whole.denominator.carried_from and node.carried:
        handed = _carried_pair(node.carried, numerator, denominator)
        if handed.is_known:
            return handed
    having = [p for p in node.parts if pair(p, numerator, denominator).is_known]
    shared = node_of(node.unit, {}, tuple(having))
    missing = tuple(p.unit.short_name for p in node.parts if p not in having)
    above, below = _sum_of_parts(shared, numerator), _sum_of_parts(shared, denominator)
    return Pair(above, below, missing, len(node.parts))


def _carried_pair(carried: tuple[Carried, ...], numerator: str, denominator: str) -> Pair:
    """Both figures over the units of the other era that have both, whole."""
    asked = [one for one in carried if {numerator, denominator} & one.figures.keys()]
    having = [one for one in asked if _has_whole(one, numerator) and _has_whole(one, denominator)]
    missing = tuple(era_name(one.unit) for one in asked if one not in having)
    above, below = _sum_of_carried(having, numerator), _sum_of_carried(having, denominator)
    return Pair(above, below, missing, len(asked))


def _has_whole(one: Carried, element: str) -> bool:
    return element in one.figures and one.figures[element].state in WHOLE


def is_across_reform(found: Pair) -> bool:
    """Whether a ratio was re-based from the other era: its rank compares with none of that era."""
    return bool(found.numerator.carried_from or found.denominator.carried_from)


def is_of_origins(node: Node, found: Pair) -> bool:
    """Whether a unit's ratio was re-based from its own origins, not added up from its parts."""
    origins = set(found.numerator.carried_from)
    return bool(origins) and origins <= {one.unit.id for one in node.carried}


def whole_share(node: Node, numerator: str, denominator: str) -> Decimal | None:
    """The share of a unit in percent; None where it is unknown or most parts lack count or base.

    A share over a few parts would be read as that of all.
    """
    found = pair(node, numerator, denominator)
    if 2 * len(found.missing) > found.n_parts:
        return None
    return coverage.share_percent(found.numerator.value, found.denominator.value)


def row_to_rank(node: Node, numerator: str, denominator: str) -> coverage.Row:
    """A unit as it is ranked; what speaks of too few parts, or of another unit, is withheld.

    Half of the parts or more without a figure: the rank would be that of the others. Divided by
    people: the share is that of the unit that was divided, and a rank would repeat it.
    """
    found = pair(node, numerator, denominator)
    is_shown = 2 * len(found.missing) <= found.n_parts
    return coverage.Row(
        node.unit.id,
        found.numerator.value if is_shown else None,
        found.denominator.value if is_shown else None,
        node.unit.sort_key,
        _withheld(found),
    )


def _withheld(found: Pair) -> Unranked | None:
    if found.missing and 2 * len(found.missing) >= found.n_parts:
        return Unranked.PARTS_MISSING
    is_divided = found.numerator.weighed_by or found.denominator.weighed_by
    return Unranked.DIVIDED if is_divided else None


def compares(now: Figure, then: Figure) -> bool:
    """Whether two figures of a unit are of the same parts, so that their difference means change.

    Both whole, or both lacking the same parts; both counted, or both estimated.
    """
    is_same = set(now.missing) == set(then.missing) and now.is_estimated == then.is_estimated
    return is_same and now.value is not None and then.value is not None


def may_handle(roles: frozenset[str], viewer_id: str, *, brought_by: str) -> bool:
    """Whether a table of the own area may be acted on: guests act on those they brought.

    >>> may_handle(frozenset({"operator"}), "staff:1", brought_by="staff:2")
    False
    """
    return viewer_id == brought_by or not roles <= GUESTS


def withdrawing_needs(*, is_published: bool) -> str:
    """The capability that takes a table back: what is open to anyone needs that of opening it."""
    return "uptake.publish" if is_published else "uptake.import"


def may_be_undone(recorded_at: datetime, at: datetime) -> bool:
    """Whether a recording may still be taken back without a reason."""
    return at - recorded_at <= UNDO_WINDOW


def nice_edges(shares: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    """Four whole edges of five bands, near the 10th, 40th, 70th and 95th percentile, ascending.

    >>> nice_edges([Decimal(n) for n in ("8.67", "9.30", "9.90", "10.66", "12.40", "26.14")])
    (Decimal('9'), Decimal('10'), Decimal('12'), Decimal('23'))
    """
    known = sorted(share for share in shares if share is not None)
    if not known:
        return (Decimal(20), Decimal(40), Decimal(60), Decimal(80))
    edges: list[Decimal] = []
    for part in (Decimal("0.1"), Decimal("0.4"), Decimal("0.7"), Decimal("0.95")):
        edge = _percentile(known, part).quantize(Decimal(1))
        edges.append(max(edge, edges[-1] + 1) if edges else max(edge, Decimal(1)))
    return tuple(edges)


def _percentile(ordered: list[Decimal], part: Decimal) -> Decimal:
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


Series = Mapping[str, list[tuple[datetime, int]]]


def series_of(node: Node, own: Series) -> list[tuple[datetime, int]]:
    """A unit's figures by as-of: its own, or sums at the as-ofs for which every part has one."""
    if node.unit.id in own or not node.parts:
        return own.get(node.unit.id, [])
    parts = [dict(series_of(part, own)) for part in node.parts]
    shared = set(parts[0]).intersection(*parts[1:])
    return [(as_of, sum(part[as_of] for part in parts)) for as_of in sorted(shared)]
