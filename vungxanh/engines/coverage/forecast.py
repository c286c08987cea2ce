"""Between which counts a due day may lie: a projection with the spread that its days had."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from math import isqrt

from vungxanh.engines.coverage.types import Outlook, Pace, Point

SPREAD_DAYS = 14
"""How far back gains are compared with each other: two weeks, so that every weekday is in twice."""

LEAST_GAINS = 3
"""With fewer gains nothing is said about how much days vary."""

STALE_DAYS = 7
"""A count older than this says nothing about the pace of now: no projection is made from it."""

_NORMAL_80 = Fraction(128, 100)
"""Four of five normal values lie within so many standard deviations of their mean."""

_WIDE = Fraction(1, 10)


def outlook(
    points: Sequence[Point], speed: Pace, *, n_days: int, expected: Fraction
) -> Outlook | None:
    """The range that holds the count after `n_days` more days four times out of five.

    `points` are counts in order of day, the last one the latest; `expected` is the count that
    `speed` leads to. Gains are taken as independent with one mean a day and one variance a day
    (a random walk with drift), so that after h days, with a pace taken over T days,
    σ² = s²·h·(1 + h/T), where s² = Σ (gain − mean·days)²/days over the gains, by their number
    less one. Days without a count lie inside a longer gain and add no certainty. None with fewer
    than `LEAST_GAINS` gains in `SPREAD_DAYS`. While no gain was below zero the low end is not
    below the latest count.

    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition (2021),
    5.5, drift method; the variance of uneven gaps is that of a Wiener process.
    """
    since = points[-1].on - timedelta(days=SPREAD_DAYS)
    gains = [
        ((new.on - old.on).days, new.count - old.count)
        for old, new in pairwise(point for point in points if point.on >= since)
    ]
    if len(gains) < LEAST_GAINS:
        return None
    variance = _variance(gains) * n_days * (1 + Fraction(n_days, speed.n_days))
    half = _root_up(_NORMAL_80**2 * variance)
    n_falls = sum(gain < 0 for _, gain in gains)
    least = 0 if n_falls else points[-1].count
    return Outlook(
        n_low=max(_floor(expected) - half, least),
        n_high=max(_floor(expected) + half, least),
        n_gains=len(gains),
        n_days_missing=sum(days - 1 for days, _ in gains),
        n_falls=n_falls,
        is_wide=half > _WIDE * abs(expected - points[-1].count),
    )


def _variance(gains: Sequence[tuple[int, int]]) -> Fraction:
    """The variance of a day's gain: each gain over so many days against the mean of all days."""
    mean = Fraction(sum(gain for _, gain in gains), sum(days for days, _ in gains))
    squares = (Fraction((gain - mean * days) ** 2) / days for days, gain in gains)
    return sum(squares, Fraction(0)) / (len(gains) - 1)


def _root_up(value: Fraction) -> int:
    """The least whole number whose square is not below `value`.

    >>> _root_up(Fraction(9)), _root_up(Fraction(91, 10)), _root_up(Fraction(0))
    (3, 4, 0)
    """
    root = isqrt(_floor(value))
    return root if root * root >= value else root + 1


def _floor(value: Fraction) -> int:
    return value.numerator // value.denominator
