"""How a share moved between two as-ofs, and whether the ground moved under it."""

from decimal import Decimal

from vungxanh.engines.coverage.ratios import exact_share, hundredths, share_percent
from vungxanh.engines.coverage.types import Base, BaseDifference, Measure, ShareChange


def share_change(before: Measure, after: Measure) -> ShareChange:
    """The change of a share in people and in points, with the honest figure on the old base.

    Where the base differs in element, value, source or date the points mix two things; then
    `share_on_old_base` and `points_on_old_base` say what the count alone did. They are None where
    the bases are of different elements: people over smartphones says nothing about population.

    Hà Nội in 2021: 37.47 % in June became 54.71 % in October, but the October bulletin used a
    smaller count of smartphones; on June's base (implied by its printed share) it was 41.84 %.

    >>> from datetime import date
    >>> june = Base(8_741_897, "smartphones", "ministry", date(2021, 6, 19))
    >>> october = Base(6_685_289, "smartphones", "city", date(2021, 10, 25))
    >>> moved = share_change(Measure(3_275_589, june), Measure(3_657_326, october))
    >>> moved.n_more, moved.points, moved.share_on_old_base, moved.points_on_old_base
    (381737, Decimal('17.24'), Decimal('41.84'), Decimal('4.37'))
    >>> [difference.value for difference in moved.base_differs_in]
    ['value', 'source', 'date']
    """
    differences = base_differences(before.base, after.base)
    old_base = None if BaseDifference.ELEMENT in differences else before.base
    on_old_base = Measure(after.numerator, old_base)
    return ShareChange(
        before=before,
        after=after,
        share_before=_share(before),
        share_after=_share(after),
        n_more=_difference(before.numerator, after.numerator),
        points=points_between(before, after),
        base_differs_in=differences,
        share_on_old_base=_share(on_old_base),
        points_on_old_base=points_between(before, on_old_base),
    )


def points_between(before: Measure, after: Measure) -> Decimal | None:
    """Percentage points from the exact share of `before` to that of `after`, then rounded.

    The difference of two printed shares may differ from it by 0.01.
    """
    old = exact_share(before.numerator, _value(before.base))
    new = exact_share(after.numerator, _value(after.base))
    return None if old is None or new is None else hundredths((new - old) * 100)


def base_differences(before: Base | None, after: Base | None) -> tuple[BaseDifference, ...]:
    """In what two bases differ; nothing is said where one of them is unknown."""
    if before is None or after is None:
        return ()
    pairs = {
        BaseDifference.ELEMENT: (before.element, after.element),
        BaseDifference.VALUE: (before.value, after.value),
        BaseDifference.SOURCE: (before.source, after.source),
        BaseDifference.DATE: (before.as_of, after.as_of),
    }
    return tuple(name for name, (old, new) in pairs.items() if old != new)


def _value(base: Base | None) -> int | None:
    return None if base is None else base.value


def _share(measure: Measure) -> Decimal | None:
    return share_percent(measure.numerator, _value(measure.base))


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before
