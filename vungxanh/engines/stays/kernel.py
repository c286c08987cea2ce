"""The compiled loops that make visits of scans; called by `core`, which checks what enters.

First it is found which scans belong together, then when each visit began and ended for all that
they and the neighbours say, then what is hard to believe of it.
"""

from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.stays.rules import (
    FIXED,
    NOBODY,
    Asked,
    End,
    Event,
    Number,
    Stay,
    belongs,
    ended,
    final,
    longest,
    started,
)
from vungxanh.engines.stays.types import (
    IN,
    NONE,
    OUT,
    Doubt,
    Int8s,
    Int16s,
    Int32s,
    Int64s,
    StartedBy,
    UInt8s,
)
from vungxanh.engines.tracing.compiling import compiled

_LACKS_IN: Final = int(Doubt.OUT_WITHOUT_IN)
_TOO_FAST: Final = int(Doubt.TOO_FAR_TOO_FAST)
_LONG: Final = int(Doubt.LONG_STAY)
_ELSEWHERE: Final = int(Doubt.SAME_TIME_ELSEWHERE)
_STARTED_BY: Final = (
    int(StartedBy.SCANNED),
    int(StartedBy.ASSUMED),
    int(StartedBy.CORRECTED),
)  # of IN, OUT, FIXED
_NOWHERE: Final = -(2**31)
_EVER: Final = -(2**62)
_LONGEST_WAY_S: Final = 2**28  # after it everybody may be everywhere


class Events(NamedTuple):
    """Scans in order, and corrected visits (`FIXED`) before the scans of their second.

    `person` int64 (n), `point` int32 (n), `at` int64 (n), `direction` int8 (n), `entrance` int16
    (n).
    """

    person: Int64s
    point: Int32s
    at: Int64s
    direction: Int8s
    entrance: Int16s


class Given(NamedTuple):
    """Events; int64 ends of the corrected visits among them; the table of points; what is asked."""

    events: Events
    until: Int64s
    table: Int32s
    asked: Asked


class Gathered(NamedTuple):
    """Which events belong together: int64 `first` and `last` event of a visit, `visit_of` an event.

    `doubts` uint8 of a visit. Room for one visit an event.
    """

    first: Int64s
    last: Int64s
    doubts: UInt8s
    visit_of: Int64s


class Written(NamedTuple):
    """Visits as in `types.Visits`."""

    person: Int64s
    point: Int32s
    t_in: Int64s
    t_out: Int64s
    start_by: Int8s
    ended_by: Int8s
    entrance_in: Int16s
    entrance_out: Int16s
    doubts: UInt8s


class Left(NamedTuple):
    """The visit before at a point of which is known where it is; when they were last there."""

    visit: Number
    point: Number
    at: Number


class Moment(NamedTuple):
    """Scans of one person in one second, [since, until); those in [here, past) go first.

    `ins`, `outs`: whether they scanned in, out, at two points.
    """

    since: Number
    until: Number
    here: Number
    past: Number
    ins: bool
    outs: bool


_NO_STAY: Final = Stay(NOBODY, 0, 0, 0)
_NO_LEFT: Final = Left(NONE, NOBODY, 0)
_NO_MOMENT: Final = Moment(0, 0, 0, 0, ins=False, outs=False)


@compiled
def is_in_order(events: Events) -> bool:
    """Whether scans stand by person, time, point, direction, entrance."""
    person, point, at, direction, entrance = events
    for i in range(1, at.size):
        if person[i] != person[i - 1]:
            if person[i] < person[i - 1]:
                return False
        elif at[i] != at[i - 1]:
            if at[i] < at[i - 1]:
                return False
        else:
            one = (point[i - 1], direction[i - 1], entrance[i - 1])
            if (point[i], direction[i], entrance[i]) < one:
                return False
    return True


@compiled
def moment_of(events: Events, since: int, here: Number) -> Moment:
    """The events of one person in one second, from `since`; `here` is the point they are at."""
    person, point, at, direction, _ = events
    until = since
    while until < at.size and person[until] == person[since] and at[until] == at[since]:
        if direction[until] == FIXED:
            here, since = np.int64(point[until]), until + 1
        until += 1
    first, past = since, since
    ins, outs = np.int64(NOBODY), np.int64(NOBODY)
    is_in, is_out = False, False
    for i in range(since, until):
        where = np.int64(point[i])
        first += 1 if where < here else 0
        past += 1 if where <= here else 0
        if direction[i] == IN:
            is_in |= bool(ins not in (NOBODY, where))
            ins = where
        else:
            is_out |= bool(outs not in (NOBODY, where))
            outs = where
    return Moment(since, until, first, past, is_in, is_out)


@compiled
def turn(moment: Moment, i: int) -> Number:
    """Which event comes as the i-th: those at the point where somebody is before others."""
    if i < moment.since or i >= moment.past:
        return i
    n_here = moment.past - moment.here
    if i < moment.since + n_here:
        return moment.here + i - moment.since
    return i - n_here


@compiled
def is_elsewhere(moment: Moment, i: int, event: Event) -> bool:
    """Whether a scan has one of the same second and direction at another point."""
    if i < moment.since or i >= moment.until:
        return False
    return moment.ins if event.by == IN else moment.outs


@compiled
def is_too_fast(
    table: Int32s, points: tuple[Number, Number], asked: tuple[Number, Asked]
) -> bool | np.bool_:
    """Whether two points lie far apart and nobody goes so fast, `asked[0]` the seconds between.

    d / t > v / 3.6, without fractions.
    """
    square, rules = np.int64(0), asked[1]
    for axis in range(1, 4):
        apart = np.int64(table[points[0], axis]) - np.int64(table[points[1], axis])
        square += apart * apart
    seconds = min(max(asked[0], 0), _LONGEST_WAY_S)
    reach = min(5 * rules.fastest * seconds, 2**30)
    return square > rules.far * rules.far and 324 * square > reach * reach


@compiled
def event_at(given: Given, k: Number) -> Event:
    """One event, with the usual stay at its point."""
    point = np.int64(given.events.point[k])
    way = np.int64(given.events.direction[k])
    return Event(point, given.events.at[k], way, np.int64(given.table[point, 0]))


@compiled
def gather(given: Given, gathered: Gathered) -> int:
    """Write which events belong together; how many visits there are."""
    events, until, _, asked = given
    first, last, doubts, visit_of = gathered
    stay, moment, n, n_fixed = _NO_STAY, _NO_MOMENT, 0, 0
    for i in range(events.at.size):
        if i and events.person[i] != events.person[i - 1]:
            stay = _NO_STAY
        if i >= moment.until and i + 1 < events.at.size and events.at[i] == events.at[i + 1]:
            moment = moment_of(events, i, stay.point)
        k = turn(moment, i)
        event = event_at(given, k)
        if not belongs(event, stay, asked):
            seen = until[n_fixed] if event.by == FIXED else event.at
            stay = Stay(event.point, event.usual, seen, event.by)
            n_fixed += event.by == FIXED
            first[n], last[n], doubts[n] = k, k, 0
            n += 1
        elif stay.by != FIXED:
            stay = Stay(stay.point, stay.usual, event.at, event.by)
            last[n - 1] = k
        visit_of[k] = n - 1
        if is_elsewhere(moment, i, event):
            doubts[n - 1] |= np.uint8(_ELSEWHERE)
    return n


@compiled
def tell(given: Given, gathered: Gathered, written: Written) -> None:
    """Write when visits began and ended, and from what that is known."""
    events, until, _, asked = given
    end, n_fixed = End(_EVER, 0), 0
    for visit in range(gathered.first.size):
        k, z, following = gathered.first[visit], gathered.last[visit], visit + 1
        event = event_at(given, k)
        written.person[visit] = events.person[k]
        written.point[visit] = event.point
        written.start_by[visit] = _STARTED_BY[event.by]
        written.t_in[visit] = started(event, end.at, asked)
        written.entrance_in[visit] = NONE if event.by == OUT else events.entrance[k]
        written.entrance_out[visit] = events.entrance[z] if events.direction[z] == OUT else NONE
        seen = until[n_fixed] if event.by == FIXED else events.at[z]
        n_fixed += event.by == FIXED
        stay = Stay(event.point, event.usual, seen, np.int64(events.direction[z]))
        end, after = final(stay, asked), End(_EVER, 0)
        if following < gathered.first.size:
            coming = gathered.first[following]
            if events.person[coming] == events.person[k]:
                end = after = ended(stay, event_at(given, coming), asked)
        written.t_out[visit], written.ended_by[visit] = end
        end = after


@compiled
def doubt(given: Given, gathered: Gathered, written: Written) -> None:
    """Mark what is hard to believe of visits, but for overlaps."""
    table, asked, events = given.table, given.asked, given.events
    left = _NO_LEFT
    for visit in range(gathered.first.size):
        k, z, point = gathered.first[visit], gathered.last[visit], written.point[visit]
        if visit and written.person[visit] != written.person[visit - 1]:
            left = _NO_LEFT
        if events.direction[k] == OUT:
            written.doubts[visit] |= np.uint8(_LACKS_IN)
        if written.t_out[visit] - written.t_in[visit] > longest(np.int64(table[point, 0]), asked):
            written.doubts[visit] |= np.uint8(_LONG)
        if table[point, 1] == _NOWHERE:
            continue
        seconds = events.at[k] - left.at
        if left.visit != NONE and is_too_fast(
            table, (left.point, np.int64(point)), (seconds, asked)
        ):
            written.doubts[visit] |= np.uint8(_TOO_FAST)
            written.doubts[left.visit] |= np.uint8(_TOO_FAST)
        seen = written.t_out[visit] if events.direction[z] == FIXED else events.at[z]
        left = Left(visit, np.int64(point), seen)


@compiled
def doubt_overlaps(written: Written, fixed: Int64s) -> None:
    """Mark the corrected visits that share time with others of their person, and those others."""
    person, t_in, t_out = written.person, written.t_in, written.t_out
    for visit in fixed:
        since, until = visit, visit
        while since > 0 and person[since - 1] == person[visit]:
            since -= 1
        while until < t_in.size and person[until] == person[visit]:
            until += 1
        for other in range(since, until):
            is_shared = t_in[other] < t_out[visit] and t_in[visit] < t_out[other]
            if is_shared and other != visit:
                written.doubts[visit] |= np.uint8(_ELSEWHERE)
                written.doubts[other] |= np.uint8(_ELSEWHERE)
