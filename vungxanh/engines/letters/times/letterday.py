"""What is known of a letter's own date, and the year of a day written without one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# A day that lies wrong (behind for a deadline, ahead for an as-of) is five times less likely
# than one that lies right: so a deadline may lie up to 60 days before the letter, not more.
_WRONG_SIDE: Final = 5
# A letter known only by its year may be of its last weeks and speak of the next January.
_NEXT_YEAR_DAYS: Final = 31
_USUAL_NOTICE: Final = dt.timedelta(days=60)
_YEARS_AROUND: Final = 4  # 29 February has its next year at most so far away, but for 1900, 2100
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A full day and the sentence that says where its year came from."""

    day: dt.date | None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class LetterDay:
    """The letter's date as far as it is known.

    `day` is the whole date; else `year` and `month` as printed, and the bounds that citations and
    deadlines set. `evidence` says what the bounds rest on, in the words for a person.
    """

    day: dt.date | None = None
    year: int | None = None
    month: int | None = None
    not_before: dt.date | None = None
    not_after: dt.date | None = None
    evidence: str | None = None

    @property
    def earliest(self) -> dt.date | None:
        """The first day that the letter can be of."""
        if self.day:
            return self.day
        printed = self._printed()
        bounds = [day for day in (self.not_before, printed and printed[0]) if day]
        if bounds:
            return max(bounds)
        return self.not_after - _USUAL_NOTICE if self.not_after else None

    @property
    def latest(self) -> dt.date | None:
        """The last day that the letter can be of; with nothing else known, the first one."""
        earliest, printed = self.earliest, self._printed()
        if self.day or earliest is None:
            return earliest
        bounds = [day for day in (self.not_after, printed and printed[1]) if day]
        return max(min(bounds), earliest) if bounds else earliest

    def ahead(self, day: int, month: int) -> Dated:
        """The day and month of something to come: a deadline, a goal.

        >>> LetterDay(day=dt.date(2020, 12, 28)).ahead(10, 1).day
        datetime.date(2021, 1, 10)
        """
        return self._nearest(day, month, is_ahead=True)

    def behind(self, day: int, month: int) -> Dated:
        """The day and month of something that was: the as-of of a figure.

        >>> LetterDay(day=dt.date(2021, 1, 5)).behind(20, 12).evidence
        'năm 2020: theo ngày ban hành 05/01/2021'
        """
        return self._nearest(day, month, is_ahead=False)

    def _printed(self) -> tuple[dt.date, dt.date] | None:
        if self.year is None:
            return None
        first = dt.date(self.year, self.month or 1, 1)
        return first, last_of_month(self.year, self.month or _DECEMBER)

    def _nearest(self, day: int, month: int, *, is_ahead: bool) -> Dated:
        first, last = self.earliest, self.latest
        if first is None or last is None:
            return Dated(None)
        offered = list(_in_years(day, month, range(first.year - _YEARS_AROUND, last.year + 5)))
        if not offered:
            return Dated(None)
        best = min(offered, key=lambda one: _cost(one, first, last, is_ahead=is_ahead))
        if first != last and _is_doubtful(best, offered, (first, last), is_ahead=is_ahead):
            return Dated(None)
        return Dated(best, self._says(best))

    def _says(self, day: dt.date) -> str:
        if self.day:
            return f"năm {day.year}: theo ngày ban hành {self.day:%d/%m/%Y}"
        if self.evidence:
            return f"năm {day.year}: {self.evidence}"
        return f"năm {day.year}: theo thời gian của văn bản"


def last_of_month(year: int, month: int) -> dt.date:
    """The last day of a month.

    >>> last_of_month(2020, 2)
    datetime.date(2020, 2, 29)
    """
    first_of_next = dt.date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
    return first_of_next - dt.timedelta(days=1)


def day_or_none(year: int, month: int, day: int) -> dt.date | None:
    """A day of the calendar, or None: 31 June is not moved to 1 July."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _in_years(day: int, month: int, years: range) -> Iterator[dt.date]:
    days = (day_or_none(year, month, day) for year in years)
    return (one for one in days if one is not None)


def _cost(day: dt.date, first: dt.date, last: dt.date, *, is_ahead: bool) -> int:
    before, after = max((first - day).days, 0), max((day - last).days, 0)
    return _WRONG_SIDE * before + after if is_ahead else before + _WRONG_SIDE * after


def _is_doubtful(
    best: dt.date, offered: list[dt.date], known: tuple[dt.date, dt.date], *, is_ahead: bool
) -> bool:
    """Whether the year before or after could be meant as well."""
    first, last = known
    if is_ahead:
        away = [(day - last).days for day in offered if day > best]
    else:
        away = [(first - day).days for day in offered if day < best]
    return any(0 < days <= _NEXT_YEAR_DAYS for days in away)
