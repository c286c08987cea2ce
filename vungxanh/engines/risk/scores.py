"""Risk of v1: attenuation x days x duration x transmission risk. Deprecated, kept to recompute.

Source: Exposure Notification framework v1, ExposureConfiguration and ExposureInformation;
RiskScoreCalculator of google/exposure-notifications-internals.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import numpy as np

from vungxanh.engines.risk.held import Held, held
from vungxanh.engines.risk.parameters import ScoreTables
from vungxanh.engines.risk.types import DAY_S, Int64s, KeyFacts, Scans

STEP_S: Final = 300  # durations are rounded to five minutes
ATTENUATION_EDGES: Final = (73, 63, 51, 33, 27, 15, 10)  # dB; over the first: entry 0
DAY_EDGES: Final = (14, 12, 10, 8, 6, 4, 2)  # whole days; from the first on: entry 0
MINUTE_EDGES: Final = (0, 5, 10, 15, 20, 25, 30)  # minutes; up to the first: entry 0


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """One run of sightings: unix seconds, seconds, decibels, and its score, 0 to 4096.

    `duration_s` is rounded to five minutes; `attenuation_db` the mean over time, rounded half up;
    `below_s`, `between_s`, `above_s` time under the first threshold, from the first until under
    the second, from the second on: their sum is not rounded.
    """

    first_at: int
    last_at: int
    duration_s: int
    attenuation_db: int
    below_s: int
    between_s: int
    above_s: int
    score: int


@dataclass(frozen=True, slots=True)
class Scored:
    """All runs of one key, by time."""

    runs: tuple[ScoredRun, ...]

    @property
    def maximum_score(self) -> int:
        """The highest score, 0 without runs."""
        return max((run.score for run in self.runs), default=0)

    @property
    def total_score(self) -> int:
        """The sum of scores."""
        return sum(run.score for run in self.runs)


def scored(key: KeyFacts, scans: Scans, tables: ScoreTables, *, as_of: int) -> Scored:
    """The runs of one key's sightings with their scores on the day of `as_of`, unix seconds.

    Raises `risk.bad_sightings`, `risk.unequal_columns`.
    """
    readings = held(scans)
    rows = zip(*(column.tolist() for column in _columns(readings, tables)), strict=True)
    factor = _days_score(key, tables, as_of) * _transmission_score(key, tables)
    return Scored(tuple(_run(row, tables, factor) for row in rows))


def duration_s(seen_s: int) -> int:
    """Five minutes more than from first to last, to the nearest five; a half goes down.

    >>> duration_s(0), duration_s(150), duration_s(151), duration_s(600)
    (300, 300, 600, 900)
    """
    estimate = seen_s + STEP_S
    remainder = estimate % STEP_S
    return estimate - remainder + (STEP_S if remainder > STEP_S // 2 else 0)


def _columns(readings: Held, tables: ScoreTables) -> tuple[Int64s, ...]:
    low, high = tables.thresholds_db
    holds, attenuation = readings.holds_s, readings.attenuation_db
    total = readings.summed(holds)
    weighted = readings.summed(holds * attenuation)
    below = readings.summed(np.where(attenuation < low, holds, 0))
    above = readings.summed(np.where(attenuation >= high, holds, 0))
    mean = (2 * weighted + total) // (2 * total)
    return (
        readings.at[readings.begins],
        readings.at[readings.ends],
        mean,
        below,
        total - below - above,
        above,
    )


def _run(row: tuple[int, ...], tables: ScoreTables, factor: int) -> ScoredRun:
    first, last, attenuation, below, between, above = row
    duration = duration_s(last - first)
    score = factor * _attenuation_score(attenuation, tables) * _duration_score(duration, tables)
    kept = score if score >= tables.minimum_score else 0
    return ScoredRun(first, last, duration, attenuation, below, between, above, kept)


def _attenuation_score(attenuation_db: int, tables: ScoreTables) -> int:
    return tables.attenuation[sum(attenuation_db <= edge for edge in ATTENUATION_EDGES)]


def _duration_score(duration: int, tables: ScoreTables) -> int:
    return tables.duration[bisect_left(MINUTE_EDGES, duration // 60)]


def _days_score(key: KeyFacts, tables: ScoreTables, as_of: int) -> int:
    days = (as_of - key.starts_at) // DAY_S
    return tables.days[sum(days < edge for edge in DAY_EDGES)]


def _transmission_score(key: KeyFacts, tables: ScoreTables) -> int:
    """1 where the level is missing or none."""
    level = key.transmission_risk
    return 1 if level is None or not 1 <= level <= 8 else tables.transmission[level - 1]
