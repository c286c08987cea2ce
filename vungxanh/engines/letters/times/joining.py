"""Moments: a day with the clock, the part of the day and the weekday that stand around it."""

import re
from bisect import bisect, bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.times.clocks import Clock, ClockAt, find_clocks
from vungxanh.engines.letters.times.days import DayAt, Grain, find_days
from vungxanh.engines.letters.times.letterday import day_or_none
from vungxanh.engines.letters.times.spelling import has_any

_LEAP_YEAR: Final = 2020  # has every day that some year has

WEEKDAY: Final = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn)\b"
_PART_OF_DAY: Final = r"(?:buổi )?(?:sáng|trưa|chiều|tối|đêm)\b"
_WEEKDAYS: Final = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}

# Between a clock and its day: "17h00’, ngày", "16h chiều thứ Sáu, ngày", "17 giờ của ngày".
_CLOCK_TO_DAY: Final = words(
    rf"[ ,(;–-]{{0,3}}(?:(?:của|vào|trong|các|cùng) )?(?:{_PART_OF_DAY}[ ,(]*)?"
    rf"(?:(?:ngày )?{WEEKDAY}[ ,()–-]*)?(?:(?:của|vào|trong|là) )?"
)
# Between a day and its clock: "ngày 28/8/2020 (thứ Sáu), trước 17 giờ". Group 1 is the cue there.
_DAY_TO_CLOCK: Final = words(
    rf"[ ,(]*(?:{WEEKDAY}[ ,()]*)?(?:{_PART_OF_DAY} ?)?"
    r"((?:(?:và )?(?:trước|vào lúc|lúc|vào|chậm nhất|muộn nhất|không quá|đến|là) )*)"
)
_BEFORE_DAY: Final = words(
    r"(?:(?:cuối|đầu)(?: giờ)?(?: (?:sáng|chiều|làm việc))?(?: của)? "
    rf"|{_PART_OF_DAY}[ ,(]*(?:(?:ngày )?{WEEKDAY}[ ,()–-]*)?|(?:ngày )?{WEEKDAY}[ ,()–-]*)$"
)
_AFTER_DAY: Final = words(rf" ?[,(]? ?(?:tức |nhằm )?(?:ngày )?{WEEKDAY}\)?")
_WEEKDAY: Final = words(r"thứ (\w+)|(?:chủ nhật|cn\b)")
_LOOK: Final = 40  # characters on either side in which a weekday is looked for
# A length of time, not a time of day: "trong vòng 24 giờ", "24 giờ kể từ khi nhận", "2h/lần".
_LENGTH_BEFORE: Final = words(
    r"\b(?:trong(?: (?:vòng|thời gian|thời hạn|khoảng))?|vòng|sau|mỗi|cứ|suốt|cách(?: nhau)?"
    r"|liên tục) $"
)
_LENGTH_AFTER: Final = words(
    r" ?(?:/|(?:kể )?từ (?:khi|lúc|thời)|kể từ|qua\b|làm việc|(?:một|1|01) (?:lần|ngày)|sau\b"
    r"|tới\b|trước (?:khi|đó)|liên tục|liền|nữa)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or moment of a passage; `start`, `end` are positions in it, `text` its words.

    Of a clock alone `grain` is CLOCK. `link` holds the cue between a day and a clock after it
    ("ngày 28/8/2020, trước 17 giờ"). `weekday` counts from Monday, 0, as written.
    """

    start: int
    end: int
    text: str
    at: DayAt
    clock: Clock | None = None
    weekday: int | None = None
    link: str = ""

    @property
    def grain(self) -> Grain:
        """Whether this names a day, a longer stretch, or only a time of day."""
        return self.at.grain

    @property
    def is_possible(self) -> bool:
        """Whether calendar and clock have it: not so 31/6/2021, 29/2/2021, 25h00."""
        return self._is_possible_day() and (self.clock is None or self.clock.is_possible)

    def _is_possible_day(self) -> bool:
        at = self.at
        if at.day is None or at.month is None:
            return at.day is None or at.day in range(1, 32)
        return day_or_none(at.year or _LEAP_YEAR, at.month, at.day) is not None


def find_moments(passage: Passage) -> tuple[Moment, ...]:
    """Every day and moment that a passage names, in order.

    >>> [m.text for m in find_moments(Passage.of("trước 17h00, ngày 28/8/2020; lúc 16 giờ"))]
    ['17h00, ngày 28/8/2020', '16 giờ']
    """
    if not _may_speak(passage.folded):
        return ()
    days, clocks = find_days(passage), find_clocks(passage)
    pairs = _pairs(passage.folded, [day for day in days if day.grain is Grain.DAY], clocks)
    dated = [_moment(passage, day, pairs.get(day)) for day in days]
    joined = set(pairs.values())
    alone = [_alone(passage, at) for at in clocks if at not in joined and _is_clock(passage, at)]
    return tuple(sorted([*dated, *alone], key=lambda moment: moment.start))


_DIGIT: Final = re.compile(r"\d")
_WORDS_OF_DAYS: Final = (" nay", " mai", "thang ", "tuan ", "quy ")


def _may_speak(folded: str) -> bool:
    return _DIGIT.search(folded) is not None or has_any(folded, _WORDS_OF_DAYS)


def _pairs(folded: str, days: Sequence[DayAt], clocks: Sequence[ClockAt]) -> dict[DayAt, ClockAt]:
    """The clock of each day: the one just before it, else the one just after it."""
    pairs: dict[DayAt, ClockAt] = {}
    for day in days:
        at = bisect(clocks, day.start, key=lambda clock: clock.end)
        if at and _CLOCK_TO_DAY.fullmatch(folded, clocks[at - 1].end, day.start):
            pairs[day] = clocks[at - 1]
    joined = set(pairs.values())
    for day in days:
        at = bisect_left(clocks, day.end, key=lambda clock: clock.start)
        if day not in pairs and at < len(clocks) and clocks[at] not in joined:
            pairs.update(_clock_after(folded, day, clocks[at]))
    return pairs


def _clock_after(folded: str, day: DayAt, clock: ClockAt) -> dict[DayAt, ClockAt]:
    is_joined = _DAY_TO_CLOCK.fullmatch(folded, day.end, clock.start)
    return {day: clock} if is_joined and not _EVERY_DAY.match(folded, clock.end) else {}


_EVERY_DAY: Final = words(r"[ ,]{0,2}(?:của |vào |trong )?(?:hằng|hàng|mỗi|các) ngày\b")


def _moment(passage: Passage, day: DayAt, clock: ClockAt | None) -> Moment:
    start, end = day.start, day.end
    link = ""
    if clock is not None:
        start, end = min(start, clock.start), max(end, clock.end)
        between = _DAY_TO_CLOCK.fullmatch(passage.folded, day.end, max(clock.start, day.end))
        link = between[1].strip() if between and clock.start > day.end else ""
    start, end, around = _with_weekday(passage.folded, start, end)
    found = Moment(
        start, end, passage.text[start:end], day, clock.clock if clock else None, link=link
    )
    return replace(found, weekday=_weekday_in(around))


def _with_weekday(folded: str, start: int, end: int) -> tuple[int, int, str]:
    """The stretch grown by a weekday or part of the day on either side."""
    before = _BEFORE_DAY.search(folded, max(start - _LOOK, 0), start)
    after = _AFTER_DAY.match(folded, end)
    first = before.start() if before else start
    last = after.end() if after else end
    return first, last, folded[first:last]


def _weekday_in(folded: str) -> int | None:
    match = _WEEKDAY.search(folded)
    if match is None:
        return None
    if match[1] is None:
        return 6
    return int(match[1]) - 2 if match[1].isdigit() else _WEEKDAYS.get(match[1])


def _alone(passage: Passage, at: ClockAt) -> Moment:
    start, end, around = _with_weekday(passage.folded, at.start, at.end)
    day = DayAt(start, end, Grain.CLOCK)
    return Moment(start, end, passage.text[start:end], day, at.clock, _weekday_in(around))


def _is_clock(passage: Passage, at: ClockAt) -> bool:
    folded = passage.folded
    before = folded[max(at.start - _LOOK, 0) : at.start]
    return not (_LENGTH_BEFORE.search(before) or _LENGTH_AFTER.match(folded, at.end))
