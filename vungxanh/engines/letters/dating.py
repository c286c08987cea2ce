"""What is known of the letter's own day: printed, or bounded by what it cites and asks for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from vungxanh.engines.letters.head import Head
from vungxanh.engines.letters.identity import Attached
from vungxanh.engines.letters.moments import LetterDay

_COURTESY: Final = re.compile(
    r"^(?:quan tâm|phối hợp)(?:,? (?:quan tâm|phối hợp|chỉ đạo))*,? (?=\w)"
)
_ANNOUNCEMENT: Final = re.compile(
    r",?\s*(?:cụ thể|như sau|với các|một số nội dung|các nội dung|nội dung sau)[^:]*:?\s*$"
)


def known_day(
    head: Head, attached: Attached | None, earlier: Sequence[tuple[date, str]]
) -> LetterDay:
    """The day of the head, else that of an annex; `earlier` are days it cannot be older than."""
    printed = head.dated or attached
    year, month, number = (
        (printed.year, printed.month, printed.day) if printed else (None, None, None)
    )
    day = _day(year, month, number)
    if day:
        return LetterDay(day=day, year=day.year, month=day.month)
    bound, why = max(earlier, default=(None, None))
    evidence = "; ".join(filter(None, (_printed(head, attached), why)))
    return LetterDay(year=year, month=month, not_before=bound, evidence=evidence or None)


def bounded(known: LetterDay, deadlines: Iterable[str]) -> LetterDay:
    """A letter without its day is no later than the first deadline that it can have set."""
    if known.day:
        return known
    days = [date.fromisoformat(deadline[:10]) for deadline in deadlines]
    possible = [day for day in days if known.not_before is None or day >= known.not_before]
    first = min(possible, default=None)
    if first is None:
        return known
    why = f"hạn đầu tiên {first.day}/{first.month}/{first.year}"
    evidence = "; ".join(filter(None, (known.evidence, why)))
    return replace(known, not_after=first, evidence=evidence)


def needs_again(known: LetterDay) -> bool:
    """Whether days without a year can be read better now that there is an upper bound."""
    return known.year is None and known.not_before is None and known.not_after is not None


def partial(known: LetterDay) -> str | None:
    """ "2021-05", "2021", or None with a whole day or with nothing printed."""
    if known.day or known.year is None:
        return None
    return f"{known.year}-{known.month:02d}" if known.month else str(known.year)


def without_announcement(text: str) -> str:
    """The request of an opening without "cụ thể:" and the like at its end."""
    plain = _ANNOUNCEMENT.sub("", text).rstrip(" :,.")
    return _COURTESY.sub("", plain)


def _printed(head: Head, attached: Attached | None) -> str | None:
    if head.dated is None and attached and attached.year:
        return f"phụ lục “{attached.number.passage.text}”"
    return None


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None  # 31/6: kept as written, said by the checks, never moved
