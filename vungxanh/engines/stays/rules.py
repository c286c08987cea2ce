"""The rules of stays for one visit and one event, compiled; `kernel` walks with them.

Every number is int64. What they say stands in README.md.
"""

from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.stays.types import DAY_S, IN, LOCAL_S, OUT, EndedBy
from vungxanh.engines.tracing.compiling import compiled

Number = int | np.int64

FIXED: Final = 2
"""How a corrected visit is known, beside `IN` and `OUT`."""
NOBODY: Final = -1
"""The point of a stay that is none."""
_SCANNED: Final = int(EndedBy.SCANNED)
_NEXT: Final = int(EndedBy.NEXT)
_USUAL: Final = int(EndedBy.USUAL)
_MIDNIGHT: Final = int(EndedBy.MIDNIGHT)
_CORRECTED: Final = int(EndedBy.CORRECTED)


class Asked(NamedTuple):
    """Parameters as in `types.Parameters`; `now` is as_of."""

    same: int
    longest: int
    overnight: int
    far: int
    fastest: int
    now: int


class Event(NamedTuple):
    """One scan (`IN`, `OUT`) or corrected visit (`FIXED`), and the usual stay at its point."""

    point: Number
    at: Number
    by: Number
    usual: Number


class Stay(NamedTuple):
    """A visit so far: when somebody is last known to have been there, by which kind of event."""

    point: Number
    usual: Number
    last: Number
    by: Number


class End(NamedTuple):
    """When a visit ended and from what that is known."""

    at: Number
    by: Number


@compiled
def assumed_end(stay: Stay, asked: Asked) -> End:
    """When somebody left who was last seen then, for all that is known of the place."""
    usual = stay.last + stay.usual
    if stay.usual >= asked.overnight:
        return End(usual, _USUAL)
    midnight = ((stay.last + LOCAL_S) // DAY_S + 1) * DAY_S - LOCAL_S
    return End(usual, _USUAL) if usual <= midnight else End(midnight, _MIDNIGHT)


@compiled
def assumed_start(event: Event, asked: Asked) -> Number:
    """When somebody came who scanned out then."""
    usual = event.at - event.usual
    if event.usual >= asked.overnight:
        return usual
    return max(usual, (event.at + LOCAL_S) // DAY_S * DAY_S - LOCAL_S)


@compiled
def longest(usual: Number, asked: Asked) -> Number:
    """The longest stay that is believed."""
    return max(asked.longest, 2 * usual)


@compiled
def belongs(event: Event, stay: Stay, asked: Asked) -> bool | np.bool_:
    """Whether an event is of the visit that somebody is in."""
    if event.point != stay.point or event.by == FIXED:
        return False
    if stay.by == FIXED:
        return event.at <= stay.last
    gap = event.at - stay.last
    if stay.by == OUT:
        return event.by == OUT and gap <= asked.same
    if event.by == OUT:
        return gap <= longest(stay.usual, asked)
    return gap <= asked.same or event.at <= assumed_end(stay, asked).at


@compiled
def final(stay: Stay, asked: Asked) -> End:
    """The end of a visit that nothing follows."""
    if stay.by == FIXED:
        return End(stay.last, _CORRECTED)
    if stay.by == OUT:
        return End(stay.last, _SCANNED)
    at, by = assumed_end(stay, asked)
    return End(min(at, asked.now), by)


@compiled
def ended(stay: Stay, event: Event, asked: Asked) -> End:
    """The end of a visit that is followed by one which an event opens."""
    end = final(stay, asked)
    if stay.by != IN:
        return end
    if event.by != OUT:
        return End(event.at, _NEXT) if event.at <= end.at else end
    start = max(assumed_start(event, asked), stay.last)
    if end.at <= start or event.point == stay.point:
        return end
    return End((start + min(end.at, event.at)) // 2, _NEXT)


@compiled
def started(event: Event, before: Number, asked: Asked) -> Number:
    """When the visit began that an event opens; not assumed before the end of the one before."""
    if event.by != OUT:
        return event.at
    return min(max(assumed_start(event, asked), before), event.at)
