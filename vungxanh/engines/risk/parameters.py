"""What risk is computed with, checked when it is built: tables, maps, weights, thresholds.

Source: Exposure Notification framework: ExposureConfiguration (v1), DiagnosisKeysDataMapping and
DailySummariesConfig (v2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from vungxanh.engines.risk import refusals
from vungxanh.engines.risk.types import Infectiousness, KeyFacts, ReportType

MOST_DB: Final = 255
HEAVIEST: Final = Decimal("2.5")
LATEST_ONSET: Final = 14  # days before and after the onset that a map covers
RETURNED: Final = (
    ReportType.CONFIRMED_TEST,
    ReportType.CLINICAL_DIAGNOSIS,
    ReportType.SELF_REPORT,
)
_CHANGES: Final = (
    (ReportType.CLINICAL_DIAGNOSIS, ReportType.CONFIRMED_TEST),
    (ReportType.CLINICAL_DIAGNOSIS, ReportType.REVOKED),
)


@dataclass(frozen=True, slots=True)
class ScoreTables:
    """Scores of v1, which is deprecated: four tables of eight whole numbers from 0 to 8.

    `attenuation` from over 73 dB down to 10 dB and less; `days` from 14 days ago and more to under
    2; `duration` from 0 minutes to over 30; `transmission` of levels 1 to 8. A score under
    `minimum_score` is 0. `thresholds_db`: two, for time below, between and above them.
    """

    attenuation: tuple[int, ...]
    days: tuple[int, ...]
    duration: tuple[int, ...]
    transmission: tuple[int, ...]
    minimum_score: int = 0
    thresholds_db: tuple[int, ...] = (50, 70)

    def __post_init__(self) -> None:
        """Refuse `risk.bad_table`, `risk.bad_parameter`, `risk.bad_thresholds`."""
        for field in ("attenuation", "days", "duration", "transmission"):
            _check_table(getattr(self, field), field)
        if not 0 <= self.minimum_score <= 8**4:
            raise refusals.bad_number("minimum_score", "từ 0 đến 4096", "from 0 to 4096")
        check_thresholds(self.thresholds_db, field="thresholds_db", n=2)


@dataclass(frozen=True, slots=True)
class KeyMapping:
    """What a key's report type and days since onset mean; what stands in for missing ones.

    `infectiousness` of days -14 to 14, 29 entries; a day outside counts as missing.
    """

    infectiousness: tuple[Infectiousness, ...]
    infectiousness_when_missing: Infectiousness
    report_type_when_missing: ReportType

    def __post_init__(self) -> None:
        """Refuse `risk.bad_infectiousness`, `risk.bad_default`."""
        if len(self.infectiousness) != 2 * LATEST_ONSET + 1:
            raise refusals.bad_infectiousness()
        if self.report_type_when_missing not in RETURNED:
            raise refusals.bad_default()

    def infectiousness_of(self, key: KeyFacts) -> Infectiousness:
        """How infectious the key's owner was on the key's day."""
        day = key.days_since_onset
        if day is None or abs(day) > LATEST_ONSET:
            return self.infectiousness_when_missing
        return self.infectiousness[day + LATEST_ONSET]

    def report_type_of(self, key: KeyFacts) -> ReportType:
        """Who says so; unknown, missing and undefined types are replaced by the default."""
        given = key.report_type
        if given is None or not ReportType.UNKNOWN < given <= ReportType.REVOKED:
            return self.report_type_when_missing
        return ReportType(given)


@dataclass(frozen=True, slots=True)
class SummaryParameters:
    """Weights of v2, each from 0 to 2.5, exact.

    `thresholds_db` three: immediate <= t0 < near <= t1 < medium <= t2 < other, of the typical
    attenuation; `bucket_weights` four; `report_weights` of report types 0 to 5;
    `infectiousness_weights` of 0 to 2. Windows under `minimum_window_score` (seconds) are left
    out, and days over `days_since_exposure` ago; 0 keeps all.
    """

    thresholds_db: tuple[int, ...]
    bucket_weights: tuple[Decimal, ...]
    report_weights: tuple[Decimal, ...]
    infectiousness_weights: tuple[Decimal, ...]
    minimum_window_score: Decimal = Decimal(0)
    days_since_exposure: int = 0

    def __post_init__(self) -> None:
        """Refuse `risk.bad_thresholds`, `risk.bad_weights`, `risk.bad_parameter`."""
        check_thresholds(self.thresholds_db, field="thresholds_db", n=3)
        for field, n in (("bucket_weights", 4), ("report_weights", 6)):
            check_weights(getattr(self, field), field=field, n=n)
        check_weights(self.infectiousness_weights, field="infectiousness_weights", n=3)
        for field in ("minimum_window_score", "days_since_exposure"):
            check_not_negative(getattr(self, field), field)


def changed_report_type(before: ReportType, after: ReportType, *, n_changes: int) -> ReportType:
    """The new type of a key published again, of which `n_changes` changes are known already.

    The same type again is no change. Raises `risk.report_type_change`.
    """
    if after != before and ((before, after) not in _CHANGES or n_changes):
        raise refusals.bad_change(before, after)
    return after


def check_thresholds(thresholds: Sequence[int], *, field: str, n: int | None = None) -> None:
    """Refuse `risk.bad_thresholds`."""
    is_right_size = len(thresholds) == n if n is not None else bool(thresholds)
    is_within = all(_is_whole(one) and 0 <= one <= MOST_DB for one in thresholds)
    if not is_right_size or not is_within or any(a >= b for a, b in pairwise(thresholds)):
        raise refusals.bad_thresholds(field, n)


def check_weights(weights: Sequence[Decimal], *, field: str, n: int) -> None:
    """Refuse `risk.bad_weights`; a weight that is no finite number too."""
    if len(weights) != n or not all(one.is_finite() and 0 <= one <= HEAVIEST for one in weights):
        raise refusals.bad_weights(field, n)


def check_not_negative(value: Decimal | int, field: str) -> None:
    """Refuse `risk.bad_parameter`."""
    if not Decimal(value).is_finite() or value < 0:
        raise refusals.bad_number(field, "không âm", "no negative number")


def _check_table(table: Sequence[int], field: str) -> None:
    if len(table) != 8 or not all(_is_whole(one) and 0 <= one <= 8 for one in table):
        raise refusals.bad_table(field)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
