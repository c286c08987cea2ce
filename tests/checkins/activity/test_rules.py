"""What in counts cannot be, and which hours are far from those of a place."""

import pytest

from vungxanh.checkins.rules.activity import DaySum, Fault, Use, faults_of, is_far_from_open
from vungxanh.locations.values.hours import ALWAYS, Hours

SEVEN_TO_FIVE = Hours((((420, 1020),),) * 7)
MONDAY_LATE = Hours((((1200, 1440),), ((0, 120),), (), (), (), (), ()))
SUNDAY_LATE = Hours(((), (), (), (), (), (), ((1200, 1440),)))


@pytest.mark.parametrize(
    ("sums", "use", "faults"),
    [
        (DaySum(1, 3, 2, 2, 1), Use(3, 1, 2), ()),
        (DaySum(), Use(), ()),
        (DaySum(5, 69_080, 0, 360_864), Use(), (Fault.FEWER_SCANS_THAN_PEOPLE,)),
        (DaySum(4, 3, 0, 3), Use(), (Fault.FEWER_SCANS_THAN_POINTS,)),
        (DaySum(3, 5, 0, 2), Use(), (Fault.FEWER_SCANS_THAN_POINTS,)),
        (DaySum(1, 3, 4, 1), Use(), (Fault.PART_ABOVE_WHOLE,)),
        (DaySum(1, 3, 1, 1, 4), Use(), (Fault.PART_ABOVE_WHOLE,)),
        (DaySum(), Use(3, 4, 4), (Fault.MORE_ACTIVE_THAN_REGISTERED,)),
        (DaySum(), Use(3, 2, 1), (Fault.MORE_ACTIVE_THAN_REGISTERED,)),
    ],
)
def test_counts_that_cannot_be_are_named(sums: DaySum, use: Use, faults: tuple[Fault, ...]) -> None:
    assert faults_of(sums, use) == faults


@pytest.mark.parametrize(
    ("hours", "minute", "is_far"),
    [
        (SEVEN_TO_FIVE, 3 * 60, True),
        (SEVEN_TO_FIVE, 6 * 60, False),
        (SEVEN_TO_FIVE, 6 * 60 - 1, True),
        (SEVEN_TO_FIVE, 18 * 60 - 1, False),
        (SEVEN_TO_FIVE, 18 * 60, True),
        (MONDAY_LATE, 1440 + 60, False),
        (MONDAY_LATE, 1440 + 180, True),
        (SUNDAY_LATE, 30, False),
        (SUNDAY_LATE, 60, True),
        (ALWAYS, 0, False),
        (None, 180, False),
        (Hours(((),) * 7), 180, False),
    ],
)
def test_an_hour_around_opening_hours_is_still_open(
    hours: Hours | None, minute: int, *, is_far: bool
) -> None:
    assert is_far_from_open(hours, minute) is is_far
