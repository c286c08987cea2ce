"""Shares of a base, by integers: never a float between a count and the number that is printed."""

from decimal import Decimal
from fractions import Fraction

from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

PLACES = 2
"""Decimals of a printed percentage (the ministry's tables and the provinces' annexes of 2021)."""

_SCALE = 10**PLACES
_PER_CENT = 100


def share_percent(numerator: int | None, denominator: int | None) -> Decimal | None:
    """`numerator` as a percentage of `denominator`, rounded half-up to two decimals.

    None when either is unknown or the base is 0. A numerator above its base gives more than 100:
    that is for the checks to report, not for arithmetic to hide.

    >>> share_percent(202_379, 1_487_817), share_percent(202_379, 967_412)
    (Decimal('13.60'), Decimal('20.92'))
    >>> share_percent(5, 0) is None
    True
    """
    check_count(numerator)
    check_count(denominator)
    if numerator is None or not denominator:
        return None
    doubled = 2 * _SCALE * _PER_CENT * numerator + denominator
    return Decimal(doubled // (2 * denominator)).scaleb(-PLACES)


def share_percent_truncated(numerator: int | None, denominator: int | None) -> Decimal | None:
    """The same percentage cut after two decimals, as some published tables did.

    Hà Nội's December 2021 bulletin printed 59.58 where half-up gives 59.59:

    >>> share_percent(3_983_727, 6_685_289), share_percent_truncated(3_983_727, 6_685_289)
    (Decimal('59.59'), Decimal('59.58'))
    """
    ratio = exact_share(numerator, denominator)
    if ratio is None:
        return None
    return Decimal(ratio.numerator * _PER_CENT * _SCALE // ratio.denominator).scaleb(-PLACES)


def exact_share(numerator: int | None, denominator: int | None) -> Fraction | None:
    """The unrounded ratio, or None when a part is unknown or the base is 0.

    >>> exact_share(1, 3)
    Fraction(1, 3)
    """
    check_count(numerator)
    check_count(denominator)
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)


def hundredths(value: Fraction) -> Decimal:
    """`value` with two decimals, halves away from zero.

    >>> hundredths(Fraction(1, 200)), hundredths(Fraction(-1, 200)), hundredths(Fraction(0))
    (Decimal('0.01'), Decimal('-0.01'), Decimal('0.00'))
    """
    doubled = 2 * _SCALE * abs(value.numerator) + value.denominator
    rounded = doubled // (2 * value.denominator)
    return Decimal(rounded if value >= 0 else -rounded).scaleb(-PLACES)


def check_count(count: int | None) -> None:
    """Refuse a negative count or base (`coverage.negative_count`)."""
    if count is not None and count < 0:
        code = "coverage.negative_count"
        raise CoverageError(
            code,
            Words(
                f"Số đếm {count} là số âm. Kiểm tra lại số liệu gốc rồi nhập lại.",
                f"The count {count} is negative. Check the original figure and enter it again.",
            ),
        )
