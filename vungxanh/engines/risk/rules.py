"""Rules by which a country warned: weighted minutes of a day, and from how many on it is a risk.

A rule is data: `deployed` holds those that were in use. All three weigh minutes by attenuation;
the later one also by transmission risk.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from vungxanh.engines.risk import refusals
from vungxanh.engines.risk.parameters import (
    KeyMapping,
    check_not_negative,
    check_thresholds,
    check_weights,
)
from vungxanh.engines.risk.types import Infectiousness, KeyFacts, ReportType
from vungxanh.refusals import Words

LEVELS: Final = 8  # of transmission risk


class Counting(StrEnum):
    """How seconds are counted."""

    HELD = "held"  # each reading holds until the next, as in v1
    SCANS = "scans"  # each scan stands for the time since the last, as in v2


class Span(StrEnum):
    """What minutes are added over."""

    DAY = "day"  # a UTC day
    ALL = "all"  # all days that count


@dataclass(frozen=True, slots=True)
class TransmissionValues:
    """Transmission risk of v2: a level from 1 to 8 out of two fields of a key, and its value.

    The level is the offset of the report type plus 1 (standard) or 2 (high infectiousness).
    `values` of levels 1 to 8; `offsets` of report types.
    """

    values: tuple[Decimal, ...]
    offsets: tuple[tuple[ReportType, int], ...]

    def __post_init__(self) -> None:
        """Refuse `risk.bad_weights`, `risk.bad_parameter`."""
        check_weights(self.values, field="values", n=LEVELS)
        if not all(0 <= offset <= LEVELS - 2 for _, offset in self.offsets):
            raise refusals.bad_number("offsets", "từ 0 đến 6", "from 0 to 6")

    def value_of(self, report_type: ReportType, infectiousness: Infectiousness) -> Decimal:
        """The factor for a key; 0 for a report type without an offset."""
        offset = dict(self.offsets).get(report_type)
        return Decimal(0) if offset is None else self.values[offset + infectiousness - 1]


@dataclass(frozen=True, slots=True)
class Rule:
    """A country's rule. Decibels, minutes, days.

    Time with an attenuation from `bounds_db[k-1]` on and under `bounds_db[k]` weighs `weights[k]`.
    From `high_minutes` of weighted time on the class is high, from `low_minutes` on low (equal:
    there is no low). Days over `max_age_days` before today do not count. `mapping` and
    `transmission` are of v2; `source` says where the numbers stand.
    """

    code: str
    name: Words
    source: str
    bounds_db: tuple[int, ...]
    weights: tuple[Decimal, ...]
    counting: Counting
    span: Span
    high_minutes: Decimal
    low_minutes: Decimal
    max_age_days: int
    mapping: KeyMapping | None = None
    transmission: TransmissionValues | None = None

    def __post_init__(self) -> None:
        """Refuse `risk.bad_thresholds`, `risk.bad_weights`, `risk.bad_parameter`."""
        check_thresholds(self.bounds_db, field="bounds_db")
        check_weights(self.weights, field="weights", n=len(self.bounds_db) + 1)
        check_not_negative(self.low_minutes, "low_minutes")
        check_not_negative(self.max_age_days, "max_age_days")
        if not self.high_minutes.is_finite() or not 0 < self.high_minutes >= self.low_minutes:
            raise refusals.bad_number(
                "high_minutes",
                "lớn hơn 0 và không nhỏ hơn low_minutes",
                "over 0 and no less than low_minutes",
            )
        if self.counting is Counting.SCANS and self.mapping is None:
            raise refusals.bad_number("mapping", "có khi đếm theo lần quét", "given to count scans")

    @property
    def farthest_db(self) -> int:
        """The bound under which time counts at all; 255 where all time counts."""
        weighing = [k for k, weight in enumerate(self.weights) if weight]
        last = max(weighing, default=0)
        return self.bounds_db[last] if last < len(self.bounds_db) else 255

    def factor_of(self, key: KeyFacts) -> Decimal:
        """What the key's minutes are multiplied by: its transmission risk, else 1."""
        if self.transmission is None or self.mapping is None:
            return Decimal(1)
        if not self.is_infectious(key):
            return Decimal(0)
        infectiousness = self.mapping.infectiousness_of(key)
        return self.transmission.value_of(self.mapping.report_type_of(key), infectiousness)

    def is_infectious(self, key: KeyFacts) -> bool:
        """Whether the key's owner was infectious on the key's day; without a mapping, yes."""
        if self.mapping is None:
            return True
        return self.mapping.infectiousness_of(key) is not Infectiousness.NONE
