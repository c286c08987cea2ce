"""The slow twin: try every way in which the unknown could turn out, one band's edge at a time."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from vungxanh.engines.arealevels.types import LEVELS, Answer, Criteria, Inputs, Measure, Number


def possible_levels(criteria: Criteria, inputs: Inputs, previous: int | None) -> set[int]:
    """Every level that could be right, whatever the unknown inputs are."""
    if not criteria.levels:
        return set()
    numbers = [list(_tries(one, inputs)) for one in criteria.measures]
    answers = [_both(inputs.get(one.name)) for one in criteria.holds]
    before = LEVELS if previous is None else (previous,)
    return {
        _level(criteria, values, is_met, previous=old)
        for values in product(*numbers)
        for is_met in product(*answers)
        for old in before
    }


def _tries(measure: Measure, inputs: Inputs) -> Iterator[Number]:
    value = inputs.get(measure.name)
    if value is None:
        yield from (Decimal(0) if not measure.edges else measure.edges[0] - 1, *measure.edges)
    else:
        yield value


def _both(value: Answer) -> tuple[bool, ...]:
    return (True, False) if value is None else (bool(value),)


def _level(
    criteria: Criteria, values: tuple[Number, ...], is_met: tuple[bool, ...], *, previous: int
) -> int:
    place = tuple(
        sum(value >= edge for edge in measure.edges)
        for measure, value in zip(criteria.measures, values, strict=True)
    )
    level = criteria.levels[place]
    return level if all(is_met) else max(level, previous)
