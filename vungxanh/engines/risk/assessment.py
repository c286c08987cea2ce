"""The class of days by a rule, with its error: what all keys heard on a day add up to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from vungxanh.engines.risk.errors import Assessed, RiskClass, error_of
from vungxanh.engines.risk.measured import BodyPosition
from vungxanh.engines.risk.pieces import Piece, pieces
from vungxanh.engines.risk.rules import Rule, Span
from vungxanh.engines.risk.types import DAY_S, KeyFacts, Scans
from vungxanh.refusals import Words


class Fired(StrEnum):
    """What of a rule decided."""

    HIGH_IN_ONE = "high_in_one"
    HIGH_IN_SUM = "high_in_sum"
    LOW_IN_SUM = "low_in_sum"
    NOTHING = "nothing"


FIRED_WORDS: Final = {
    Fired.HIGH_IN_ONE: Words("một lần gặp đủ ngưỡng cao", "one meeting reaches the high threshold"),
    Fired.HIGH_IN_SUM: Words("cộng lại đủ ngưỡng cao", "the sum reaches the high threshold"),
    Fired.LOW_IN_SUM: Words("cộng lại đủ ngưỡng thấp", "the sum reaches the low threshold"),
    Fired.NOTHING: Words("chưa đủ ngưỡng nào", "no threshold is reached"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule applied to weighted minutes.

    `threshold_minutes` the threshold reached, or the least one where none is; `missing_minutes`
    what is missing to the next class, None in the highest.
    """

    assessed: Assessed
    fired: Fired
    weighted_minutes: Fraction
    threshold_minutes: Fraction
    missing_minutes: Fraction | None


@dataclass(frozen=True, slots=True)
class AssessedDays:
    """What a rule adds up: UTC days since 1970, both ends included, their pieces, the verdict."""

    first_day: int
    last_day: int
    pieces: tuple[Piece, ...]
    verdict: Verdict


def assessed_days(
    heard: Iterable[tuple[KeyFacts, Scans]],
    rule: Rule,
    *,
    as_of: int,
    position: BodyPosition | None = None,
) -> tuple[AssessedDays, ...]:
    """Days with pieces that count on the day of `as_of` (unix seconds), by time.

    A rule that adds over all days gives one. Raises `risk.bad_sightings`, `risk.unequal_columns`.
    """
    groups: dict[int, list[Piece]] = defaultdict(list)
    for key, scans in heard:
        for piece in pieces(key, scans, rule):
            if is_recent(piece, rule, as_of):
                groups[piece.day if rule.span is Span.DAY else 0].append(piece)
    return tuple(_days(groups[group], rule, position) for group in sorted(groups))


def is_recent(piece: Piece, rule: Rule, as_of: int) -> bool:
    """Whether the piece is not too old for the rule on the day of `as_of`."""
    return as_of // DAY_S - piece.day <= rule.max_age_days


def verdict_on(found: Iterable[Piece], rule: Rule, position: BodyPosition | None = None) -> Verdict:
    """The class of pieces that are added up, with its error."""
    minutes = [piece.weighted_minutes for piece in found]
    total = sum(minutes, Fraction(0))
    high, low = Fraction(rule.high_minutes), Fraction(rule.low_minutes)
    error = error_of(rule, position)
    if total >= high:
        fired = Fired.HIGH_IN_ONE if max(minutes, default=total) >= high else Fired.HIGH_IN_SUM
        return Verdict(Assessed(RiskClass.HIGH, error), fired, total, high, None)
    if total >= low:
        return Verdict(Assessed(RiskClass.LOW, error), Fired.LOW_IN_SUM, total, low, high - total)
    return Verdict(Assessed(RiskClass.BELOW, error), Fired.NOTHING, total, low, low - total)


def _days(found: list[Piece], rule: Rule, position: BodyPosition | None) -> AssessedDays:
    found = sorted(found)
    return AssessedDays(
        found[0].day, found[-1].day, tuple(found), verdict_on(found, rule, position)
    )
