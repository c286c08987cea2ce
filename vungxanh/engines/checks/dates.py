"""The moment a figure speaks of, as official tables write it; a day without a year is refused."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from vungxanh.documents.grids import Cell
from vungxanh.documents.vietnamese import VIETNAM
from vungxanh.engines.checks.types import AsOf, CheckError
from vungxanh.refusals import Words

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?")
_DAY: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)"
    r"|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(\d{1,2})\s*(?:h|:|giờ)\s*(\d{2})?[\s'’]*(?:phút)?\s*(sáng|chiều|tối)?[\s,]*(?:ngày\s*)?$",
    re.IGNORECASE,
)
_CLOCK_AFTER: Final = re.compile(r"[\s,]*(?:lúc\s*)?(\d{1,2})\s*(?:h|:|giờ)\s*(\d{2})?")
# A day and month with no year of four digits after them, where a day is surely meant.
_DAY_ONLY: Final = re.compile(
    r"(?:ngày|đến|lúc|tính)\s+(\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2})?)(?!\s*[/.-]?\d)"
    r"|(?:ngày|đến)\s+(\d{1,2}\s+tháng\s+\d{1,2})(?!\d|\s+năm\s+\d{4})",
    re.IGNORECASE,
)
_BARE_DAY: Final = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2})?")
_NOON: Final = 12


def as_of_in(text: str, where: str | None = None) -> AsOf | None:
    """The first day or moment that a text names; None if it names none.

    >>> as_of_in("Thống kê đến 17h00 ngày 26/5/2021").isoformat()
    '2021-05-26T17:00:00+07:00'

    Raises `checks.date_without_year` for "ngày 26/5", `checks.no_such_day` for 31/2/2021.
    """
    iso = _ISO.search(text)
    if iso:
        return _iso(iso.group(), where)
    full = _DAY.search(text)
    if full:
        return _moment(text, full, where)
    partial = _DAY_ONLY.search(text)
    if partial:
        raise _without_year(partial.group(1) or partial.group(2), where)
    return None


def as_of_title(title: str) -> AsOf | None:
    """The day or moment that the words above a table say of its figures.

    The day of the letter that a form belongs to ("Kèm theo Công văn số … ngày 27/8/2020") is none;
    that of the place line ("Bình Phước, ngày 28 tháng 8 năm 2020") stands behind any other.

    >>> as_of_title("A, ngày 2 tháng 9 năm 2020 Số liệu đến ngày 1/9/2020").isoformat()
    '2020-09-01'
    """
    own = _ATTACHED.sub(" ", title)
    return as_of_in(_PLACE_LINE.sub(" ", own)) or as_of_in(own)


_ATTACHED: Final = re.compile(
    r"(?:ban hành\s+)?kèm\s+theo\s+(?:công văn|văn bản|quyết định|kế hoạch|thông báo|tờ trình)"
    r"[^()]*?ngày\s+[\d\s./-]*(?:\d|tháng\s+\d{1,2}\s+năm\s+\d{4})",
    re.IGNORECASE,
)
_PLACE_LINE: Final = re.compile(
    r"[^\W\d_]+,\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE
)


def as_of_cell(cell: Cell) -> AsOf | None:
    """The day or moment in a cell of an as-of column; None if blank or without a day."""
    if isinstance(cell.value, datetime):
        return cell.value if cell.value.tzinfo else cell.value.replace(tzinfo=VIETNAM)
    if isinstance(cell.value, date):
        return cell.value
    if _BARE_DAY.fullmatch(cell.text):
        raise _without_year(cell.text, cell.place.vi)
    try:
        return _remembered(cell.text)
    except CheckError:
        return as_of_in(cell.text, cell.place.vi)


_remembered: Final = lru_cache(maxsize=4_096)(as_of_in)


def moment_of(as_of: AsOf) -> datetime:
    """A comparable moment: a day alone stands for its beginning in Viet Nam."""
    if isinstance(as_of, datetime):
        return as_of if as_of.tzinfo else as_of.replace(tzinfo=VIETNAM)
    return datetime.combine(as_of, time(), tzinfo=VIETNAM)


def day_of(as_of: AsOf) -> date:
    """The calendar day in Viet Nam."""
    return moment_of(as_of).astimezone(VIETNAM).date()


def _iso(text: str, where: str | None) -> AsOf:
    try:
        if len(text) == len("2021-05-26"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _no_such_day(text, where) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _moment(text: str, match: re.Match[str], where: str | None) -> AsOf:
    day, month, year = (int(part) for part in match.groups() if part)
    try:
        on = date(year, month, day)
        at = _clock(text[: match.start()], text[match.end() :])
    except ValueError:
        raise _no_such_day(match.group(), where) from None
    return on if at is None else datetime.combine(on, at, tzinfo=VIETNAM)


def _clock(before: str, after: str) -> time | None:
    match = _CLOCK.search(before)
    if match is None:
        later = _CLOCK_AFTER.match(after)
        return time(int(later.group(1)), int(later.group(2) or 0)) if later else None
    hour, minute, part = int(match.group(1)), int(match.group(2) or 0), match.group(3)
    is_afternoon = part is not None and part.lower() != "sáng"
    return time(hour + _NOON if is_afternoon and hour < _NOON else hour, minute)


def _without_year(day: str, where: str | None) -> CheckError:
    return CheckError(
        "checks.date_without_year",
        Words(
            _at(where, f"ngày “{day}” không ghi đủ năm: viết đủ ngày/tháng/năm, ví dụ 26/5/2021."),
            f"The day “{day}” does not name a full year: write day/month/year, e.g. 26/5/2021.",
        ),
        field="as_of",
        where=where,
    )


def _no_such_day(day: str, where: str | None) -> CheckError:
    return CheckError(
        "checks.no_such_day",
        Words(
            _at(where, f"không có ngày giờ “{day}”: kiểm tra lại ngày, tháng, năm và giờ."),
            f"There is no such day or hour as “{day}”: check day, month, year and hour.",
        ),
        field="as_of",
        where=where,
    )


def _at(where: str | None, sentence: str) -> str:
    whole = f"{where}: {sentence}" if where else sentence
    return whole[0].upper() + whole[1:]
