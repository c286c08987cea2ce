"""Orders that come back: every day, so many times a day, every week, without pause."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.hours import at_its_time
from vungxanh.engines.letters.times.joining import WEEKDAY
from vungxanh.engines.letters.times.spelling import has_any, is_one_of
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

_TIMES_STEMS: Final = (
    *("lan", "buoi", "phien", "luot phat", "lan phat", "ban tin", "tin bai", "tin, bai"),
    *("tin/", "bai/"),
)
_TIMES_A_DAY: Final = words(rf"\b{_LEAST}{_COUNT} {_TIMES}{_PER_DAY}")
_A_DAY_TIMES: Final = words(
    rf"\b(?:(?:hằng|hàng|mỗi|một|1|01) |(?<!\d )(?<!\d))ngày,? (?:(?!\d)[\w]+,? ){{0,4}}?"
    rf"{_LEAST}{_COUNT} {_TIMES}\b(?! ?/)"
)
_MANY: Final = words(
    r"\b(?:nhắc lại |phát lại |phát )?(nhiều lần)(?: ?/ ?| trong | mỗi | một )(?:một |mỗi )?ngày\b"
    r"(?! ?\d)"
)
_DAILY_STEMS: Final = ("hang ngay", "moi ngay", "cac ngay")
_DAILY: Final = words(
    r"(?<!ngân )(?<!nhà )(?<!cửa )(?<!sinh hoạt )(?<!đời sống )(?<!cuộc sống )"
    r"\b(?:định kỳ )?(?:(hằng|hàng)|(mỗi)) ngày\b(?! ?\d| càng| hôm)"
    r"|\b(?:tất cả )?các ngày trong tuần\b|\btất cả các ngày\b"
)
_WEEKDAYS: Final = (
    rf"(?:(?:sáng|chiều|trưa|tối) )?(?:(?:các )?(?:ngày )?{WEEKDAY}(?:,? và |, )?){{1,6}}"
    r"(?:(?:hai|ba|tư|năm|sáu|bảy|[2-7])\b(?:,? và |, )?){0,5}"
)
_EVERY: Final = r"(?:hằng|hàng|mỗi|trong)"
_MONTH_DAYS: Final = (
    r"ngày (?:mồng )?(?:\d{1,2}|cuối(?: cùng)?)(?:(?:,| và|,? ngày| và ngày) ?\d{1,2}){0,4}"
)
_LONG_UNIT: Final = r"(?:tuần|tháng|quý)\b"
_PER: Final = r"(?:hằng|hàng|mỗi)"
# "hằng tháng (trước ngày 20)", "hằng tuần, vào chiều thứ Sáu".
_ON: Final = (
    r"(?:[ ,(]{1,2}(?:(?:trước|vào|chậm nhất|muộn nhất|là) )*"
    rf"(?:{_MONTH_DAYS}(?![\d/]| tháng)|{_WEEKDAYS}(?<! )))?"
)
# Each with strings without one of which it finds nothing.
_PERIODIC: Final = (
    (
        "periodic.weekday",
        ("tuan",),
        words(rf"\b(?:định kỳ )?{_WEEKDAYS}[ ,(]{{0,2}}(?:của )?{_EVERY} tuần\b"),
    ),
    (
        "periodic.month_day",
        ("hang thang", "hang quy", "moi thang", "moi quy"),
        words(rf"\b(?:định kỳ )?(?:các )?{_MONTH_DAYS},? (?:của )?{_PER} {_LONG_UNIT}"),
    ),
    (
        "periodic.interval",
        ("/lan", "/ lan", "/1 lan", "/01 lan", "mot lan", " 1 lan", " 01 lan"),
        words(
            r"\b(?:định kỳ )?(?:cứ |mỗi )?(?:\d{1,2}|một|hai|ba) ?(?:ngày|tuần|tháng|giờ|phút|h)"
            r" ?(?:/|một|1|01) ?(?:một |1 |01 )?lần\b"
        ),
    ),
    (
        "periodic.times",
        ("/tuan", "/thang", "/quy", "/ tuan", "/ thang", "mot tuan", "moi tuan", "trong tuan"),
        words(
            rf"\b{_LEAST}{_COUNT} {_TIMES} ?(?:/ ?|mỗi |một |trong )(?:một |1 |01 )?{_LONG_UNIT}"
        ),
    ),
    (
        "periodic.times",
        ("moi tuan", "moi thang", "moi quy"),
        words(rf"\bmỗi {_LONG_UNIT},? {_LEAST}{_COUNT} {_TIMES}\b"),
    ),
    (
        "periodic.plain",
        ("hang tuan", "hang thang", "hang quy", "hang nam", "moi tuan", "moi thang", "moi quy"),
        words(rf"\b(?:định kỳ )?(?:{_PER} (?:tuần|tháng|quý)|(?:hằng|hàng) năm)\b(?! ?\d){_ON}"),
    ),
    (
        "periodic.regularly",
        ("dinh ky",),
        words(r"\bđịnh kỳ\b(?! ?(?:ngày|hằng|hàng|kiểm toán))"),
    ),
)
_VAGUE: Final = "periodic.regularly"  # no rhythm of its own where another follows
_SOON: Final = 40
_ALWAYS: Final = (
    r"(?:(?<!chi )(?<!kinh phí )(?<!không )thường xuyên|(?<!không )liên tục(?! (?:trong )?\d)"
    r"|24h?/24h?(?: giờ|/7)?|24 ?(?:giờ|h) ?/ ?(?:ngày|24(?: giờ|h)?)"
    r"|(?<!ngày )(?<!đến )(?<!trước )(?<!từ )(?<!hết )24h?/7\b(?!/)|suốt ngày đêm)"
)
_ALWAYS_STEMS: Final = ("thuong xuyen", "lien tuc", "24", "suot ngay dem")
_CONTINUOUS: Final = words(rf"\b{_ALWAYS}(?:(?:,| và|;)? ?{_ALWAYS}){{0,3}}(?!\w)")


def read_daily(line: Timeline) -> Iterator[Timed]:
    """So many times a day first, then every day with its time."""
    if "ngay" not in line.passage.folded:
        return
    for match in _matches(line, _TIMES_STEMS, _TIMES_A_DAY, _A_DAY_TIMES):
        times = _number(match[1])
        yield at_its_time(
            line, match, Recurrence(Frequency.DAILY, min_times=times), rule="daily.times"
        )
    for match in _matches(line, ("nhieu lan",), _MANY):
        written = line.passage.text[match.start(1) : match.end(1)].lower()
        yield at_its_time(
            line, match, Recurrence(Frequency.DAILY, min_times=written), rule="daily.many"
        )
    for match in _matches(line, _DAILY_STEMS, _DAILY):
        if _is_each(line, match):
            yield at_its_time(line, match, Recurrence(Frequency.DAILY), rule="daily")


def read_periodic(line: Timeline) -> Iterator[Timed]:
    """Every week, on the fifth of every month, every two weeks: the words are kept."""
    for rule, stems, pattern in _PERIODIC:
        for match in _matches(line, stems, pattern):
            if rule == _VAGUE and line.taken.has(match.end(), match.end() + _SOON):
                continue
            times = _number(match[1]) if match.lastindex else None
            every = line.passage.text[slice(*line.quoted(*match.span()))]
            recurrence = Recurrence(Frequency.PERIODIC, min_times=times, every=every)
            yield at_its_time(line, match, recurrence, rule=rule)


def read_continuous(line: Timeline) -> Iterator[Timed]:
    """Without pause: thường xuyên, liên tục, 24/24."""
    for match in _matches(line, _ALWAYS_STEMS, _CONTINUOUS):
        deadline = recurring(Recurrence(Frequency.CONTINUOUS))
        yield line.timed(match.span(), deadline, "continuous")


def _matches(
    line: Timeline, stems: tuple[str, ...], *patterns: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """What the patterns find in words that no rule has read; none without one of the stems."""
    for pattern in patterns if has_any(line.passage.folded, stems) else ():
        for match in pattern.finditer(line.passage.folded):
            if not line.taken.has(*match.span()):
                yield match


def _is_each(line: Timeline, match: re.Match[str]) -> bool:
    return match[2] is None or is_one_of(line.passage, match.span(2), ["mỗi", "mổi", "mọi"])


def _number(written: str) -> int:
    return int(written) if written.isdigit() else NUMBERS[written]
