"""An exposure explained: when, how long, how strong, what the rule made of it and how sure that is.

Data first (`Explained`), then one sentence in each language (`told`).
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from vungxanh.engines.risk import refusals
from vungxanh.engines.risk.assessment import Verdict, is_recent, verdict_on
from vungxanh.engines.risk.measured import BodyPosition
from vungxanh.engines.risk.pieces import MINUTE_S, Piece, counts_report, timed
from vungxanh.engines.risk.rules import Rule, Span
from vungxanh.engines.risk.sightings import ordered
from vungxanh.engines.risk.types import KeyFacts, Scans
from vungxanh.refusals import Words


class Standing(StrEnum):
    """Whether a rule counts an exposure, and if not, why."""

    COUNTED = "counted"
    REPORT_DOES_NOT_COUNT = "report_does_not_count"
    NOT_INFECTIOUS = "not_infectious"
    TOO_OLD = "too_old"


STANDING_WORDS: Final = {
    Standing.COUNTED: Words("được tính", "counted"),
    Standing.REPORT_DOES_NOT_COUNT: Words(
        "không tính vì khóa đã thu hồi hoặc là của người tiếp xúc gián tiếp",
        "not counted, as the key was revoked or is of a contact of a contact",
    ),
    Standing.NOT_INFECTIOUS: Words(
        "không tính vì ngày ấy ca bệnh chưa hoặc không còn lây",
        "not counted, as the case was not infectious on that day",
    ),
    Standing.TOO_OLD: Words("không tính vì đã quá lâu", "not counted, as it is too long ago"),
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Time with an attenuation from `from_db` on and under `under_db` (None: no bound)."""

    from_db: int
    under_db: int | None
    seconds: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Explained:
    """One key's exposure under a rule.

    `starts_at`, `ends_at` first and last sighting, unix seconds; `minutes` unweighted, exact;
    attenuations in decibels, the typical one the mean rounded half up; `factor` multiplies the
    weighted time (transmission risk). `n_assumed` of `n_intervals` stand for 120 s because the
    scan before is not known. The verdict carries the class with its error and what was missing.
    """

    rule: Rule
    standing: Standing
    starts_at: int
    ends_at: int
    minutes: Fraction
    n_sightings: int
    minimum_db: int
    typical_db: int
    buckets: tuple[Bucket, ...]
    factor: Fraction
    n_intervals: int
    n_assumed: int
    verdict: Verdict


def explained(
    key: KeyFacts,
    scans: Scans,
    rule: Rule,
    *,
    as_of: int,
    position: BodyPosition | None = None,
) -> Explained:
    """What `rule` makes of one key's sightings alone, on the day of `as_of` (unix seconds).

    Days may add up over keys (`assessment.assessed_days`). Raises `risk.no_sightings`,
    `risk.bad_sightings`, `risk.unequal_columns`.
    """
    if not len(scans):
        raise refusals.no_sightings()
    scans = ordered(scans)
    found = timed(key, scans, rule)
    kept = [piece for piece in found if is_recent(piece, rule, as_of)]
    standing = _standing(key, rule, kept)
    total, n = int(scans.attenuation_db.sum()), len(scans)
    return Explained(
        rule=rule,
        standing=standing,
        starts_at=int(scans.at[0]),
        ends_at=int(scans.at[-1]),
        minutes=Fraction(sum(sum(piece.seconds) for piece in found), MINUTE_S),
        n_sightings=n,
        minimum_db=int(scans.attenuation_db.min()),
        typical_db=(2 * total + n) // (2 * n),
        buckets=_buckets(found, rule),
        factor=Fraction(rule.factor_of(key)),
        n_intervals=sum(piece.n_intervals for piece in found),
        n_assumed=sum(piece.n_assumed for piece in found),
        verdict=_verdict(kept if standing is Standing.COUNTED else [], rule, position),
    )


def _standing(key: KeyFacts, rule: Rule, kept: list[Piece]) -> Standing:
    if not counts_report(key, rule):
        return Standing.REPORT_DOES_NOT_COUNT
    if not kept:
        return Standing.TOO_OLD
    return Standing.COUNTED if rule.is_infectious(key) else Standing.NOT_INFECTIOUS


def _buckets(found: tuple[Piece, ...], rule: Rule) -> tuple[Bucket, ...]:
    edges = (0, *rule.bounds_db, None)
    return tuple(
        Bucket(edges[k] or 0, edges[k + 1], sum(piece.seconds[k] for piece in found), Fraction(w))
        for k, w in enumerate(rule.weights)
    )


def _verdict(kept: list[Piece], rule: Rule, position: BodyPosition | None) -> Verdict:
    """Of the days that the key's pieces fall on, that of the heaviest."""
    days: dict[int, list[Piece]] = defaultdict(list)
    for piece in kept:
        days[piece.day if rule.span is Span.DAY else 0].append(piece)
    verdicts = [verdict_on(found, rule, position) for found in days.values()]
    none = verdict_on([], rule, position)
    return max(verdicts, key=lambda verdict: verdict.weighted_minutes, default=none)
