"""One key's time under a rule: pieces of it, with seconds by attenuation.

A piece is a run of sightings where a rule counts as v1 does, a window where it counts scans. Where
it counts scans, a scan's minimum attenuation decides, as in the German app.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from vungxanh.engines.risk.held import held
from vungxanh.engines.risk.parameters import RETURNED
from vungxanh.engines.risk.rules import Counting, Rule
from vungxanh.engines.risk.sightings import ordered
from vungxanh.engines.risk.types import DAY_S, KeyFacts, ReportType, Scans
from vungxanh.engines.risk.windows import ScanInstance, scans_by_window

MINUTE_S: Final = 60


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """Some of the time near one case; sorts by day, then time.

    `day` UTC days since 1970 that it counts for; `starts_at`, `ends_at` first and last sighting,
    unix seconds; `seconds` in each bucket of the rule, nearest first; `n_intervals` scans or
    readings that were counted, of which `n_assumed` stand for 120 s because the scan before is not
    known; `weighted_minutes` exact.
    """

    day: int
    starts_at: int
    ends_at: int
    seconds: tuple[int, ...]
    n_intervals: int
    n_assumed: int
    weighted_minutes: Fraction


def pieces(key: KeyFacts, scans: Scans, rule: Rule) -> tuple[Piece, ...]:
    """The pieces of one key's sightings, by time; none where its report does not count.

    Raises `risk.bad_sightings`, `risk.unequal_columns`.
    """
    return timed(key, scans, rule) if counts_report(key, rule) else ()


def timed(key: KeyFacts, scans: Scans, rule: Rule) -> tuple[Piece, ...]:
    """The same whether the report counts or not."""
    scans = ordered(scans)
    return (
        _windows(key, scans, rule) if rule.counting is Counting.SCANS else _runs(key, scans, rule)
    )


def counts_report(key: KeyFacts, rule: Rule) -> bool:
    """Whether the key is returned at all: not revoked, and no contact of a contact.

    Without a mapping a missing type counts, as in v1.
    """
    if rule.mapping is not None:
        return rule.mapping.report_type_of(key) in RETURNED
    return key.report_type not in {ReportType.RECURSIVE, ReportType.REVOKED}


def weighted_minutes(seconds: Sequence[int], key: KeyFacts, rule: Rule) -> Fraction:
    """Seconds by bucket, weighted, times the key's factor; minutes, exact."""
    weighed = sum(
        (s * Fraction(weight) for s, weight in zip(seconds, rule.weights, strict=True)), Fraction(0)
    )
    return Fraction(rule.factor_of(key)) * weighed / MINUTE_S


def _windows(key: KeyFacts, scans: Scans, rule: Rule) -> tuple[Piece, ...]:
    return tuple(_window(key, rule, instances) for instances in scans_by_window(scans))


def _window(key: KeyFacts, rule: Rule, instances: tuple[ScanInstance, ...]) -> Piece:
    seconds = [0] * len(rule.weights)
    for scan in instances:
        seconds[sum(scan.minimum_db >= bound for bound in rule.bounds_db)] += scan.since_last_s
    return Piece(
        day=instances[0].first_at // DAY_S,
        starts_at=instances[0].first_at,
        ends_at=instances[-1].last_at,
        seconds=tuple(seconds),
        n_intervals=len(instances),
        n_assumed=sum(scan.is_assumed for scan in instances),
        weighted_minutes=weighted_minutes(seconds, key, rule),
    )


def _runs(key: KeyFacts, scans: Scans, rule: Rule) -> tuple[Piece, ...]:
    readings = held(scans)
    bucket = np.searchsorted(rule.bounds_db, readings.attenuation_db, "right")
    columns = [
        readings.summed(np.where(bucket == k, readings.holds_s, 0))
        for k in range(len(rule.weights))
    ]
    seconds = np.array(columns).T.tolist()
    spans = zip(readings.begins.tolist(), readings.ends.tolist(), seconds, strict=True)
    at = readings.at.tolist()
    return tuple(
        Piece(
            day=key.starts_at // DAY_S,
            starts_at=at[begin],
            ends_at=at[end],
            seconds=tuple(by_bucket),
            n_intervals=end - begin + 1,
            n_assumed=0,
            weighted_minutes=weighted_minutes(by_bucket, key, rule),
        )
        for begin, end, by_bucket in spans
    )
