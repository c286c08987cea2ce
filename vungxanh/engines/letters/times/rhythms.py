"""Orders that come back: every day, so many times a day, every week, without pause."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.dated import cue_of
from vungxanh.engines.letters.times.days import Grain
from vungxanh.engines.letters.times.joining import WEEKDAY, Moment
from vungxanh.engines.letters.times.spelling import is_one_of
from vungxanh.engines.letters.times.timeline import Timed, Timeline, recurring
from vungxanh.engines.letters.types import Frequency, Recurrence

NUMBERS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_COUNT: Final = (
    r"(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: ?\(\w+\))?"
    r"(?: ?(?:-|–|đến|tới) ?\d{1,3})?"
)
_TIMES: Final = (
    r"(?:lần|buổi|lượt phát|lần phát|phiên|bản tin|tin,? ?bài|tin|bài)(?: phát(?: thanh)?)?"
)
_LEAST: Final = r"(?:(?:ít nhất|tối thiểu|không ít hơn|không dưới|từ|đảm bảo|bảo đảm) )*"
_PER_DAY: Final = r" ?(?:/ ?|trong |một |mỗi |trên )(?:một |mỗi |1 |01 )?ngày\b"

_TIMES_A_DAY: Final = words(rf"\b{_LEAST}{_COUNT} {_TIMES}{_PER_DAY}")
_A_DAY_TIMES: Final = words(
    rf"\b(?:(?:hằng|hàng|mỗi|một|1|01) )?ngày,? (?:(?!\d)[\w]+,? ){{0,4}}?"
    rf"{_LEAST}{_COUNT} {_TIMES}\b(?! ?/)"
)
_MANY: Final = words(
    r"\b(?:nhắc lại |phát lại |phát )?(nhiều lần)(?: ?/ ?| trong | mỗi | một )(?:một |mỗi )?ngày\b"
    r"(?! ?\d)"
)
_DAILY: Final = words(
    r"(?<!ngân )(?<!nhà )(?<!cửa )(?<!sinh hoạt )(?<!đời sống )(?<!cuộc sống )"
    r"\b(?:định kỳ )?(?:(hằng|hàng)|(mỗi)) ngày\b(?! ?\d| càng| hôm| ?thứ)"
    r"|\btất cả các ngày(?: trong tuần)?\b"
)
_WEEKDAYS: Final = (
    rf"(?:(?:sáng|chiều|trưa|tối) )?(?:(?:các )?(?:ngày )?{WEEKDAY}(?:,? và |, )?){{1,6}}"
)
_EVERY: Final = r"(?:hằng|hàng|mỗi|trong)"
_MONTH_DAYS: Final = (
    r"ngày (?:mồng )?(?:\d{1,2}|cuối(?: cùng)?)(?:(?:,| và|,? ngày| và ngày) ?\d{1,2}){0,4}"
)
_LONG_UNIT: Final = r"(?:tuần|tháng|quý)\b"
_PERIODIC: Final = (
    (
        "periodic.weekday",
        words(rf"\b(?:định kỳ )?(?:vào )?{_WEEKDAYS}[ ,(]{{0,2}}(?:của )?{_EVERY} tuần\b"),
    ),
    (
        "periodic.month_day",
        words(rf"\b(?:định kỳ )?(?:vào )?(?:các )?{_MONTH_DAYS},? (?:của )?{_EVERY} {_LONG_UNIT}"),
    ),
    (
        "periodic.interval",
        words(
            r"\b(?:định kỳ )?(?:cứ |mỗi )?(?:\d{1,2}|một|hai|ba) ?(?:ngày|tuần|tháng|giờ|phút|h)"
            r" ?(?:/|một|1|01) ?(?:một |1 |01 )?lần\b"
        ),
    ),
    (
        "periodic.times",
        words(
            rf"\b{_LEAST}{_COUNT} {_TIMES} ?(?:/ ?|mỗi |một |trong )(?:một |1 |01 )?{_LONG_UNIT}"
        ),
    ),
    ("periodic.times", words(rf"\bmỗi {_LONG_UNIT},? {_LEAST}{_COUNT} {_TIMES}\b")),
    ("periodic.plain", words(r"\b(?:định kỳ )?(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm)\b(?! ?\d)")),
    ("periodic.regularly", words(r"\bđịnh kỳ\b(?! ?(?:ngày|hằng|hàng|kiểm toán))")),
)
_ALWAYS: Final = (
    r"(?:(?<!chi )(?<!kinh phí )(?<!không )thường xuyên|(?<!không )liên tục(?! (?:trong )?\d)"
    r"|24h?/24h?(?: giờ|/7)?|24 ?(?:giờ|h) ?/ ?(?:ngày|24(?: giờ|h)?)"
    r"|(?<!ngày )(?<!đến )(?<!trước )(?<!từ )(?<!hết )24h?/7\b(?!/)|suốt ngày đêm)"
)
_CONTINUOUS: Final = words(rf"\b{_ALWAYS}(?:(?:,| và|;)? ?{_ALWAYS}){{0,3}}(?!\w)")
_NEAR: Final = 80  # characters between a rhythm and its time of day
_LINK: Final = words(r"[ ,(]{0,3}(?:của |trong |vào |các )?")
_AND: Final = words(r"(?:,| và| hoặc|,? lúc|;) ?(?:lúc |trước )?")


def read_daily(line: Timeline) -> Iterator[Timed]:
    """So many times a day first, then every day with its time."""
    folded = line.passage.folded
    for rule, pattern in (("daily.times", _TIMES_A_DAY), ("daily.times", _A_DAY_TIMES)):
        for match in pattern.finditer(folded):
            if not line.taken.has(*match.span()):
                times = _number(match[1])
                yield _rhythm(line, match, Recurrence(Frequency.DAILY, min_times=times), rule)
    for match in _MANY.finditer(folded):
        words_of_many = line.passage.text[match.start(1) : match.end(1)].lower()
        recurrence = Recurrence(Frequency.DAILY, min_times=words_of_many)
        yield _rhythm(line, match, recurrence, "daily.many")
    for match in _DAILY.finditer(folded):
        if not line.taken.has(*match.span()) and _is_each(line, match):
            yield _rhythm(line, match, Recurrence(Frequency.DAILY), "daily")


def read_periodic(line: Timeline) -> Iterator[Timed]:
    """Every week, on the fifth of every month, every two weeks: the words are kept."""
    for rule, pattern in _PERIODIC:
        for match in pattern.finditer(line.passage.folded):
            if not line.taken.has(*match.span()):
                every = line.passage.text[match.start() : match.end()]
                times = _number(next(filter(None, match.groups()))) if match.lastindex else None
                recurrence = Recurrence(Frequency.PERIODIC, min_times=times, every=every)
                yield _rhythm(line, match, recurrence, rule)


def read_continuous(line: Timeline) -> Iterator[Timed]:
    """Without pause: thường xuyên, liên tục, 24/24."""
    for match in _CONTINUOUS.finditer(line.passage.folded):
        if not line.taken.has(*match.span()):
            deadline = recurring(Recurrence(Frequency.CONTINUOUS))
            yield line.timed(*match.span(), deadline, "continuous")


def _is_each(line: Timeline, match: re.Match[str]) -> bool:
    return match[2] is None or is_one_of(line.passage, *match.span(2), ["mỗi", "mổi", "mọi"])


def _number(written: str) -> int:
    return int(written) if written.isdigit() else NUMBERS[written]


def _rhythm(line: Timeline, match: re.Match[str], recurrence: Recurrence, rule: str) -> Timed:
    """A rhythm with the clock that stands before or after it."""
    start, end = match.span()
    line.taken.add(start, end)
    found = _clock_before(line, start) or _clock_after(line, end)
    if found is None:
        return line.timed(start, end, recurring(recurrence), rule)
    moment, first = found
    start, end = min(start, first), max(end, moment.end)
    timed = Recurrence(
        recurrence.freq,
        before_time=None if moment.clock is None else str(moment.clock),
        min_times=recurrence.min_times,
        every=recurrence.every,
    )
    return line.timed(start, end, recurring(timed), f"{rule}.at")


def _clock_before(line: Timeline, start: int) -> tuple[Moment, int] | None:
    """The nearest clock before a rhythm, with the position where its cue begins."""
    clocks = [m for m in _clocks(line) if m.end <= start <= m.end + _NEAR]
    if not clocks:
        return None
    moment = clocks[-1]
    between = line.passage.folded[moment.end : start]
    if line.before(start, len(between)) != between:
        return None
    cue = cue_of(line, moment)
    if cue is not None:
        return moment, moment.start - cue[1]
    return (moment, moment.start) if _LINK.fullmatch(between) else None


def _clock_after(line: Timeline, end: int) -> tuple[Moment, int] | None:
    clocks = [m for m in _clocks(line) if end <= m.start <= end + _NEAR]
    if not clocks:
        return None
    moment = clocks[0]
    between = line.passage.folded[end : moment.start]
    if line.after(end, len(between)) != between or cue_of(line, moment) is None:
        return None
    return moment, end


def _clocks(line: Timeline) -> list[Moment]:
    return [m for m in line.free() if m.grain is Grain.CLOCK and m.is_possible]
