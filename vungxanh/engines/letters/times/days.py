"""Days, months, quarters and years as letters write them, each by a small rule."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
    "hôm nay", 1 for "ngày mai"; `since` is the first of several days ("15-20/8").
    `is_open` are words that leave the day open: a blank to be filled in, "cùng ngày", "tuần này".
    `months_on` counts from the letter's month: "ngày 05 tháng sau", "tháng này".
    """

    start: int
    end: int
    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    days_on: int | None = None
    months_on: int | None = None
    since: int | None = None
    part: str | None = None
    is_open: bool = False


_NUMERIC: Final = words(
    rf"(\d{{1,2}}) ?([/.-]) ?(\d{{1,2}}) ?\2 ?(?:{_YEAR}|(\d\d))(?![\d/]|[.,-]\d|-[a-z])"
)
_WORDED: Final = words(
    r"(\d{1,2}),? tháng (\d{1,2})(?!\d| và \d| ngày)" + rf"(?:(?:,? năm | ?[/-] ?| ){_YEAR})?"
)
_WITHOUT_YEAR: Final = words(
    r"(\d{1,2}) ?([/.-]) ?(\d{1,2})(?![\d%/]|[.,]\d|-[a-z]| ?%| ?/ ?\d| ?- ?\d(?!\d? ?/))"
)
_DAY_WORD: Final = words(r"\b(?:ngày ?(?:mồng |mùng )?|mồng |mùng )$")
# Several days of one month before the last: "ngày 15, 16 và 17/8", "15-20/8/2021".
_DAYS_BEFORE: Final = words(
    r"\b(ngày ?)?(?<![\d/.,-])(\d{1,2})(?:, ?\d{1,2}){0,6}(?: ?[–-] ?| ?, ?| và |,? và )(?:ngày )?$"
)
# What stands before a day written 20/8 alone; without it, 20/8 is a share or a rank.
_BEFORE_BARE: Final = words(
    r"(?:\b(?:trước|đến|tới|từ|hết|vào|sáng|trưa|chiều|tối|đêm|hôm|lúc|qua|là|xong|và|hạn"
    r"|nhất|trong|khánh|cử|giảng|lễ|\d(?:h|g|giờ|phút)?)|[–,(-]|thứ [a-z2-7]+|['’′])[ :,(]*$"
)
_AFTER_BARE: Final = words(
    r" ?(?:$|[,.;:)–-]|(?:để|về|qua|cho|phải|gửi|đạt|hoàn|và|đến|tới|hằng|hàng|trước|lúc|theo"
    r"|tổ|thực|triển)\b)"
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
_FIRST_DAY: Final = words(
    r"\btừ (\d{1,2})(?= (?:đến|tới) (?:hết )?(?:ngày )?\d{1,2} ?(?:[/.]|tháng))"
)
_FIGURES: Final = re.compile(r"\d ?[/.-] ?\d")
_MONTH: Final = words(
    rf"\b(?:(đầu|giữa|cuối|hết) )?tháng (\d{{1,2}})(?!\d)(?:(?:,? năm | ?[/-] ?){_YEAR})?"
    r"(?![/-][a-z])"
)
_MONTH_FIGURES: Final = words(rf"\b(?:trước|hết|trong|đến|tới) (\d{{1,2}}) ?[/-] ?{_YEAR}(?![/-])")
_QUARTER: Final = words(
    rf"\b(?:(đầu|giữa|cuối|hết) )?quý (iv|i{{1,3}}|[1-4])\b(?:(?:,? năm | ?[/-] ?){_YEAR})?"
)
_YEAR_ALONE: Final = words(rf"\b(?:(đầu|giữa|cuối|hết) )?năm {_YEAR}(?! ?[–-] ?\d|/)")
_THIS_MONTH: Final = words(
    r"\b(?:(cuối|hết|ngày (\d{1,2})) (?:của )?)?tháng (?:(này|nay)|sau|tới)\b"
)
_THIS_YEAR: Final = words(r"\b(?:(cuối|hết) )?năm nay\b")
_OPEN_DAY: Final = words(
    r"\bcùng ngày\b|\b(?:ngày )?hôm (?:trước|sau)\b|\b(?:cuối )?tuần (?:này|nay|sau|tới)\b"
)
_TODAY: Final = words(r"\b(?:ngày )?(?:hôm|sáng|trưa|chiều|tối) nay\b")
_TOMORROW: Final = words(r"\b(?:ngày|sáng|trưa|chiều|tối) mai\b")


def find_days(passage: Passage) -> tuple[DayAt, ...]:
    """Every day, month, quarter and year of a passage, the fullest reading of each place."""
    folded, found = passage.folded, list[DayAt]()
    taken, has_figures = Taken(len(folded)), _FIGURES.search(folded) is not None
    for stem, rule in _RULES:
        if stem in folded and (stem or has_figures):
            found.extend(at for at in rule(folded) if taken.claims(at.start, at.end))
    return tuple(sorted(found, key=lambda at: at.start))


def _numeric(folded: str) -> Iterator[DayAt]:
    for match in _NUMERIC.finditer(folded):
        year = int(match[4]) if match[4] else _CENTURY + int(match[5])
        if match[4] or year - _CENTURY in _SHORT_YEARS:
            yield from _days(folded, match, (year, int(match[3]), int(match[1])))


def _worded(folded: str) -> Iterator[DayAt]:
    for match in _WORDED.finditer(folded):
        year = int(match[3]) if match[3] else None
        yield from _days(folded, match, (year, int(match[2]), int(match[1])))


def _without_year(folded: str) -> Iterator[DayAt]:
    for match in _WITHOUT_YEAR.finditer(folded):
        day, month = int(match[1]), int(match[3])
        for at in _days(folded, match, (None, month, day)):
            is_named = folded.startswith(("ngay", "mong", "mung"), at.start)
            if day in _DAYS and month in _MONTHS and (is_named or _is_bare(folded, at, match[2])):
                yield at


def _is_bare(folded: str, at: DayAt, mark: str) -> bool:
    """Whether figures alone are a day: "đến 20/8," is, "đến 5/9 huyện" and "20.8" are not."""
    if mark == "." or _AFTER_BARE.match(folded, at.end) is None:
        return False
    return _is_led(folded, at.start) if mark == "/" else _is_due(folded, at.start)


def _is_due(folded: str, at: int) -> bool:
    return folded[max(at - 12, 0) : at].endswith(("truoc ", "het ", "nhat ", "nhat la "))


def _is_led(folded: str, at: int) -> bool:
    return _BEFORE_BARE.search(folded[max(at - 24, 0) : at]) is not None


def _days(folded: str, match: re.Match[str], ymd: tuple[int | None, int, int]) -> Iterator[DayAt]:
    """The day of a match, begun at "ngày" and at the days before it; none inside a number."""
    start, end = match.span()
    year, month, day = ymd
    word = _DAY_WORD.search(folded, max(start - 12, 0), start)
    led = _DAYS_BEFORE.search(folded, max(start - 48, 0), start)
    if led is not None and (
        led[1] or _BEFORE_BARE.search(folded[max(led.start() - 24, 0) : led.start()])
    ):
        yield DayAt(led.start(), end, Grain.DAY, year, month, day, since=int(led[2]))
    elif word is not None:
        yield DayAt(word.start(), end, Grain.DAY, year, month, day)
    elif start == 0 or not (folded[start - 1].isalnum() or folded[start - 1] in "_/."):
        yield DayAt(start, end, Grain.DAY, year, month, day)


def _blank(folded: str) -> Iterator[DayAt]:
    for match in _BLANK.finditer(folded):
        month = int(match[1]) if match[1] else None
        year = int(match[2]) if match[2] else None
        yield DayAt(match.start(), match.end(), Grain.DAY, year, month, is_open=True)


def _day_only(folded: str) -> Iterator[DayAt]:
    for match in _DAY_ONLY.finditer(folded):
        yield DayAt(match.start(), match.end(), Grain.DAY, day=int(match[1]))


def _first_day(folded: str) -> Iterator[DayAt]:
    for match in _FIRST_DAY.finditer(folded):
        yield DayAt(match.start(1), match.end(), Grain.DAY, day=int(match[1]))


def _month(folded: str) -> Iterator[DayAt]:
    for match in _MONTH.finditer(folded):
        if int(match[2]) in _MONTHS:
            yield _long(match, Grain.MONTH, year=match[3], month=int(match[2]))


def _month_figures(folded: str) -> Iterator[DayAt]:
    for match in _MONTH_FIGURES.finditer(folded):
        if int(match[1]) in _MONTHS:
            start, end = match.start(1), match.end()
            yield DayAt(start, end, Grain.MONTH, int(match[2]), int(match[1]))


def _quarter(folded: str) -> Iterator[DayAt]:
    for match in _QUARTER.finditer(folded):
        number = _ROMAN.get(match[2]) or int(match[2])
        yield _long(match, Grain.QUARTER, year=match[3], month=3 * number - 2)


def _year(folded: str) -> Iterator[DayAt]:
    for match in _YEAR_ALONE.finditer(folded):
        yield _long(match, Grain.YEAR, year=match[2])


def _this_month(folded: str) -> Iterator[DayAt]:
    for match in _THIS_MONTH.finditer(folded):
        months = 0 if match[3] else 1
        if match[2]:
            start, end = match.span()
            yield DayAt(start, end, Grain.DAY, day=int(match[2]), months_on=months)
        else:
            yield replace(_long(match, Grain.MONTH), months_on=months)


def _this_year(folded: str) -> Iterator[DayAt]:
    for match in _THIS_YEAR.finditer(folded):
        yield _long(match, Grain.YEAR)


def _open_day(folded: str) -> Iterator[DayAt]:
    for match in _OPEN_DAY.finditer(folded):
        yield DayAt(match.start(), match.end(), Grain.DAY, is_open=True)


def _today(folded: str) -> Iterator[DayAt]:
    for match in _TODAY.finditer(folded):
        yield DayAt(match.start(), match.end(), Grain.DAY, days_on=0)


def _tomorrow(folded: str) -> Iterator[DayAt]:
    for match in _TOMORROW.finditer(folded):
        yield DayAt(match.start(), match.end(), Grain.DAY, days_on=1)


def _long(
    match: re.Match[str], grain: Grain, *, year: str | None = None, month: int | None = None
) -> DayAt:
    """A month, quarter or year; "hết" before it is a cue and no part of its name."""
    is_part = match[1] is not None and match[1] != "het"
    start = match.end(1) + 1 if match[1] == "het" else match.start()
    part = match[1] if is_part else None
    return DayAt(start, match.end(), grain, int(year) if year else None, month, part=part)


# Each with letters without which it finds nothing (none: figures joined by a mark). A fuller
# reading of a place comes first.
_RULES: Final[tuple[tuple[str, Callable[[str], Iterator[DayAt]]], ...]] = (
    ("", _numeric),
    ("thang", _worded),
    ("ngay", _blank),
    ("", _without_year),
    ("20", _month_figures),
    ("thang", _month),
    ("quy ", _quarter),
    ("nam ", _year),
    ("thang ", _this_month),
    ("nam nay", _this_year),
    ("nay", _today),
    ("mai", _tomorrow),
    ("tuan ", _open_day),
    ("cung ngay", _open_day),
    ("hom ", _open_day),
    ("ngay ", _day_only),
    ("tu ", _first_day),
)
