"""How points are used: what is counted of scans by day, and what of them a person should look at.

A day is one of Vietnam. Nobody is counted twice at one point on one day (`n_people`), so that sums
over points, kinds and units are sums.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from vungxanh.checkins.rules.activity import DaySum, Fault, Use
from vungxanh.checkins.values.scans import ID_MAY_DIFFER
from vungxanh.locations.values.hours import TZ
from vungxanh.refusals import Words

ACTIVE_DAYS: Final = 7
"""A point is active whose last scan was within so many days, the day counted among them."""
WEEK: Final = timedelta(days=ACTIVE_DAYS)
COUNTS_KEPT_DAYS: Final = 92
PATTERNS_KEPT_DAYS: Final = 30


class Pattern(StrEnum):
    """What is odd about scans at a point on a day: to be looked at, never a reason to refuse."""

    ONE_DEVICE = "one_device"
    CLOSED_HOURS = "closed_hours"
    TOO_FAST = "too_fast"
    OLD_CODES = "old_codes"


PATTERNS: Final = {
    Pattern.ONE_DEVICE: Words(
        "Một máy ghi %(n)s lượt vào trong một phút", "One device checked in %(n)s times in a minute"
    ),
    Pattern.CLOSED_HOURS: Words(
        "%(n)s lượt vào ban đêm, ngoài giờ mở cửa", "%(n)s check-ins at night, outside its hours"
    ),
    Pattern.TOO_FAST: Words(
        "%(n)s lượt vào của người vừa ở nơi xa, không kịp đi tới",
        "%(n)s check-ins of people who were too far away to get there",
    ),
    Pattern.OLD_CODES: Words(
        "%(n)s lượt bằng mã trên màn hình đã hết hạn hoặc dùng lại, có thể là ảnh chụp",
        "%(n)s scans of screen codes that were over or used again, perhaps photographs",
    ),
}


class Used(StrEnum):
    """What a list of points may be asked for: those never scanned, those worth a look."""

    NEVER = "never"
    ODD = "odd"


FAULTS: Final = {
    Fault.FEWER_SCANS_THAN_PEOPLE: Words("lượt quét ít hơn số người", "fewer scans than people"),
    Fault.FEWER_SCANS_THAN_POINTS: Words(
        "lượt quét hoặc số người ít hơn số điểm có lượt quét",
        "fewer scans or people than points with scans",
    ),
    Fault.PART_ABOVE_WHOLE: Words(
        "lượt vào hoặc lượt do người trực ghi nhiều hơn tất cả lượt",
        "more scans in, or of keepers, than scans in all",
    ),
    Fault.MORE_ACTIVE_THAN_REGISTERED: Words(
        "điểm có lượt quét nhiều hơn điểm đã đăng ký",
        "more points with scans than are registered",
    ),
}


@dataclass(frozen=True, slots=True)
class Activity:
    """An area on its last counted day, by commune of today and kind.

    `at` is when it was counted, `faults` what cannot be in any of them.
    """

    day: date
    at: datetime
    cells: Mapping[tuple[str, str], tuple[DaySum, Use]]
    faults: tuple[Fault, ...] = ()

    @property
    def sums(self) -> DaySum:
        """The day's scans in all."""
        return sum((one for one, _ in self.cells.values()), DaySum())

    @property
    def use(self) -> Use:
        """The living points in all."""
        return sum((one for _, one in self.cells.values()), Use())

    def by(self, key_of: Callable[[str, str], str]) -> dict[str, tuple[DaySum, Use]]:
        """Summed under a key made of each unit and kind."""
        found: dict[str, tuple[DaySum, Use]] = {}
        for (unit, kind), (sums, use) in self.cells.items():
            key = key_of(unit, kind)
            before = found.get(key, (DaySum(), Use()))
            found[key] = (before[0] + sums, before[1] + use)
        return found


@dataclass(frozen=True, slots=True)
class PatternSeen:
    """A pattern at a point on a day, with how many scans it is about."""

    day: date
    pattern: Pattern
    n: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days of Vietnam from one to another, as instants and as identifiers that may hold them."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, first: date, last: date) -> "Span":
        """From the beginning of the first to the end of the last."""
        since = datetime.combine(first, time(), TZ)
        return cls(since, datetime.combine(last + timedelta(days=1), time(), TZ))

    @property
    def said(self) -> dict[str, datetime | UUID]:
        """What statements are given of it."""
        around = {
            "first": _id_at(self.since - ID_MAY_DIFFER),
            "last": _id_at(self.until + ID_MAY_DIFFER),
        }
        return {"since": self.since, "until": self.until, **around}


def _id_at(at: datetime) -> UUID:
    """The least UUIDv7 of an instant."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
