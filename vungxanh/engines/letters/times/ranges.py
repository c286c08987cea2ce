"""From one day to another: "từ ngày 15 đến hết ngày 20/8/2021", "15-20/8", open ends."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.days import Grain
from vungxanh.engines.letters.times.joining import Moment
from vungxanh.engines.letters.times.letterday import day_or_none
from vungxanh.engines.letters.times.speech import counts, ordered, tells
from vungxanh.engines.letters.times.timeline import EDGE, AsOf, Timed, Timeline
from vungxanh.engines.letters.times.values import Stretch
from vungxanh.engines.letters.types import Deadline, DeadlineType

_FROM: Final = words(
    r"\b(?:bắt đầu |tính |thời gian:? )?(?:kể )?từ(?: lúc| thời điểm| khoảng| ngày)?[ :,(]*$"
)
_DURING: Final = words(r"\b(?:thời gian|trong các|trong|đợt|các)(?: ngày| thực hiện| từ)?[ :,(]*$")
_TO: Final = words(
    r"[ ,;)]{0,3}(?:(?:cho |kéo dài )?(?:đến|tới)(?: hết)?|hết)(?: ngày| lúc)?[ ,(]{0,2}"
)
_DASH: Final = words(r" ?[–-] ?")
_OPEN: Final = words(r"[ ,]*(?:cho )?(?:đến|tới) (?:khi|lúc) [^,.;]{0,60}")
_STARTS: Final = words(
    r"\b(?:(?:bắt đầu(?: thực hiện)?|áp dụng|thực hiện|triển khai|có hiệu lực(?: thi hành)?"
    r"|thời gian|trong (?:vòng )?\d{1,3} ngày)[ :,(]*(?:kể )?từ|kể từ)"
    r"(?: lúc| thời điểm| ngày)?[ :,(]*$"
)
_TO_NOW: Final = words(r" ?(?:cho )?đến (?:nay|thời điểm)")


def read_ranges(line: Timeline) -> Iterator[Timed | AsOf]:
    """Periods with both ends, then beginnings alone. A period told of is an as-of at its end."""
    free = list(line.free())
    for first, second in pairwise(free):
        length = _opened(line, first, second)
        if length is not None:
            yield from _period(line, (first, second), first.start - length)
    for moment in line.free():
        yield from _several(line, moment) if moment.at.since else _beginning(line, moment)


def _several(line: Timeline, moment: Moment) -> Iterator[Timed | AsOf]:
    """A period in one: "từ 15-20/8/2021"."""
    edge = line.before(moment.start, EDGE)
    cue = _FROM.search(edge) or _DURING.search(edge)
    if cue is not None:
        yield from _period(line, (moment, moment), moment.start - len(cue[0]))


def _opened(line: Timeline, first: Moment, second: Moment) -> int | None:
    """How many characters of cue stand before a period; None where two moments are none."""
    if Grain.CLOCK in (first.grain, second.grain) or line.taken.has(first.start, first.end):
        return None
    folded, edge = line.passage.folded, line.before(first.start, EDGE)
    is_to = _TO.fullmatch(folded, first.end, second.start)
    is_dash = _DASH.fullmatch(folded, first.end, second.start)
    cue = _FROM.search(edge) or (_DURING.search(edge) if is_dash else None)
    if cue is None or not (is_to or is_dash):
        return None
    return len(edge) - cue.start()


def _period(line: Timeline, ends: tuple[Moment, Moment], start: int) -> Iterator[Timed | AsOf]:
    """A period to come is a duration, one that figures are of an as-of; any other says nothing."""
    second = ends[1]
    last = line.stretch(second)
    before, after = line.before(start), line.after(second.end)
    if ordered(before, after, line.side_of(last), is_plain=True):
        begins = _beginning_of(line, ends, last).beginning()
        deadline = Deadline(
            DeadlineType.UNTIL, last.closing(), start=begins, evidence=last.evidence
        )
        yield line.timed((start, second.end), deadline, "until.from_to")
    elif tells(after) or counts(before):
        yield line.as_of(start, second, "as_of.period")
    else:
        line.taken.add(start, second.end)


def _beginning_of(line: Timeline, ends: tuple[Moment, Moment], last: Stretch) -> Stretch:
    """The first day, month and year taken from the last one where they are not written."""
    first, second = ends
    at = first.at
    if first is second:
        return last
    if first.grain is not Grain.DAY or at.day is None or at.year is not None or last.last is None:
        return line.stretch(first)
    if not first.is_possible:
        return Stretch()
    month = at.month or second.at.month or last.last.month
    offered: Sequence[dt.date | None] = [
        day_or_none(year, month, at.day) for year in (last.last.year, last.last.year - 1)
    ]
    fitting = [day for day in offered if day is not None and day <= last.last]
    return replace(Stretch(clock=first.clock), first=fitting[0] if fitting else None)


def _beginning(line: Timeline, moment: Moment) -> Iterator[Timed]:
    """A start without an end of its own: "từ 0h00 ngày 24/7/2021 cho đến khi có thông báo mới"."""
    edge = line.before(moment.start, EDGE)
    opened = _OPEN.match(line.passage.folded, moment.end) if _FROM.search(edge) else None
    cue = _FROM.search(edge) if opened else _STARTS.search(edge)
    if cue is None or moment.grain is Grain.CLOCK:
        return
    stretch = line.stretch(moment)
    after = line.after(moment.end)
    if not opened and (line.is_past(stretch) or tells(after) or _TO_NOW.match(after)):
        return
    deadline = Deadline(DeadlineType.UNTIL, start=stretch.beginning(), evidence=stretch.evidence)
    end = opened.end() if opened else moment.end
    start = moment.start - len(edge) + cue.start()
    yield line.timed((start, end), deadline, "until.open")
