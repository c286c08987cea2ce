"""Daily summaries of v2: what the windows of a UTC day add up to, by report type and in all.

Values are seconds: fifteen minutes at weight 1 are 900. They are exact, so no order of adding
changes them. Source: Exposure Notification framework v2, DailySummary; DailySummaryUtils of
google/exposure-notifications-internals.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from vungxanh.engines.risk.parameters import RETURNED, SummaryParameters
from vungxanh.engines.risk.types import DAY_S, ReportType
from vungxanh.engines.risk.windows import ExposureWindow


@dataclass(frozen=True, slots=True)
class WindowScore:
    """A window's seconds weighted by attenuation; then by report type and infectiousness too."""

    weighted_s: Fraction
    score: Fraction


@dataclass(frozen=True, slots=True)
class DaySums:
    """Sum and maximum of scores and sum of weighted durations, in seconds."""

    score_sum: Fraction = Fraction(0)
    score_maximum: Fraction = Fraction(0)
    weighted_s: Fraction = Fraction(0)

    def __add__(self, other: "DaySums") -> "DaySums":
        """Sums added, the greater maximum."""
        return DaySums(
            self.score_sum + other.score_sum,
            max(self.score_maximum, other.score_maximum),
            self.weighted_s + other.weighted_s,
        )


@dataclass(frozen=True, slots=True)
class DailySummary:
    """One UTC day (days since 1970): sums of each returned report type, and of all."""

    day: int
    by_report_type: tuple[tuple[ReportType, DaySums], ...]
    total: DaySums


def window_score(window: ExposureWindow, parameters: SummaryParameters) -> WindowScore:
    """What one window weighs."""
    weighted = Fraction(0)
    for scan in window.scans:
        weight = parameters.bucket_weights[bucket(scan.typical_db, parameters)]
        weighted += scan.since_last_s * Fraction(weight)
    report = Fraction(parameters.report_weights[window.report_type])
    infectiousness = Fraction(parameters.infectiousness_weights[window.infectiousness])
    return WindowScore(weighted, weighted * report * infectiousness)


def bucket(typical_db: int, parameters: SummaryParameters) -> int:
    """0 immediate, 1 near, 2 medium, 3 other; a threshold belongs to the nearer one."""
    return sum(typical_db > threshold for threshold in parameters.thresholds_db)


def daily_summaries(
    windows: Iterable[ExposureWindow], parameters: SummaryParameters, *, as_of: int
) -> tuple[DailySummary, ...]:
    """Summaries by day, up to `as_of` (unix seconds).

    A day all of whose windows are under the minimum stands with zeros, as on phones.
    """
    by_day: dict[int, dict[ReportType, DaySums]] = defaultdict(dict)
    for window in windows:
        if window.report_type in RETURNED and not _is_too_old(window.day, parameters, as_of):
            sums = by_day[window.day]
            before = sums.get(window.report_type, DaySums())
            sums[window.report_type] = before + _sums_of(window, parameters)
    return tuple(_summary(day, by_day[day]) for day in sorted(by_day))


def _is_too_old(day: int, parameters: SummaryParameters, as_of: int) -> bool:
    return 0 < parameters.days_since_exposure < as_of // DAY_S - day


def _sums_of(window: ExposureWindow, parameters: SummaryParameters) -> DaySums:
    weighed = window_score(window, parameters)
    if weighed.score < parameters.minimum_window_score:
        return DaySums()
    return DaySums(weighed.score, weighed.score, weighed.weighted_s)


def _summary(day: int, sums: dict[ReportType, DaySums]) -> DailySummary:
    by_type = tuple((kind, sums.get(kind, DaySums())) for kind in RETURNED)
    return DailySummary(day, by_type, sum((one for _, one in by_type), DaySums()))
