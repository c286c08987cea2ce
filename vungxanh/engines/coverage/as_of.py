"""What was known at a moment about a day: the plain twin of the query that reads the facts.

Two time axes: `as_of` is the moment a figure speaks of, `received_at` the moment it reached us.
Both bounds are inclusive. A figure for a date alone is stored as that day 00:00+07:00 and asked
for as that day 23:59:59+07:00; the callers do that, here are only aware moments.
"""

from collections.abc import Iterable
from datetime import datetime

from vungxanh.engines.coverage.types import CoverageError, Fact
from vungxanh.refusals import Words

UnitElement = tuple[str, str]


def latest_facts(
    facts: Iterable[Fact], *, as_of: datetime, known_at: datetime | None = None
) -> dict[UnitElement, Fact]:
    """Per unit and element the figure with the latest as-of not after `as_of`, as then known.

    Of several facts for one as-of the one received last counts (then the higher revision, then
    the higher sequence), among those received by `known_at` (None: all). A withdrawn as-of (value
    None) counts as if it had never been said, so an earlier one shows.
    """
    newest: dict[UnitElement, Fact] = {}
    for fact in known_facts(facts, as_of=as_of, known_at=known_at):
        newest[(fact.unit, fact.element)] = fact
    return newest


def known_facts(
    facts: Iterable[Fact], *, as_of: datetime, known_at: datetime | None = None
) -> tuple[Fact, ...]:
    """The one fact that counts for each unit, element and as-of, in order of as-of: the history."""
    standing: dict[tuple[str, str, datetime], Fact] = {}
    for fact in sorted(facts, key=_order_of_arrival):
        _check_aware(fact.as_of, fact.received_at)
        if fact.as_of <= as_of and (known_at is None or fact.received_at <= known_at):
            standing[(fact.unit, fact.element, fact.as_of)] = fact
    kept = (fact for fact in standing.values() if fact.value is not None)
    return tuple(sorted(kept, key=lambda fact: (fact.as_of, fact.unit, fact.element)))


def _order_of_arrival(fact: Fact) -> tuple[datetime, int, int]:
    return (fact.received_at, fact.revision, fact.sequence)


def _check_aware(*moments: datetime) -> None:
    if any(moment.tzinfo is None for moment in moments):
        code = "coverage.moment_without_offset"
        raise CoverageError(
            code,
            Words(
                "Thời điểm thiếu múi giờ. Ghi rõ, ví dụ 2021-05-26T00:00:00+07:00.",
                "A moment lacks its offset. Write it, for example 2021-05-26T00:00:00+07:00.",
            ),
        )
