"""Which figure stands for a unit: its own, the sum of its parts, or what the other era hands on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vungxanh.locations.values import Unit
from vungxanh.uptake.rules.nodes import Carried, FactRow, Figure, FigureState, Node

# How a unit of the other era is told from one of the same name in this one.
_ERAS = {"vn-2021": "cũ", "vn-2025": "mới"}


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
    stated, handed = _stated(node, element), sum_of_carried(node.carried, element)
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
    summed = sum_of_parts(node, element)
    if own is None:
        return summed
    stated = _own_figure(own)
    if summed.state is not FigureState.COMPLETE or summed.as_of is None:
        return stated
    if summed.as_of > own.as_of:
        return summed
    is_contradicted = summed.as_of == own.as_of and summed.value != own.value
    return replace(stated, state=FigureState.DISPUTED) if is_contradicted else stated


def _is_weaker(stated: Figure, node: Node) -> bool:
    """Whether a figure is only a part of the sum of the units below."""
    return stated.lacks_parts and stated.element not in node.facts


def _own_figure(fact: FactRow) -> Figure:
    return Figure(
        fact.element,
        fact.value,
        FigureState.PARTIAL if fact.lacking else FigureState.COMPLETE,
        as_of=fact.as_of,
        received_at=fact.received_at,
        sources=(fact.source,),
        revision=fact.revision,
        lacking=fact.lacking,
    )


def sum_of_parts(node: Node, element: str) -> Figure:
    """What the units right below make together; those without a figure are named as missing."""
    if element not in node.below:
        return Figure(element, None, FigureState.MISSING)
    return _sum(element, [(p.unit.short_name, figure(p, element)) for p in node.parts])


def sum_of_carried(carried: Iterable[Carried], element: str) -> Figure:
    """What the units of the other era hand on together."""
    having = [one for one in carried if element in one.figures]
    if not having:
        return Figure(element, None, FigureState.MISSING)
    summed = _sum(element, [(era_name(one.unit), one.figures[element]) for one in having])
    known = [one for one in having if one.figures[element].value is not None]
    missing = (name for one in known for name in one.figures[element].missing)
    return replace(
        summed,
        missing=(*summed.missing, *missing),
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
        lacking=_united(f.lacking for f in known),
        lacks_parts=bool(missing) or any(f.lacks_parts for f in known),
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


def compares(now: Figure, then: Figure) -> bool:
    """Whether two figures of a unit are of the same parts, so that their difference means change.

    Both whole, or both lacking the same parts and the same reporters; both counted, or both
    estimated.
    """
    is_same = (
        set(now.missing) == set(then.missing)
        and set(now.lacking) == set(then.lacking)
        and now.is_estimated == then.is_estimated
    )
    return is_same and now.value is not None and then.value is not None
