"""Days of the letter and its items, and of the moments written anywhere in its text."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vungxanh.engines.letters.moments import Moment
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.types import Deadline, DeadlineType, Document

_DAY: Final = len("2021-05-26")
_MIDNIGHT: Final = "T00:00"


def day_of(iso: str | None) -> date | None:
    """The calendar day of an ISO day or moment; None for a partial day or none."""
    try:
        return date.fromisoformat(iso[:_DAY]) if iso else None
    except ValueError:
        return None


def day_of_moment(moment: Moment, year: int | None = None) -> date | None:
    """The day of a written moment, of `year` where it names none; None if there is no such day."""
    at = moment.at
    on = at.year or year
    if on is None or at.month is None or at.day is None:
        return None
    try:
        return date(on, at.month, at.day)
    except ValueError:
        return None


def last_good_day(deadline: Deadline) -> date | None:
    """The last day on which a deadline can be met; of a rhythm, its last day."""
    if deadline.recurrence is not None:
        return day_of(deadline.recurrence.until)
    day = day_of(deadline.value)
    is_midnight = deadline.value is not None and (
        len(deadline.value) == _DAY or deadline.value[_DAY:].startswith(_MIDNIGHT)
    )
    if day and deadline.type == DeadlineType.BEFORE and is_midnight:
        return day - timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Dated:
    """When a letter was written at the earliest and at the latest, by its own date line."""

    earliest: date | None
    latest: date | None
    span: Span

    @property
    def exact(self) -> date | None:
        """The day of the letter, where it is written in full."""
        return self.earliest if self.earliest == self.latest else None


def dated(document: Document) -> Dated:
    """What the date line says; a month or a year alone is a range, no date line is open."""
    span = document.spans.get("date") or document.spans.get("date_partial") or (0, 0)
    whole = day_of(document.date)
    if whole:
        return Dated(whole, whole, span)
    partial = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", document.date_partial or "")
    if partial is None:
        return Dated(None, None, span)
    year, month = int(partial[1]), int(partial[2] or 0)
    last = month or 12
    return Dated(date(year, month or 1, 1), date(year, last, monthrange(year, last)[1]), span)
