"""The rule: bands of the measures choose a level, conditions keep it from falling."""

from bisect import bisect_right
from fractions import Fraction
from itertools import product

from vungxanh.engines.arealevels.types import (
    LEVELS,
    Answer,
    AreaLevelError,
    Assessment,
    Criteria,
    Hold,
    Inputs,
    Measure,
    Missing,
    Step,
)
from vungxanh.refusals import Words

PREVIOUS = "previous"


def assess(criteria: Criteria, inputs: Inputs, *, previous: int | None = None) -> Assessment:
    """The level that `inputs` mean under one version of the criteria, and why.

    `previous` is the level that stood before, None where none is known. With inputs missing, every
    level that is still possible is told; a level only where they all agree. Refuses
    `arealevels.bad_input`.
    """
    _check(criteria, inputs, previous)
    possible = _possible(criteria, inputs, previous)
    by_measures = _by_measures(criteria, inputs)
    return Assessment(
        version=criteria.version,
        level=possible[0] if len(possible) == 1 else None,
        possible=possible,
        steps=_steps(criteria, inputs, previous),
        missing=_missing(criteria, inputs, previous=previous, possible=possible),
        is_held=len(possible) == len(by_measures) == 1 and possible != by_measures,
        is_verified=criteria.is_verified,
    )


def per_100k(n_cases: int | None, population: int | None) -> Fraction | None:
    """Cases per 100,000 people, exact; None where either is not known or nobody lives there.

    >>> per_100k(3, 12_000)
    Fraction(25, 1)
    """
    return None if n_cases is None or not population else Fraction(n_cases * 100_000, population)


def percent(part: int | None, whole: int | None) -> Fraction | None:
    """A share in percent, exact; None where either is not known or the whole is 0.

    >>> percent(7, 10)
    Fraction(70, 1)
    """
    return None if part is None or not whole else Fraction(part * 100, whole)


def _possible(criteria: Criteria, inputs: Inputs, previous: int | None) -> tuple[int, ...]:
    """All levels that the known inputs allow, ascending; none without a table."""
    found: set[int] = set()
    for level in _by_measures(criteria, inputs):
        for is_met in _met(criteria.holds, inputs):
            found.update((level,) if is_met else _not_below(level, previous))
    return tuple(sorted(found))


def _by_measures(criteria: Criteria, inputs: Inputs) -> tuple[int, ...]:
    if not criteria.levels:
        return ()
    bands = [_bands(measure, inputs) for measure in criteria.measures]
    return tuple(sorted({criteria.levels[chosen] for chosen in product(*bands)}))


def _bands(measure: Measure, inputs: Inputs) -> range:
    """The band of a value, or all bands where it is not known."""
    value = _number(inputs.get(measure.name))
    if value is None:
        return range(len(measure.edges) + 1)
    band = bisect_right([Fraction(edge) for edge in measure.edges], value)
    return range(band, band + 1)


def _met(holds: tuple[Hold, ...], inputs: Inputs) -> tuple[bool, ...]:
    """Whether all conditions are met: one answer, or both where it is not known."""
    answers = [inputs.get(hold.name) for hold in holds]
    if any(answer is False for answer in answers):
        return (False,)
    return (True, False) if None in answers else (True,)


def _not_below(level: int, previous: int | None) -> tuple[int, ...]:
    """Not below the level before; any higher one where that is not known."""
    return tuple(range(level, LEVELS[-1] + 1)) if previous is None else (max(level, previous),)


def _steps(criteria: Criteria, inputs: Inputs, previous: int | None) -> tuple[Step, ...]:
    known = _possible(criteria, inputs, previous)

    def decides(name: str) -> bool:
        without = {**inputs, name: None}
        return inputs.get(name) is not None and _possible(criteria, without, previous) != known

    measured = (_measured(one, inputs, decides=decides(one.name)) for one in criteria.measures)
    held = (
        Step(
            one.name,
            one.label,
            inputs.get(one.name),
            is_met=_truth(inputs.get(one.name)),
            decides=decides(one.name),
        )
        for one in criteria.holds
    )
    return (*measured, *held)


def _measured(measure: Measure, inputs: Inputs, *, decides: bool) -> Step:
    value = inputs.get(measure.name)
    if value is None:
        return Step(measure.name, measure.label, None)
    band = _bands(measure, inputs)[0]
    return Step(
        measure.name,
        measure.label,
        value,
        band=band,
        low=measure.edges[band - 1] if band else None,
        high=measure.edges[band] if band < len(measure.edges) else None,
        decides=decides,
    )


def _missing(
    criteria: Criteria, inputs: Inputs, *, previous: int | None, possible: tuple[int, ...]
) -> tuple[tuple[str, Missing], ...]:
    """What would be needed to tell one level; inputs that change nothing are not asked for."""
    if not criteria.levels:
        return (("", Missing.TABLE),)
    if len(possible) == 1:
        return ()
    names = [*(one.name for one in criteria.measures), *(one.name for one in criteria.holds)]
    found = [(name, Missing.INPUT) for name in names if inputs.get(name) is None]
    needs_previous = previous is None and False in _met(criteria.holds, inputs)
    return (*found, (PREVIOUS, Missing.PREVIOUS)) if needs_previous else tuple(found)


def _number(value: Answer) -> Fraction | None:
    return None if value is None else Fraction(value)


def _truth(value: Answer) -> bool | None:
    return value if isinstance(value, bool) else None


def _check(criteria: Criteria, inputs: Inputs, previous: int | None) -> None:
    for measure in criteria.measures:
        value = inputs.get(measure.name)
        if value is not None and (isinstance(value, bool) or value < 0):
            raise _bad(measure.name, measure.label)
    for hold in criteria.holds:
        if not isinstance(inputs.get(hold.name), bool | None):
            raise _bad(hold.name, hold.label)
    if previous is not None and previous not in LEVELS:
        raise _bad(PREVIOUS, Words("Cấp độ trước đó", "The level before"))


def _bad(name: str, label: Words) -> AreaLevelError:
    words = Words(
        f"{label.vi}: giá trị không dùng được. Số đo từ 0 trở lên, điều kiện là có hoặc không.",
        f"{label.en}: a value that cannot be used. Measures are 0 or more, conditions yes or no.",
    )
    return AreaLevelError("arealevels.bad_input", words, field=name)
