"""From a moment to ISO values: the first and last instant that its words name."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.times.clocks import MIDNIGHT_HOUR, Clock
from vungxanh.engines.letters.times.days import DayAt, Grain
from vungxanh.engines.letters.times.joining import Moment
from vungxanh.engines.letters.times.letterday import LetterDay, day_or_none, last_of_month

_OFFSET: Final = "+07:00"  # Asia/Ho_Chi_Minh has had no other since 1975
_MONTHS_OF: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_ONE_DAY: Final = dt.timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from `first` to `last` that a moment names, and its clock.

    Without days (`is_known` false) `evidence` may say why: the calendar has no such day.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    clock: Clock | None = None
    evidence: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether the words name days of the calendar."""
        return self.first is not None and self.last is not None

    def opening(self) -> str | None:
        """The instant before which "trước" asks for: the clock, else the first midnight.

        >>> Stretch(dt.date(2020, 9, 1), dt.date(2020, 9, 30)).opening()
        '2020-09-01T00:00:00+07:00'
        """
        if self.first is None:
            return None
        return _instant(self.first, self.clock or Clock(0))

    def closing(self) -> str | None:
        """The last instant in time: the clock, else the last second of the last day.

        >>> Stretch(dt.date(2020, 8, 31), dt.date(2020, 8, 31), Clock(24)).closing()
        '2020-08-31T23:59:59+07:00'
        """
        if self.last is None:
            return None
        if self.clock is None or self.clock.hour == MIDNIGHT_HOUR:
            return f"{self.last.isoformat()}T23:59:59{_OFFSET}"
        return _instant(self.last, self.clock)

    def beginning(self) -> str | None:
        """The day something starts, with its clock where there is one."""
        if self.first is None:
            return None
        return _instant(self.first, self.clock) if self.clock else self.first.isoformat()

    def as_of(self) -> str | None:
        """The day or moment that a figure is of."""
        if self.last is None:
            return None
        return self.closing() if self.clock else self.last.isoformat()


def stretch_of(moment: Moment, known: LetterDay, *, is_ahead: bool = True) -> Stretch:
    """The days a moment names, a missing year found from the letter's own date."""
    if not moment.is_possible:
        return Stretch(evidence=f"“{moment.text}” không có trong lịch")
    found = _long(moment.at, known) if moment.grain in _MONTHS_OF else None
    if found is None and moment.grain is Grain.DAY and not moment.at.is_open:
        found = _one_day(moment.at, known, is_ahead=is_ahead)
    if found is None:
        return Stretch(clock=moment.clock)
    return Stretch(found.first, found.last, moment.clock, found.evidence)


def _one_day(at: DayAt, known: LetterDay, *, is_ahead: bool) -> Stretch | None:
    if at.days_on is not None:
        return _from_today(at.days_on, known)
    if at.day is None:
        return None
    if at.months_on is not None:
        return _in_month(at, known)
    if at.month is None:
        return None
    if at.year is None:
        dated = known.ahead(at.day, at.month) if is_ahead else known.behind(at.day, at.month)
        return Stretch(_first(at, dated.day), dated.day, evidence=dated.evidence)
    day = day_or_none(at.year, at.month, at.day)
    return Stretch(_first(at, day), day)


def _first(at: DayAt, last: dt.date | None) -> dt.date | None:
    """The first of several days of one month, else the only one."""
    if last is None or at.since is None or at.since > last.day:
        return last
    return day_or_none(last.year, last.month, at.since)


def _in_month(at: DayAt, known: LetterDay) -> Stretch | None:
    """A day of the letter's month or the next: "ngày 05 tháng sau"; or that month whole."""
    day = known.day or (known.earliest if known.month and known.year else None)
    if day is None or at.months_on is None:
        return None
    months = day.year * 12 + day.month - 1 + at.months_on
    year, month = months // 12, months % 12 + 1
    if at.day is None:
        return Stretch(dt.date(year, month, 1), last_of_month(year, month))
    chosen = day_or_none(year, month, at.day)
    return Stretch(chosen, chosen)


def _from_today(days: int, known: LetterDay) -> Stretch | None:
    if known.day is None:
        return None
    day = known.day + days * _ONE_DAY
    return Stretch(day, day, evidence=f"ngày ban hành {known.day:%d/%m/%Y}")


def _long(at: DayAt, known: LetterDay) -> Stretch | None:
    """A month, quarter or year; "đầu", "giữa" name no day that could be held to."""
    if at.part in ("dau", "giua"):
        return None
    if at.months_on is not None:
        return _in_month(at, known)
    year, evidence, months = at.year, None, _MONTHS_OF[at.grain]
    if at.grain is Grain.YEAR and year is None:
        year = known.day.year if known.day else known.year
    if year is None and at.month is not None:
        dated = known.ahead(1, at.month + months - 1)
        year, evidence = dated.day.year if dated.day else None, dated.evidence
    if year is None or not _FIRST_YEAR <= year < _LAST_YEAR:
        return None
    month = at.month or 1
    first, last = dt.date(year, month, 1), last_of_month(year, month + months - 1)
    return Stretch(last if at.part == "cuoi" else first, last, evidence=evidence)


def _instant(day: dt.date, clock: Clock) -> str:
    if clock.hour == MIDNIGHT_HOUR:
        return f"{(day + _ONE_DAY).isoformat()}T00:00:00{_OFFSET}"
    return f"{day.isoformat()}T{clock}:00{_OFFSET}"
