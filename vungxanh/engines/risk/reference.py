"""Both versions and the rules sighting by sighting and second by second, as they are worded.

Slow and obviously right; the array forms must agree. Sightings are rows of `at`, `previous`
(None: not known), `attenuation_db`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from vungxanh.engines.risk.parameters import KeyMapping, ScoreTables, SummaryParameters
from vungxanh.engines.risk.rules import Counting, Rule
from vungxanh.engines.risk.scores import Scored, ScoredRun
from vungxanh.engines.risk.summaries import DailySummary, DaySums
from vungxanh.engines.risk.types import (
    DAY_S,
    MISSING,
    Infectiousness,
    KeyFacts,
    ReportType,
    Scans,
)
from vungxanh.engines.risk.windows import ExposureWindow, ScanInstance


class Sighting(NamedTuple):
    """One row; sorts by time, then strongest first."""

    at: int
    attenuation_db: int
    previous: int | None


@dataclass(slots=True)
class _OpenWindow:
    """A window that sightings are still put into."""

    starts_at: int
    scans: list[list[Sighting]]


def sightings_of(scans: Scans) -> list[Sighting]:
    """Rows by time; of equal ones that of the earliest scan before, unknown ones first."""
    rows = zip(
        scans.at.tolist(), scans.attenuation_db.tolist(), scans.previous.tolist(), strict=True
    )
    return [Sighting(a, d, None if p == MISSING else p) for a, d, p in sorted(rows)]


def runs_of(sightings: Sequence[Sighting]) -> Iterator[list[Sighting]]:
    """Sightings with at most ten minutes between each and the next."""
    run: list[Sighting] = []
    for one in sightings:
        if run and one.at - run[-1].at > 10 * 60:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def attenuation_by_second(run: Sequence[Sighting]) -> list[int]:
    """What holds in each second from 150 s before the first sighting to 150 s after the last."""
    first, last = run[0].at, run[-1].at
    strongest = {one.at: one.attenuation_db for one in reversed(run)}
    holding = strongest[first]
    seconds = []
    for second in range(first - 150, last + 150):
        holding = strongest.get(second, holding)
        seconds.append(holding)
    return seconds


def scored(key: KeyFacts, scans: Scans, tables: ScoreTables, *, as_of: int) -> Scored:
    """v1."""
    runs = runs_of(sightings_of(scans))
    return Scored(tuple(_scored_run(key, run, tables, as_of=as_of) for run in runs))


def _scored_run(
    key: KeyFacts, run: Sequence[Sighting], tables: ScoreTables, *, as_of: int
) -> ScoredRun:
    seconds = attenuation_by_second(run)
    low, high = tables.thresholds_db
    mean = int(Fraction(sum(seconds), len(seconds)) + Fraction(1, 2))
    duration = _to_five_minutes(run[-1].at - run[0].at + 300)
    score = (
        tables.attenuation[_first(mean > edge for edge in (73, 63, 51, 33, 27, 15, 10))]
        * tables.days[
            _first((as_of - key.starts_at) // DAY_S >= edge for edge in (14, 12, 10, 8, 6, 4, 2))
        ]
        * tables.duration[_first(duration // 60 <= edge for edge in (0, 5, 10, 15, 20, 25, 30))]
        * _transmission(key, tables)
    )
    return ScoredRun(
        first_at=run[0].at,
        last_at=run[-1].at,
        duration_s=duration,
        attenuation_db=mean,
        below_s=sum(one < low for one in seconds),
        between_s=sum(low <= one < high for one in seconds),
        above_s=sum(one >= high for one in seconds),
        score=0 if score < tables.minimum_score else score,
    )


def _to_five_minutes(seconds: int) -> int:
    while seconds % 300:
        seconds += -1 if seconds % 300 <= 150 else 1
    return seconds


def _first(holds: Iterator[bool]) -> int:
    """The number of the first that holds, else 7."""
    return next((at for at, one in enumerate(holds) if one), 7)


def _transmission(key: KeyFacts, tables: ScoreTables) -> int:
    level = key.transmission_risk
    return tables.transmission[level - 1] if level is not None and 1 <= level <= 8 else 1


def windows(key: KeyFacts, scans: Scans, mapping: KeyMapping) -> tuple[ExposureWindow, ...]:
    """v2."""
    report, infectiousness = mapping.report_type_of(key), mapping.infectiousness_of(key)
    if infectiousness == Infectiousness.NONE or report in {
        ReportType.RECURSIVE,
        ReportType.REVOKED,
    }:
        return ()
    return tuple(
        ExposureWindow(
            one.starts_at, report, infectiousness, tuple(_instance(scan) for scan in one.scans)
        )
        for one in _open_windows(sightings_of(scans))
    )


def _open_windows(sightings: Sequence[Sighting]) -> list[_OpenWindow]:
    found: list[_OpenWindow] = []
    for at, one in enumerate(sightings):
        if not found or one.at - found[-1].starts_at >= 30 * 60:
            found.append(_OpenWindow(one.at, [[one]]))
        elif one.at - sightings[at - 1].at <= 1.5 * (4 + 13):
            found[-1].scans[-1].append(one)
        else:
            found[-1].scans.append([one])
    return found


def _instance(scan: Sequence[Sighting]) -> ScanInstance:
    attenuations = [one.attenuation_db for one in scan]
    at, previous = scan[0].at, scan[0].previous
    return ScanInstance(
        first_at=at,
        last_at=scan[-1].at,
        n_sightings=len(scan),
        typical_db=int(Fraction(sum(attenuations), len(attenuations)) + Fraction(1, 2)),
        minimum_db=min(attenuations),
        since_last_s=120 if previous is None else 60 * min(5, at // 60 - previous // 60),
        is_assumed=previous is None,
    )


def daily_summaries(
    found: Sequence[ExposureWindow], parameters: SummaryParameters, *, as_of: int
) -> tuple[DailySummary, ...]:
    """v2, day by day and type by type."""
    today, oldest = as_of // DAY_S, parameters.days_since_exposure
    days = sorted({one.starts_at // DAY_S for one in found})
    return tuple(
        _day(day, [one for one in found if one.starts_at // DAY_S == day], parameters)
        for day in days
        if oldest == 0 or today - day <= oldest
    )


def _day(day: int, found: Sequence[ExposureWindow], parameters: SummaryParameters) -> DailySummary:
    types = (1, 2, 3)
    by_type = [_sums([one for one in found if one.report_type == t], parameters) for t in types]
    total = DaySums(
        sum((one.score_sum for one in by_type), Fraction(0)),
        max(one.score_maximum for one in by_type),
        sum((one.weighted_s for one in by_type), Fraction(0)),
    )
    return DailySummary(day, tuple(zip(map(ReportType, types), by_type, strict=True)), total)


def _sums(found: Sequence[ExposureWindow], parameters: SummaryParameters) -> DaySums:
    kept: list[tuple[Fraction, Fraction]] = []
    for window in found:
        weighted = sum((_second_weights(window, parameters)), Fraction(0))
        report = Fraction(parameters.report_weights[window.report_type])
        infectiousness = Fraction(parameters.infectiousness_weights[window.infectiousness])
        score = weighted * report * infectiousness
        if score >= parameters.minimum_window_score:
            kept.append((score, weighted))
    return DaySums(
        sum((score for score, _ in kept), Fraction(0)),
        max((score for score, _ in kept), default=Fraction(0)),
        sum((weighted for _, weighted in kept), Fraction(0)),
    )


def _second_weights(window: ExposureWindow, parameters: SummaryParameters) -> Iterator[Fraction]:
    """The weight of each second."""
    immediate, near, medium = parameters.thresholds_db
    for scan in window.scans:
        for _ in range(scan.since_last_s):
            if scan.typical_db <= immediate:
                yield Fraction(parameters.bucket_weights[0])
            elif scan.typical_db <= near:
                yield Fraction(parameters.bucket_weights[1])
            elif scan.typical_db <= medium:
                yield Fraction(parameters.bucket_weights[2])
            else:
                yield Fraction(parameters.bucket_weights[3])


def weighted_minutes(key: KeyFacts, scans: Scans, rule: Rule) -> Fraction:
    """All weighted minutes of one key under a rule, whatever its report and day."""
    sightings = sightings_of(scans)
    if rule.counting is Counting.HELD:
        attenuations = [one for run in runs_of(sightings) for one in attenuation_by_second(run)]
    else:
        instances = [_instance(scan) for one in _open_windows(sightings) for scan in one.scans]
        attenuations = [one.minimum_db for one in instances for _ in range(one.since_last_s)]
    seconds = sum((_weight(one, rule) for one in attenuations), Fraction(0))
    return seconds * Fraction(rule.factor_of(key)) / 60


def _weight(attenuation_db: int, rule: Rule) -> Fraction:
    """The weight of the first bound that the attenuation is under, else the last weight."""
    for bound, weight in zip(rule.bounds_db, rule.weights, strict=False):
        if attenuation_db < bound:
            return Fraction(weight)
    return Fraction(rule.weights[-1])
