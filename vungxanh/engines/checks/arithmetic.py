"""Exact arithmetic of the rules: sums, shares, rounding, outlying ratios, orders.

Counts are integers and shares are compared as integers scaled to the printed decimals, so that no
binary fraction stands between a count and a verdict.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import fmean, median
from typing import Final, Literal

Verdict = Literal["right", "truncated", "wrong"]

PER_CENT: Final = 100
# Iglewicz & Hoaglin, How to Detect and Handle Outliers (ASQC Quality Press, 1993), p. 11-13:
# M = 0.6745 (x - median) / MAD; |M| > 3.5 is a potential outlier. 0.6745 is the 0.75 quantile of
# the normal distribution.
OUTLYING_Z: Final = 3.5
_NORMAL_QUARTILE: Final = 0.6745
# Where more than half of the values agree, MAD is 0; the mean absolute deviation stands in, with
# sqrt(pi / 2), its ratio to the standard deviation under normality.
_MEAN_DEVIATION: Final = 1.253314
_FEWEST: Final = 5


def share(numerator: int, denominator: int) -> Fraction:
    """The exact percentage."""
    return Fraction(numerator * PER_CENT, denominator)


def half_up(value: Fraction, decimals: int = 2) -> Decimal:
    """`value` with so many decimals, halves away from zero.

    >>> half_up(share(82_930, 174_229)), half_up(Fraction(-1, 200))
    (Decimal('47.60'), Decimal('-0.01'))
    """
    scaled = abs(value) * 10**decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units if value >= 0 else -units).scaleb(-decimals)


def judge_share(printed: Decimal, numerator: int, denominator: int, *, decimals: int) -> Verdict:
    """Whether a percentage printed with `decimals` is the recomputed one, cut off, or another.

    Right is within half a unit of its last decimal, ends included.

    >>> judge_share(Decimal("47.59"), 82_930, 174_229, decimals=2)
    'truncated'
    >>> judge_share(Decimal("13.66"), 202_379, 1_487_817, decimals=2)
    'wrong'
    """
    units = int(printed.scaleb(decimals).to_integral_value(ROUND_HALF_UP))
    exact = PER_CENT * numerator * 10**decimals
    if abs(2 * (units * denominator - exact)) <= denominator:
        return "right"
    return "truncated" if units == exact // denominator else "wrong"


def modified_z(values: Sequence[float]) -> list[float]:
    """The modified z-score of each value; zeros where nothing varies or there are under five.

    >>> [round(z, 1) for z in modified_z([52.0, 53.0, 54.0, 55.0, 97.9])]
    [-1.3, -0.7, 0.0, 0.7, 29.6]
    """
    if len(values) < _FEWEST:
        return [0.0] * len(values)
    middle = median(values)
    deviations = [abs(value - middle) for value in values]
    spread = median(deviations)
    if spread > 0:
        return [_NORMAL_QUARTILE * (value - middle) / spread for value in values]
    spread = _MEAN_DEVIATION * fmean(deviations)
    return [(value - middle) / spread if spread > 0 else 0.0 for value in values]


def outlying(values: Sequence[Fraction]) -> set[int]:
    """Positions whose modified z-score is beyond 3.5."""
    scores = modified_z([float(value) for value in values])
    return {position for position, z in enumerate(scores) if abs(z) > OUTLYING_Z}


def places(values: Sequence[Fraction]) -> list[int]:
    """Competition ranks ("1224"), the greatest value first.

    >>> places([Fraction(3), Fraction(5), Fraction(3), Fraction(1)])
    [2, 1, 2, 4]
    """
    first: dict[Fraction, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        first.setdefault(value, place)
    return [first[value] for value in values]
