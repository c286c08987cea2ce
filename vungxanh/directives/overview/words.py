"""Deadlines, targets, amounts and days of a letter in the reader's words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vungxanh.core.clock import TZ
from vungxanh.core.preferences import reader_language
from vungxanh.directives.rules import moment_of
from vungxanh.documents import vietnamese

END_OF_DAY = (23, 59)


def day_of(text: object) -> str:
    """A day, a moment or a part of a date ("2021-05", "2021") in print; other words as they are."""
    found = moment_of(text)
    if isinstance(text, str) and found is not None:
        is_day = "T" not in text
        return _day(found.date()) if is_day else moment(found)
    if isinstance(text, str) and len(text) == 7 and text[4] == "-":
        return f"{int(text[5:])}/{text[:4]}"
    return str(text or "")


def moment(at: datetime) -> str:
    """A moment; midnight and the last minute of a day are that day."""
    here = at.astimezone(TZ)
    is_whole = (here.hour, here.minute) in {(0, 0), END_OF_DAY}
    return _day(here.date()) if is_whole else vietnamese.moment(at, reader_language())


def last_moment(at: datetime) -> str:
    """The last good moment of a deadline: a day, or the moment before which all must be done."""
    here = at.astimezone(TZ)
    return moment(at if (here.hour, here.minute) == END_OF_DAY else at + timedelta(seconds=1))


def _day(day: date) -> str:
    return vietnamese.date(day, reader_language())


def due(deadline: Mapping[str, Any] | None) -> str:
    """A deadline as the page says it: "trước ngày 01/9" is the end of 31/8.

    Empty where the letter names none.
    """
    said = deadline or {}
    kind = said.get("type") or "none"
    if kind == "recurring":
        return rhythm(said.get("recurrence") or {}, said.get("start"))
    if kind == "immediate":
        return _("làm ngay")
    if kind == "unspecified":
        return _("theo quy định, không ghi ngày")
    return _dated(kind, said) if kind != "none" else ""


def _dated(kind: str, said: Mapping[str, Any]) -> str:
    at = moment_of(said.get("value"))
    if at is None:
        return str(said.get("text") or said.get("value") or _("chưa đọc được ngày"))
    here = at.astimezone(TZ)
    if kind == "before" and (here.hour, here.minute) == (0, 0):
        last = _day(here.date() - timedelta(days=1))
        return _("hết ngày %(day)s") % {"day": last}
    if kind == "before":
        return _("trước %(moment)s") % {"moment": vietnamese.moment(at, reader_language())}
    is_whole = "T" not in str(said.get("value")) or (here.hour, here.minute) == END_OF_DAY
    if not is_whole:
        return _("chậm nhất %(moment)s") % {"moment": vietnamese.moment(at, reader_language())}
    start = moment_of(said.get("start"))
    end = _("hết ngày %(day)s") % {"day": _day(here.date())}
    if kind == "until" and start:
        days = {"start": _day(start.astimezone(TZ).date()), "end": _day(here.date())}
        return _("từ %(start)s đến hết %(end)s") % days
    return end


def rhythm(said: Mapping[str, Any], start: object = None) -> str:
    """How an order repeats: hằng ngày, trước 16:00, ít nhất 2 lần, đến hết 31/8/2020."""
    words = {"daily": _("hằng ngày"), "continuous": _("thường xuyên, liên tục")}
    parts = [said.get("every") or words.get(str(said.get("freq")), _("định kỳ"))]
    if said.get("before_time"):
        parts.append(_("trước %(time)s") % {"time": said["before_time"]})
    if said.get("min_times"):
        times = said["min_times"]
        least = _("ít nhất %(n)s lần") % {"n": times}
        parts.append(least if isinstance(times, int) else str(times))
    begins, ends = moment_of(start), moment_of(said.get("until"))
    if begins:
        parts.append(_("từ %(day)s") % {"day": moment(begins)})
    if ends:
        parts.append(_("đến hết %(day)s") % {"day": _day(ends.astimezone(TZ).date())})
    return ", ".join(parts)


def due_note(deadline: Mapping[str, Any] | None) -> str:
    """Why the last good day is the one before the day that the letter names."""
    said = deadline or {}
    at = moment_of(said.get("value"))
    if said.get("type") != "before" or at is None:
        return ""
    here = at.astimezone(TZ)
    if (here.hour, here.minute) != (0, 0):
        return ""
    days = {"named": _day(here.date()), "last": _day(here.date() - timedelta(days=1))}
    return _("“Trước ngày %(named)s” không gồm ngày đó, nên ngày cuối là %(last)s.") % days


def amount(value: object, unit: object) -> str:
    """A figure with its unit: 13,66 %, 973.075 người, 50 triệu as it was counted."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return " ".join(str(part) for part in (value, unit) if part)
    exact = Decimal(str(value))
    whole = exact == exact.to_integral_value()
    number = vietnamese.count(int(exact), reader_language()) if whole else _decimal(exact)
    if unit == "%":
        return f"{number}%" if reader_language() == "en" else f"{number}\N{NO-BREAK SPACE}%"
    return f"{number} {unit}" if unit else number


def _decimal(exact: Decimal) -> str:
    text = f"{exact:,f}"
    return text if reader_language() == "en" else text.translate(str.maketrans(",.", ".,"))


def target(said: Mapping[str, Any] | None) -> str:
    """How much is asked: "ít nhất 2 lần / ngày", "100 % người có smartphone"."""
    if not said:
        return ""
    much = amount(said.get("value"), str(said.get("unit") or "").replace("/", " / "))
    least = {">=": _("ít nhất"), "<=": _("nhiều nhất")}.get(str(said.get("operator")), "")
    base = str(said.get("of") or "")
    return " ".join(part for part in (least, much, base) if part)
