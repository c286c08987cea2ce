"""Ratios over the same units, and what of them is shown and ranked."""

from decimal import Decimal

from vungxanh.engines import coverage
from vungxanh.engines.coverage import Unranked
from vungxanh.uptake.rules.figures import era_name, figure, sum_of_carried, sum_of_parts
from vungxanh.uptake.rules.nodes import Carried, Node, Pair, node_of


def pair(node: Node, numerator: str, denominator: str) -> Pair:
    """Both figures of a ratio over the same units: whole, or the parts that have both."""
    if (numerator, denominator) not in node.pairs:
        node.pairs[numerator, denominator] = _pair(node, numerator, denominator)
    return node.pairs[numerator, denominator]


def _pair(node: Node, numerator: str, denominator: str) -> Pair:
    whole = Pair(figure(node, numerator), figure(node, denominator))
    if not (whole.numerator.lacks_parts or whole.denominator.lacks_parts):
        return whole
    if whole.numerator.carried_from and whole.denominator.carried_from and node.carried:
        handed = _carried_pair(node.carried, numerator, denominator)
        if handed.is_known:
            return handed
    having = [p for p in node.parts if pair(p, numerator, denominator).is_known]
    shared = node_of(node.unit, {}, tuple(having))
    missing = tuple(p.unit.short_name for p in node.parts if p not in having)
    above, below = sum_of_parts(shared, numerator), sum_of_parts(shared, denominator)
    return Pair(above, below, missing, len(node.parts))


def _carried_pair(carried: tuple[Carried, ...], numerator: str, denominator: str) -> Pair:
    """Both figures over the units of the other era that have both, whole."""
    asked = [one for one in carried if {numerator, denominator} & one.figures.keys()]
    having = [one for one in asked if _has_whole(one, numerator) and _has_whole(one, denominator)]
    missing = tuple(era_name(one.unit) for one in asked if one not in having)
    above, below = sum_of_carried(having, numerator), sum_of_carried(having, denominator)
    return Pair(above, below, missing, len(asked))


def _has_whole(one: Carried, element: str) -> bool:
    return element in one.figures and one.figures[element].is_of_all_parts


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
