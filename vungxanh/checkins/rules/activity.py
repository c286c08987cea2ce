"""What in counts of scans cannot be, and from when scans at a point are worth a look.

The limits are our own: what honest use of a point does not reach. A phone may bring oneself and
twenty companions in at once, a keeper reads a code a second at the most.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from vungxanh.engines.stays import Parameters
from vungxanh.engines.stays.types import EARTH_M
from vungxanh.locations.values.hours import WEEK, Hours, week_stretches

NIGHT_FROM: Final = 22
NIGHT_UNTIL: Final = 5
"""Hours of the day in Vietnam; whoever comes at other closed hours may only have wrong hours."""
AROUND_OPEN: Final = 60
"""Minutes before and after opening hours that still count as open."""


class Fault(StrEnum):
    """Counts that cannot all be right."""

    FEWER_SCANS_THAN_PEOPLE = "fewer_scans_than_people"
    FEWER_SCANS_THAN_POINTS = "fewer_scans_than_points"
    PART_ABOVE_WHOLE = "part_above_whole"
    MORE_ACTIVE_THAN_REGISTERED = "more_active_than_registered"


@dataclass(frozen=True, slots=True)
class DaySum:
    """Scans of a day at points: at how many, how many, of them in, and by keepers; people."""

    n_points: int = 0
    n_scans: int = 0
    n_in: int = 0
    n_people: int = 0
    n_by_keeper: int = 0

    def __add__(self, other: "DaySum") -> "DaySum":
        return DaySum(*(_both(self, other, one.name) for one in fields(DaySum)))

    @property
    def n_out(self) -> int:
        """How many of the scans were out."""
        return self.n_scans - self.n_in


@dataclass(frozen=True, slots=True)
class Use:
    """Living points: all, those with a scan in the last days, those that ever had one."""

    n_points: int = 0
    n_active: int = 0
    n_scanned: int = 0

    def __add__(self, other: "Use") -> "Use":
        return Use(*(_both(self, other, one.name) for one in fields(Use)))

    @property
    def n_never(self) -> int:
        """How many never had a scan."""
        return self.n_points - self.n_scanned


@dataclass(frozen=True, slots=True)
class Limits:
    """More than so many within `within_s` of a phone or a keeper; as many as the others, a day.

    `far_m` and `fastest_kmh` are those of `engines.stays`.
    """

    of_a_phone: int = 21
    of_a_keeper: int = 60
    within_s: int = 60
    at_closed: int = 5
    too_fast: int = 3
    old_codes: int = 3
    far_m: int = Parameters().far_m
    fastest_kmh: int = Parameters().fastest_kmh
    earth_m: int = EARTH_M


LIMITS: Final = Limits()


def faults_of(sums: DaySum, use: Use) -> tuple[Fault, ...]:
    """What cannot be: scans are at least people, people at least points, parts not above wholes.

    >>> faults_of(DaySum(69_080, 69_080, 69_080, 360_864), Use())
    (<Fault.FEWER_SCANS_THAN_PEOPLE: 'fewer_scans_than_people'>,)
    """
    found = (
        (Fault.FEWER_SCANS_THAN_PEOPLE, sums.n_scans < sums.n_people),
        (Fault.FEWER_SCANS_THAN_POINTS, min(sums.n_scans, sums.n_people) < sums.n_points),
        (Fault.PART_ABOVE_WHOLE, sums.n_scans < max(sums.n_in, sums.n_by_keeper)),
        (
            Fault.MORE_ACTIVE_THAN_REGISTERED,
            not use.n_active <= use.n_scanned <= use.n_points,
        ),
    )
    return tuple(fault for fault, is_so in found if is_so)


def is_night(hour: int) -> bool:
    """Whether an hour of the day in Vietnam is one of the night.

    >>> [is_night(one) for one in (4, 5, 21, 22)]
    [True, False, False, True]
    """
    return hour >= NIGHT_FROM or hour < NIGHT_UNTIL


def is_far_from_open(hours: Hours | None, minute: int) -> bool:
    """Whether a minute of the week from Monday 00:00 is an hour and more from all opening hours.

    Nothing is said of a place whose hours nobody told, nor of one that is never open.
    """
    stretches = week_stretches(hours) if hours else ()
    if not stretches:
        return False
    return not any(
        start - AROUND_OPEN <= minute + turn < end + AROUND_OPEN
        for start, end in stretches
        for turn in (-WEEK, 0, WEEK)
    )


def _both(one: object, other: object, name: str) -> int:
    return int(getattr(one, name)) + int(getattr(other, name))
