"""The compiled loop that makes visits of scans; called by `core`, which checks what enters.

It walks once through the scans in order and carries along the visit that somebody is in. A visit is
written when an event opens it, and completed when the next one does.
"""

from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.stays.rules import (
    FIXED,
    NOBODY,
    Asked,
    Event,
    Stay,
    belongs,
    continued,
    ended,
    final,
    longest,
    opened,
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
_IS_SCANNED: Final = int(StartedBy.SCANNED)
_IS_ASSUMED: Final = int(StartedBy.ASSUMED)
_IS_CORRECTED: Final = int(StartedBy.CORRECTED)
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


class Written(NamedTuple):
    """Visits as in `types.Visits`, but `first` and `visit_of` are events; room for one an event."""

    person: Int64s
    point: Int32s
    t_in: Int64s
    t_out: Int64s
    start_by: Int8s
    ended_by: Int8s
    doubts: UInt8s
    entrance_in: Int16s
    entrance_out: Int16s
    first: Int64s
    visit_of: Int64s


class Left(NamedTuple):
    """The visit before, at a point of which is known where it is; when they were last seen there."""

    visit: int
    point: int
    at: int


class State(NamedTuple):
    """What is known on the way: visits and corrected visits so far, where somebody is and was."""

    n: int
    n_fixed: int
    stay: Stay
    left: Left


class Moment(NamedTuple):
    """Scans of one person in one second, [since, until); those in [here, past) go first.

    `ins`, `outs`: whether they scanned in, out, at two points.
    """

    since: int
    until: int
    here: int
    past: int
    ins: bool
    outs: bool


_NO_STAY: Final = Stay(NOBODY, 0, 0, 0, 0, 0)
_NO_LEFT: Final = Left(NONE, NOBODY, 0)
_NO_MOMENT: Final = Moment(0, 0, 0, 0, False, False)


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
def moment_of(events: Events, since: int, here: int) -> Moment:
    """The events of one person in one second, from `since`; `here` is the point they are at."""
    person, point, at, direction, _ = events
    until = since
    while until < at.size and person[until] == person[since] and at[until] == at[since]:
        if direction[until] == FIXED:
            here, since = np.int64(point[until]), until + 1
        until += 1
    first, past, ins, outs = since, since, False, False
    last = [NOBODY, NOBODY]
    for i in range(since, until):
        first += point[i] < here
        past += point[i] <= here
        is_other = last[direction[i]] not in (NOBODY, point[i])
        last[direction[i]] = point[i]
        ins |= is_other and direction[i] == IN
        outs |= is_other and direction[i] == OUT
    return Moment(since, until, first, past, ins, outs)


@compiled
def turn(moment: Moment, i: int) -> int:
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
    return moment.ins if event.direction == IN else moment.outs


@compiled
def is_too_fast(left: Left, event: Event, given: Given) -> bool:
    """Whether nobody goes so fast from the point that was left to a far one.

    d / t > v / 3.6, without fractions.
    """
    one, other, asked = given.table[left.point], given.table[event.point], given.asked
    square = 0
    for axis in range(1, 4):
        square += (np.int64(one[axis]) - np.int64(other[axis])) ** 2
    seconds = min(max(event.at - left.at, 0), _LONGEST_WAY_S)
    reach = min(5 * asked.fastest * seconds, 2**30)
    return square > asked.far * asked.far and 324 * square > reach * reach


@compiled
def event_at(given: Given, k: int, n_fixed: int) -> Event:
    """One event, as plain numbers."""
    _, point, at, direction, entrance = given.events
    where = np.int64(point[k])
    until = given.until[n_fixed] if direction[k] == FIXED else at[k]
    usual = np.int64(given.table[where, 0])
    return Event(where, at[k], np.int64(direction[k]), np.int64(entrance[k]), usual, until)


@compiled
def complete(written: Written, state: State, known: tuple[int, int, Asked]) -> None:
    """Write what is known of a visit when it is over: its end, from what, what is asked."""
    at, by, asked = known
    stay, visit = state.stay, state.n - 1
    written.t_out[visit] = at
    written.ended_by[visit] = by
    written.entrance_out[visit] = stay.entrance_out
    if at - stay.t_in > longest(stay.usual, asked):
        written.doubts[visit] |= np.uint8(_LONG)


@compiled
def begin(written: Written, state: State, opening: tuple[int, Event]) -> None:
    """Write what is known of a visit when an event opens it."""
    k, event = opening
    visit, is_out = state.n - 1, event.direction == OUT
    written.point[visit] = event.point
    written.t_in[visit] = state.stay.t_in
    written.first[visit] = k
    written.entrance_in[visit] = NONE if is_out else event.entrance
    written.doubts[visit] = _LACKS_IN if is_out else 0
    written.start_by[visit] = _IS_ASSUMED if is_out else _IS_SCANNED
    if event.direction == FIXED:
        written.start_by[visit] = _IS_CORRECTED


@compiled
def moved(given: Given, written: Written, step: tuple[int, Event, State]) -> State:
    """What is known after an event that opens a visit."""
    k, event, state = step
    asked, earliest, left = given.asked, _EVER, state.left
    if state.stay.point != NOBODY:
        end = ended(state.stay, event, asked)
        complete(written, state, (end.at, end.by, asked))
        earliest = end.at
        if given.table[state.stay.point, 1] != _NOWHERE:
            left = Left(state.n - 1, state.stay.point, state.stay.last)
    n_fixed = state.n_fixed + (event.direction == FIXED)
    now = State(state.n + 1, n_fixed, opened(event, earliest, asked), left)
    begin(written, now, (k, event))
    written.person[state.n] = given.events.person[k]
    is_known = left.visit != NONE and given.table[event.point, 1] != _NOWHERE
    if is_known and is_too_fast(left, event, given):
        written.doubts[left.visit] |= np.uint8(_TOO_FAST)
        written.doubts[state.n] |= np.uint8(_TOO_FAST)
    return now


@compiled
def walk(given: Given, written: Written) -> int:
    """Write the visits of all events; how many."""
    events, asked = given.events, given.asked
    state, moment = State(0, 0, _NO_STAY, _NO_LEFT), _NO_MOMENT
    for i in range(events.at.size):
        if i and events.person[i] != events.person[i - 1]:
            end = final(state.stay, asked)
            complete(written, state, (end.at, end.by, asked))
            state = State(state.n, state.n_fixed, _NO_STAY, _NO_LEFT)
        if i >= moment.until and i + 1 < events.at.size and events.at[i] == events.at[i + 1]:
            moment = moment_of(events, i, state.stay.point)
        k = turn(moment, i)
        event = event_at(given, k, state.n_fixed)
        if belongs(event, state.stay, asked):
            state = State(state.n, state.n_fixed, continued(state.stay, event), state.left)
        else:
            state = moved(given, written, (k, event, state))
        written.visit_of[k] = state.n - 1
        if is_elsewhere(moment, i, event):
            written.doubts[state.n - 1] |= np.uint8(_ELSEWHERE)
    if state.n:
        end = final(state.stay, asked)
        complete(written, state, (end.at, end.by, asked))
    return state.n


@compiled
def doubt_overlaps(written: Written, n: int, fixed: Int64s) -> None:
    """Mark the corrected visits that share time with others of their person, and those others."""
    person, t_in, t_out = written.person, written.t_in, written.t_out
    for visit in fixed:
        since, until = visit, visit
        while since > 0 and person[since - 1] == person[visit]:
            since -= 1
        while until < n and person[until] == person[visit]:
            until += 1
        for other in range(since, until):
            is_shared = t_in[other] < t_out[visit] and t_in[visit] < t_out[other]
            if is_shared and other != visit:
                written.doubts[visit] |= np.uint8(_ELSEWHERE)
                written.doubts[other] |= np.uint8(_ELSEWHERE)
