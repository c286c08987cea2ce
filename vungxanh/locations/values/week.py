"""Opening hours as offices write them: "T2–T6: 7h30–11h30, 13h30–17h; T7: 7h30–11h30; CN nghỉ"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Final

from vungxanh.locations.values.hours import DAY, Hours, Stretch, merged
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

LONGEST: Final = 300
_EVERY: Final = tuple(range(1, 8))
_DAYS: Final = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_NUMBERS: Final = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TOKEN = re.compile(
    r"(?P<always>24\s*/\s*(?:24|7)|24/24h?)"
    r"|(?P<daily>(?:hang|moi|tat ca cac) ngay|ca tuan|daily|every day)"
    r"|(?P<closed>nghi|dong cua|closed)"
    r"|(?P<time>\b[0-9]{1,2}\s?(?:[:h]\s?[0-5][0-9]|h|g[0-5][0-9]|g)(?![0-9]))"
    r"|(?P<day>\bt\s?[2-7]\b|\bthu\s*(?:[2-7]|hai|ba|tu|nam|sau|bay)\b|\bcn\b|chu nhat"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\b)"
    r"|(?P<to>[-–—]|\bden\b|\bto\b)"
    r"|(?P<skip>[\s,;:.()/&]+|\bva\b|\band\b|\bsang\b|\bchieu\b|\btoi\b|\btu\b|\bbuoi\b|\bngay\b"
    r"|\bcac\b|\blam viec\b|\bmo cua\b|\bgio\b)"
)


@dataclass(slots=True)
class _Week:
    """What was read so far: stretches by day, the days now spoken of, and a start that waits."""

    days: dict[int, list[Stretch]] = field(default_factory=dict)
    now: list[int] = field(default_factory=list)
    is_said: bool = False
    start: int | None = None
    is_range: bool = False


@lru_cache(maxsize=1024)
def hours_of_text(text: str) -> Hours | None:
    """The hours that a text writes, None for an empty one; what is not understood is refused.

    >>> text_of_hours(hours_of_text("Thứ 2 đến thứ 6: sáng 7h30-11h30, chiều 13h30-17h; CN nghỉ"))
    'T2-T6: 07:30-11:30, 13:30-17:00'
    """
    if not text.strip():
        return None
    week = _Week()
    for token in _tokens(text):
        _take(week, token, text)
    if week.start is not None or week.is_range or (week.now and not week.is_said):
        raise _unreadable(text)
    if not any(week.days.values()):
        raise _unreadable(text)
    return Hours(tuple(merged(week.days.get(number, [])) for number in _EVERY))


def text_of_hours(hours: Hours | None) -> str:
    """The form that `hours_of_text` reads back to the same hours; "" where they are not known."""
    if hours is None:
        return ""
    if hours.is_always_open:
        return "24/7"
    return "; ".join(
        f"{_span(first, last)}: {stretches_text(day, '-')}"
        for first, last, day in groups(hours)
        if day
    )


def groups(hours: Hours) -> tuple[tuple[int, int, tuple[Stretch, ...]], ...]:
    """Neighbouring days of equal hours as (first, last, stretches), Monday first."""
    found = []
    for day, members in groupby(_EVERY, key=lambda number: hours.days[number - 1]):
        numbers = list(members)
        found.append((numbers[0], numbers[-1], day))
    return tuple(found)


def stretches_text(day: tuple[Stretch, ...], dash: str = "–") -> str:
    """The stretches of one day: "07:30–11:30, 13:30–17:00"."""
    return ", ".join(f"{_clock(start)}{dash}{_clock(end)}" for start, end in day)


def _span(first: int, last: int) -> str:
    one = _DAYS[first - 1]
    return one if first == last else f"{one}-{_DAYS[last - 1]}"


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    plain, at = _plain(text), 0
    while at < len(plain):
        found = _TOKEN.match(plain, at)
        if found is None or len(text) > LONGEST:
            raise _unreadable(text)
        at = found.end()
        if found.lastgroup and found.lastgroup != "skip":
            yield found.lastgroup, found.group().strip()


def _take(week: _Week, token: tuple[str, str], text: str) -> None:
    kind, word = token
    if kind == "day":
        _take_day(week, _number(word))
    elif kind == "daily":
        week.now, week.is_said = list(_EVERY), False
    elif kind == "time":
        _take_time(week, _minutes(word), text)
    elif kind == "to":
        if week.start is None:
            week.is_range = True
    else:
        _take_whole(week, kind)


def _take_day(week: _Week, number: int) -> None:
    if week.is_range and week.now and not week.is_said:
        last = week.now[-1]
        week.now += [(day - 1) % 7 + 1 for day in range(last + 1, last + 1 + (number - last) % 7)]
        week.is_range = False
        return
    week.now = [number] if week.is_said else [*week.now, number]
    week.is_said = False


def _take_time(week: _Week, minutes: int, text: str) -> None:
    if not week.now or minutes > DAY:
        raise _unreadable(text)
    if week.start is None:
        week.start = minutes
        return
    for day in week.now:
        _add(week, day, (week.start, minutes))
    week.start, week.is_said = None, True


def _add(week: _Week, day: int, stretch: Stretch) -> None:
    """A stretch that ends after midnight goes on at 0 on the next day."""
    start, end = stretch
    if end > start:
        week.days.setdefault(day, []).append(stretch)
        return
    week.days.setdefault(day, []).append((start, DAY))
    if end:
        week.days.setdefault(day % 7 + 1, []).append((0, end))


def _take_whole(week: _Week, kind: str) -> None:
    for day in week.now or _EVERY:
        week.days[day] = [(0, DAY)] if kind == "always" else []
    week.now, week.is_said = week.now or list(_EVERY), True


def _number(word: str) -> int:
    """Monday is 1: T2 and "thứ hai" name Monday, CN Sunday."""
    if word in {"cn", "chu nhat"}:
        return 7
    last = re.sub(r"^(?:thu|t)\s*(?=[2-7hbtns])", "", word)
    if last.isdigit():
        return int(last) - 1
    return _NUMBERS[last] - 1 if last in _NUMBERS else _ENGLISH.index(word[:3]) + 1


def _minutes(word: str) -> int:
    hour, _, minute = re.sub(r"[hg:]", ":", word.replace(" ", "")).partition(":")
    return int(hour) * 60 + int(minute or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _unreadable(text: str) -> OrganisationError:
    return OrganisationError(
        "locations.hours_unreadable",
        Words(
            f"Chưa hiểu giờ làm việc “{text.strip()[:60]}”. Viết như: T2-T6: 7:30-11:30, "
            "13:30-17:00; T7: 7:30-11:30; hoặc 24/7.",
            f"The hours “{text.strip()[:60]}” are not understood. Write them like: T2-T6: "
            "7:30-11:30, 13:30-17:00; T7: 7:30-11:30; or 24/7 (T2 is Monday, CN Sunday).",
        ),
        field="hours",
    )
