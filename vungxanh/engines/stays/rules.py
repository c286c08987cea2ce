"""The rules of stays for one visit and one event, compiled; `kernel` walks with them.

Every number is int64. What they say stands in README.md.
"""

from typing import Final, NamedTuple

from vungxanh.engines.stays.types import DAY_S, LOCAL_S, NONE, OUT, EndedBy
from vungxanh.engines.tracing.compiling import compiled

FIXED: Final = 2
"""The direction of an event that is a corrected visit."""
NOBODY: Final = -1
"""The point of a stay that is none."""
_OPEN: Final = -1  # ended by nothing yet
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
    """One scan or corrected visit, with the usual stay at its point; `until` of a corrected one."""

    point: int
    at: int
    direction: int
    entrance: int
    usual: int
    until: int


class Stay(NamedTuple):
    """The visit that somebody is in; `last` is when they are last known to have been there."""

    point: int
    usual: int
    t_in: int
    last: int
    ended_by: int
    entrance_out: int


class End(NamedTuple):
    """When a visit ended and from what that is known."""

    at: int
    by: int


@compiled
def assumed_end(stay: Stay, asked: Asked) -> End:
    """When somebody left who was last seen then, for all that is known of the place."""
    usual = stay.last + stay.usual
    if stay.usual >= asked.overnight:
        return End(usual, _USUAL)
    midnight = ((stay.last + LOCAL_S) // DAY_S + 1) * DAY_S - LOCAL_S
    return End(usual, _USUAL) if usual <= midnight else End(midnight, _MIDNIGHT)


@compiled
def assumed_start(event: Event, asked: Asked) -> int:
    """When somebody came who scanned out then."""
    usual = event.at - event.usual
    if event.usual >= asked.overnight:
        return usual
    return max(usual, (event.at + LOCAL_S) // DAY_S * DAY_S - LOCAL_S)


@compiled
def longest(usual: int, asked: Asked) -> int:
    """The longest stay that is believed."""
    return max(asked.longest, 2 * usual)


@compiled
def belongs(event: Event, stay: Stay, asked: Asked) -> bool:
    """Whether an event is of the visit that somebody is in."""
    if event.point != stay.point or event.direction == FIXED:
        return False
    if stay.ended_by == _CORRECTED:
        return event.at <= stay.last
    gap = event.at - stay.last
    if stay.ended_by == _SCANNED:
        return event.direction == OUT and gap <= asked.same
    if event.direction == OUT:
        return gap <= longest(stay.usual, asked)
    return gap <= asked.same or event.at <= assumed_end(stay, asked).at


@compiled
def continued(stay: Stay, event: Event) -> Stay:
    """The visit with one more scan."""
    if stay.ended_by == _CORRECTED:
        return stay
    if event.direction == OUT:
        return Stay(stay.point, stay.usual, stay.t_in, event.at, _SCANNED, event.entrance)
    return Stay(stay.point, stay.usual, stay.t_in, event.at, _OPEN, NONE)


@compiled
def final(stay: Stay, asked: Asked) -> End:
    """The end of a visit that nothing follows."""
    if stay.ended_by != _OPEN:
        return End(stay.last, stay.ended_by)
    at, by = assumed_end(stay, asked)
    return End(min(at, asked.now), by)


@compiled
def ended(stay: Stay, event: Event, asked: Asked) -> End:
    """The end of a visit that is followed by one which an event opens."""
    end = final(stay, asked)
    if stay.ended_by != _OPEN:
        return end
    if event.direction != OUT:
        return End(event.at, _NEXT) if event.at <= end.at else end
    start = max(assumed_start(event, asked), stay.last)
    if end.at <= start or event.point == stay.point:
        return end
    return End((start + min(end.at, event.at)) // 2, _NEXT)


@compiled
def opened(event: Event, earliest: int, asked: Asked) -> Stay:
    """The visit that an event opens; an assumed start is not before `earliest`."""
    if event.direction == FIXED:
        return Stay(event.point, event.usual, event.at, event.until, _CORRECTED, NONE)
    if event.direction != OUT:
        return Stay(event.point, event.usual, event.at, event.at, _OPEN, NONE)
    t_in = min(max(assumed_start(event, asked), earliest), event.at)
    return Stay(event.point, event.usual, t_in, event.at, _SCANNED, event.entrance)
