"""How a unit's share moved since the date compared with, and whether its base changed."""

from vungxanh.core import clock
from vungxanh.engines import coverage
from vungxanh.engines.coverage import ShareChange
from vungxanh.uptake import rules
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.rules import Node, Pair
from vungxanh.uptake.values import Indicator


def measure_of(pair: Pair | None) -> coverage.Measure:
    """A ratio as the engine takes it: the count, and the base with its source and date."""
    if pair is None:
        return coverage.Measure(None, None)
    base = pair.denominator
    if base.value is None or base.as_of is None:
        return coverage.Measure(pair.numerator.value, None)
    as_of = base.as_of.astimezone(clock.TZ).date()
    source = "; ".join(base.sources)
    return coverage.Measure(
        pair.numerator.value, coverage.Base(base.value, base.element, source, as_of)
    )


def change_of(scene: Scene, node: Node, indicator: Indicator | None = None) -> ShareChange | None:
    """The change since the earlier date; None where nothing was counted anew since then.

    None too where the two dates speak of different parts of the unit: that is no change.
    """
    earlier = scene.earlier(node.unit.id)
    if earlier is None:
        return None
    now, then = scene.pair(node, indicator), scene.pair(earlier, indicator)
    is_same = now.numerator.as_of == then.numerator.as_of
    if is_same or not are_compared(then, now):
        return None
    return coverage.share_change(measure_of(then), measure_of(now))


def are_compared(then: Pair | None, now: Pair) -> bool:
    """Whether two ratios of a unit are over the same parts, counted or estimated alike."""
    if then is None or set(then.missing) != set(now.missing):
        return False
    return rules.compares(now.numerator, then.numerator)
