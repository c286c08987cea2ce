"""The time of day of an order that comes back: "trước 16h00 hằng ngày", "hằng ngày, lúc 7 giờ"."""

import re
from dataclasses import replace
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.cues import cue_of
from vungxanh.engines.letters.times.days import Grain
from vungxanh.engines.letters.times.joining import Moment
from vungxanh.engines.letters.times.timeline import EDGE, Timed, Timeline, recurring
from vungxanh.engines.letters.types import Recurrence

_NEAR: Final = 80  # characters between a rhythm and its time of day
_LINK: Final = words(r"[ ,(]{0,3}(?:của |trong |vào |các )?")
_LIMIT: Final = words(r"\b(?:trước|chậm nhất|muộn nhất)(?: là| vào| ngày| trong)*[ :,(]*$")
_FROM: Final = words(r"\btừ $")
_MORE_CLOCKS: Final = words(r"(?:,| và| hoặc|;)(?: lúc| trước| vào)* | ?[–-] ?| (?:đến|tới) ")


def at_its_time(line: Timeline, match: re.Match[str], rhythm: Recurrence, *, rule: str) -> Timed:
    """A rhythm with the clock or the limit that stands beside it."""
    within = _clock_within(line, match)
    if within is not None:
        return _timed(line, (within, (within.start, match.end())), rhythm, rule=rule)
    line.taken.add(*match.span())
    beside = _clock_before(line, match) or _clock_after(line, match)
    if beside is None:
        return _limited(line, match, rhythm, rule=rule)
    return _timed(line, beside, rhythm, rule=rule)


def _timed(
    line: Timeline, found: tuple[Moment, tuple[int, int]], rhythm: Recurrence, *, rule: str
) -> Timed:
    """A rhythm at one time of day; of several times none is chosen, their words are kept."""
    moment, (start, end) = found
    row = _row(line, moment)
    cue = cue_of(line, row[0])
    start = min(start, row[0].start - (cue[1] if cue else 0))
    end = max(end, row[-1].end)
    if len(row) > 1:
        since = _FROM.search(line.passage.folded, max(start - 8, 0), start)
        start = since.start() if since else start
        rhythm = replace(rhythm, every=line.passage.text[slice(*line.quoted(start, end))])
    else:
        rhythm = replace(rhythm, before_time=str(moment.clock))
    return line.timed((start, end), recurring(rhythm), f"{rule}.at")


def _row(line: Timeline, moment: Moment) -> list[Moment]:
    """The clocks in a row with this one: "5h30 và 17h00 hằng ngày", "từ 5 giờ đến 22 giờ"."""
    folded, row = line.passage.folded, [moment]
    clocks = _clocks(line, moment.start, moment.end)
    for later in (m for m in clocks if m.start >= moment.end):
        if _MORE_CLOCKS.fullmatch(folded, row[-1].end, later.start):
            row.append(later)
    for earlier in reversed([m for m in clocks if m.end <= moment.start]):
        if _MORE_CLOCKS.fullmatch(folded, earlier.end, row[0].start):
            row.insert(0, earlier)
    return row


def _limited(line: Timeline, match: re.Match[str], rhythm: Recurrence, *, rule: str) -> Timed:
    """Without a clock: "trước ngày 25 hằng tháng" keeps its "trước"."""
    limit = _LIMIT.search(line.before(match.start(), EDGE)) if rhythm.every else None
    if limit is None:
        return line.timed(match.span(), recurring(rhythm), rule)
    start = match.start() - len(limit[0])
    every = line.passage.text[start : match.end()]
    return line.timed((start, match.end()), recurring(replace(rhythm, every=every)), rule)


def _clock_within(line: Timeline, match: re.Match[str]) -> Moment | None:
    """The clock read together with a day of the rhythm: "16h ngày 15 và 30 hằng tháng"."""
    for moment in line.within(*match.span()):
        if moment.start < match.start() < moment.end and moment.clock is not None:
            return moment
    return None


def _clock_before(line: Timeline, match: re.Match[str]) -> tuple[Moment, tuple[int, int]] | None:
    start = match.start()
    clocks = [m for m in _clocks(line, start, start) if m.end <= start <= m.end + _NEAR]
    if not clocks:
        return None
    moment = clocks[-1]
    between = line.passage.folded[moment.end : start]
    if line.before(start, len(between)) != between:
        return None
    is_bound = _LINK.fullmatch(between) or cue_of(line, moment) is not None
    return (moment, (moment.start, match.end())) if is_bound else None


def _clock_after(line: Timeline, match: re.Match[str]) -> tuple[Moment, tuple[int, int]] | None:
    end = match.end()
    moment = next((m for m in _clocks(line, end, end) if end <= m.start <= end + _NEAR), None)
    if moment is None or cue_of(line, moment) is None:
        return None
    between = line.passage.folded[end : moment.start]
    is_same_clause = line.after(end, len(between)) == between
    return (moment, (match.start(), moment.end)) if is_same_clause else None


def _clocks(line: Timeline, start: int, end: int) -> list[Moment]:
    return [m for m in line.near(start, end) if m.grain is Grain.CLOCK and m.is_possible]
