"""One deadline for one order, out of all that its clause says of time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.times.timeline import Timed
from vungxanh.engines.letters.types import Deadline, DeadlineType, Frequency, Recurrence

T = TypeVar("T")

_ENDS: Final = ("by.to", "until.end")  # "hằng ngày … đến ngày 31/8": the rhythm's last day
_RHYTHMS: Final = (Frequency.DAILY, Frequency.PERIODIC)


def merged(timed: Sequence[Timed]) -> Deadline:
    """The deadline of one order. A rhythm takes the last day of a duration; else a day wins.

    The order of worth: before or by a day; a rhythm; until a day; within a length of time; at
    once; without pause; as regulated. Of equals the first in the text is taken.
    """
    if not timed:
        return Deadline()
    ordered = sorted(timed, key=lambda one: one.start)
    rhythms = [one for one in ordered if _is_rhythm(one)]
    if rhythms and not any(_is_day(one) and not _is_end(one) for one in ordered):
        return _rhythm(rhythms, ordered)
    return min(ordered, key=_worth).deadline


def _is_rhythm(one: Timed) -> bool:
    return one.deadline.recurrence is not None and one.deadline.recurrence.freq in _RHYTHMS


def _is_day(one: Timed) -> bool:
    deadline = one.deadline
    return deadline.value is not None and deadline.type in (DeadlineType.BEFORE, DeadlineType.BY)


def _is_end(one: Timed) -> bool:
    return one.deadline.type is DeadlineType.UNTIL or one.rule in _ENDS


def _is_until(one: Timed) -> bool:
    return one.deadline.type is DeadlineType.UNTIL and one.deadline.value is not None


def _is_of(kind: DeadlineType) -> Callable[[Timed], bool]:
    return lambda one: one.deadline.type is kind


_WORTH: Final[tuple[Callable[[Timed], bool], ...]] = (
    _is_day,
    _is_until,
    _is_rhythm,
    _is_of(DeadlineType.BEFORE),
    _is_of(DeadlineType.BY),
    _is_of(DeadlineType.UNTIL),
    _is_of(DeadlineType.IMMEDIATE),
    _is_of(DeadlineType.RECURRING),
)


def _worth(one: Timed) -> int:
    return next((rank for rank, holds in enumerate(_WORTH) if holds(one)), len(_WORTH))


def _rhythm(rhythms: Sequence[Timed], timed: Sequence[Timed]) -> Deadline:
    """All rhythms of the clause as one, daily before periodic, until the last day given."""
    best = min(rhythms, key=_rhythm_worth)
    same = [one for one in rhythms if _recurrence(one).freq is _recurrence(best).freq]
    ends = [one for one in timed if _is_end(one) and one.deadline.value is not None][:1]
    parts = sorted([*same, *ends], key=lambda one: one.start)
    times = [one.min_times for one in map(_recurrence, same) if one.min_times is not None]
    recurrence = replace(
        _recurrence(best),
        before_time=_first(_recurrence(one).before_time for one in same),
        min_times=times[0] if times else None,
        until=ends[0].deadline.value if ends else None,
    )
    return Deadline(
        DeadlineType.RECURRING,
        start=_first(one.deadline.start for one in ends),
        recurrence=recurrence,
        text="; ".join(one.deadline.text or "" for one in parts),
        span=_around(parts),
        evidence=_first(one.deadline.evidence for one in ends),
    )


def _rhythm_worth(one: Timed) -> tuple[int, bool]:
    """Daily before periodic; a bare "định kỳ" last."""
    return _RHYTHMS.index(_recurrence(one).freq), one.rule == "periodic.regularly"


def _recurrence(one: Timed) -> Recurrence:
    return one.deadline.recurrence or Recurrence(Frequency.CONTINUOUS)


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _around(parts: Sequence[Timed]) -> Span | None:
    spans = [one.deadline.span for one in parts if one.deadline.span is not None]
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None
