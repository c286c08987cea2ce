"""How a unit's share moved since the date compared with, and whether its base changed."""

from vungxanh.core import clock
from vungxanh.engines import coverage
from vungxanh.engines.coverage import ShareChange
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
    """The change since the earlier date; None where nothing was counted anew since then."""
    earlier = scene.earlier(node.unit.id)
    if earlier is None:
        return None
    now, then = scene.pair(node, indicator), scene.pair(earlier, indicator)
    if now.numerator.value is None or now.numerator.as_of == then.numerator.as_of:
        return None
    return coverage.share_change(measure_of(then), measure_of(now))
