"""Days, months, quarters and years as letters write them, each by a small rule."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.times.taken import Taken

_YEAR: Final = r"((?:19|20)\d\d)(?!\d)"
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CENTURY: Final = 2000
_SHORT_YEARS: Final = range(15, 40)  # "28/8/21"; other pairs of figures are no year of a letter
_MONTHS: Final = range(1, 13)
_DAYS: Final = range(1, 32)


class Grain(StrEnum):
    """How long a stretch of time the words name."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CLOCK = "clock"  # a time of day without its day


@dataclass(frozen=True, slots=True)
class DayAt:
    """A day (month, quarter, year) as written, and where.

    `month` of a quarter is its first. `days_on` is set where the words count from today: 0 for
    "hôm nay", 1 for "ngày mai". `is_blank` is a day left to be filled in by hand.
    """

    start: int
    end: int
    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    days_on: int | None = None
    part: str | None = None
    is_blank: bool = False


_NUMERIC: Final = words(
    rf"(?<![\w/.,])(?:ngày ?)?(?<!\d)(\d{{1,2}}) ?([/.-]) ?(\d{{1,2}}) ?\2 ?(?:{_YEAR}|(\d\d))"
    r"(?![\d/]|[.,-]\d|-[a-z])"
)
_WORDED: Final = words(
    r"(?<![\w/.,])(?:ngày )?(?:mồng |mùng )?(\d{1,2}) tháng (\d{1,2})(?!\d| và \d| ngày)"
    rf"(?:(?:,? năm | ?[/-] ?| ){_YEAR})?"
)
_WITHOUT_YEAR: Final = words(
    r"(?<![\w/.,])(?:(ngày) ?(?:mồng |mùng )?)?(?<!\d)(\d{1,2}) ?([/.-]) ?(\d{1,2})"
    r"(?![\d%/]|[.,]\d|-[a-z0-9]| ?%| ?[/-] ?\d)"
)
# What stands before a day written 20/8 alone; without it, 20/8 is a share or a rank.
_BEFORE_BARE: Final = words(
    r"(?:\b(?:trước|đến|tới|từ|hết|vào|sáng|trưa|chiều|tối|đêm|hôm|lúc|qua|là|xong|và|hạn"
    r"|nhất|trong|\d(?:h|g|giờ|phút)?)|[–,(-]|thứ [a-z2-7]+|['’′])[ :,(]*$"
)
_AFTER_BARE: Final = words(
    r" ?(?:$|[,.;:)–-]|(?:để|về|qua|cho|phải|gửi|đạt|hoàn|và|đến|tới|hằng|hàng|trước|lúc|theo)\b)"
)
_BLANK_RUN: Final = r"[ ._…]{0,60}"
_BLANK: Final = words(
    rf"\bngày{_BLANK_RUN}(?:tháng|/){_BLANK_RUN}(\d{{1,2}})?{_BLANK_RUN}(?:năm|/){_BLANK_RUN}"
    rf"(?:{_YEAR})?"
)
_DAY_ONLY: Final = words(
    r"\bngày (?:mồng |mùng )?(\d{1,2})(?![\d%]|[.,]\d| ?[/%]"
    r"| (?:tháng|lần|buổi|làm|tin|bài|người))"
)
_MONTH: Final = words(
    rf"\b(?:(đầu|giữa|cuối|hết) )?tháng (\d{{1,2}})(?!\d)(?:(?:,? năm | ?[/-] ?){_YEAR})?"
    r"(?![/-][a-z])"
)
_MONTH_FIGURES: Final = words(
    rf"(?<=trước |. hết |trong |. đến |. tới )(\d{{1,2}}) ?[/-] ?{_YEAR}(?![/-])"
)
_QUARTER: Final = words(
    rf"\b(?:(đầu|giữa|cuối|hết) )?quý (iv|i{{1,3}}|[1-4])\b(?:(?:,? năm | ?[/-] ?){_YEAR})?"
)
_YEAR_ALONE: Final = words(rf"\b(?:(đầu|giữa|cuối|hết) )?năm {_YEAR}(?! ?[–-] ?\d|/)")
_TODAY: Final = words(
    r"\b(?:(ngày )?(?:hôm|sáng|trưa|chiều|tối) nay|(?:ngày|sáng|trưa|chiều|tối) (mai))\b"
)


def find_days(passage: Passage) -> tuple[DayAt, ...]:
    """Every day, month, quarter and year of a passage, the fullest reading of each place."""
    taken, found = Taken(len(passage.folded)), list[DayAt]()
    for rule in _RULES:
        for at in rule(passage.folded):
            if taken.claims(at.start, at.end):
                found.append(at)
    return tuple(sorted(found, key=lambda at: at.start))


def _numeric(folded: str) -> Iterator[DayAt]:
    for match in _NUMERIC.finditer(folded):
        year = int(match[4]) if match[4] else _CENTURY + int(match[5])
        if match[4] or year - _CENTURY in _SHORT_YEARS:
            yield _day(match, year, int(match[3]), int(match[1]))


def _worded(folded: str) -> Iterator[DayAt]:
    for match in _WORDED.finditer(folded):
        yield _day(match, int(match[3]) if match[3] else None, int(match[2]), int(match[1]))


def _without_year(folded: str) -> Iterator[DayAt]:
    for match in _WITHOUT_YEAR.finditer(folded):
        day, month = int(match[2]), int(match[4])
        if day in _DAYS and month in _MONTHS and (match[1] or _is_bare_day(folded, match)):
            yield _day(match, None, month, day)


def _is_bare_day(folded: str, match: re.Match[str]) -> bool:
    before = folded[max(match.start() - 24, 0) : match.start()]
    return (
        match[3] == "/"
        and _BEFORE_BARE.search(before) is not None
        and _AFTER_BARE.match(folded, match.end()) is not None
    )


def _blank(folded: str) -> Iterator[DayAt]:
    for match in _BLANK.finditer(folded):
        month = int(match[1]) if match[1] else None
        year = int(match[2]) if match[2] else None
        yield DayAt(match.start(), match.end(), Grain.DAY, year, month, is_blank=True)


def _day_only(folded: str) -> Iterator[DayAt]:
    for match in _DAY_ONLY.finditer(folded):
        yield DayAt(match.start(), match.end(), Grain.DAY, day=int(match[1]))


def _month(folded: str) -> Iterator[DayAt]:
    for match in _MONTH.finditer(folded):
        if int(match[2]) in _MONTHS:
            yield _long(match, Grain.MONTH, match[3], int(match[2]))


def _month_figures(folded: str) -> Iterator[DayAt]:
    for match in _MONTH_FIGURES.finditer(folded):
        if int(match[1]) in _MONTHS:
            start, end = match.span()
            yield DayAt(start, end, Grain.MONTH, int(match[2]), int(match[1]))


def _quarter(folded: str) -> Iterator[DayAt]:
    for match in _QUARTER.finditer(folded):
        number = _ROMAN.get(match[2]) or int(match[2])
        yield _long(match, Grain.QUARTER, match[3], 3 * number - 2)


def _year(folded: str) -> Iterator[DayAt]:
    for match in _YEAR_ALONE.finditer(folded):
        yield _long(match, Grain.YEAR, match[2], None)


def _today(folded: str) -> Iterator[DayAt]:
    for match in _TODAY.finditer(folded):
        start, end = match.span()
        yield DayAt(start, end, Grain.DAY, days_on=1 if match[2] else 0)


def _day(match: re.Match[str], year: int | None, month: int, day: int) -> DayAt:
    return DayAt(match.start(), match.end(), Grain.DAY, year, month, day)


def _long(match: re.Match[str], grain: Grain, year: str | None, month: int | None) -> DayAt:
    """A month, quarter or year; "hết" before it is a cue and no part of its name."""
    is_part = match[1] is not None and match[1] != "het"
    start = match.end(1) + 1 if match[1] == "het" else match.start()
    part = match[1] if is_part else None
    return DayAt(start, match.end(), grain, int(year) if year else None, month, part=part)


_RULES: Final[tuple[Callable[[str], Iterator[DayAt]], ...]] = (
    _numeric,
    _worded,
    _blank,
    _without_year,
    _month_figures,
    _month,
    _quarter,
    _year,
    _today,
    _day_only,
)
