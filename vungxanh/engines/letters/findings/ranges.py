"""What a written number may stand for: "hơn 16 triệu" is 16 to 17 million, "60 %" 59,5 to 60,5."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from vungxanh.engines.letters.passages import fold
from vungxanh.engines.letters.types import Number

_MORE: Final = frozenset(("hon", "tren", "qua", "vuot", "it nhat", "toi thieu"))
_LESS: Final = frozenset(("gan", "gan dat", "duoi", "chua den"))
BLURRING: Final = _MORE | _LESS | {"khoang", "xap xi", "chung", "uoc"}
_HALF: Final = Fraction(1, 2)
_ROUND: Final = 1_000


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of numbers, both ends included."""

    low: Fraction
    high: Fraction

    def meets(self, other: "Range") -> bool:
        """Whether one number can be both."""
        return self.low <= other.high and other.low <= self.high

    def over(self, percent: "Range") -> "Range | None":
        """The bases of which this count is such a percentage."""
        if percent.low <= 0:
            return None
        return Range(self.low * 100 / percent.high, self.high * 100 / percent.low)


def range_of(value: Number, blurred: str | None = None) -> Range:
    """The numbers that are written so, by their last digit that is not zero and the word before.

    >>> range_of(16_000_000, "hơn").high == 17_000_000, range_of(60).low == Fraction(119, 2)
    (True, True)
    """
    exact, unit = Fraction(value), _last_place(value)
    word = fold(blurred or "")
    if word in _MORE:
        return Range(exact, exact + unit)
    if word in _LESS:
        return Range(exact - unit, exact)
    around = unit if word in BLURRING else unit * _HALF
    return Range(exact - around, exact + around)


def _last_place(value: Number) -> Fraction:
    """The place value of the last digit written, of round thousands that of their second digit.

    >>> _last_place(Decimal("13.66")), _last_place(50_000_000), _last_place(973_075)
    (Fraction(1, 100), Fraction(1000000, 1), Fraction(1, 1))
    """
    exponent = Decimal(value).as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Fraction(1, 10**-exponent)
    digits = str(int(value))
    n_zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10 ** max(0, min(n_zeros, len(digits) - 2)) if value >= _ROUND else 1)
