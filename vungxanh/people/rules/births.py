"""Years and days of birth as people write them."""

import re
from datetime import date

OLDEST_YEARS = 130
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_birth(text: str, today: date) -> str | None:
    """A year "1985" or a day "1985-03-20"; None where it is neither, or cannot be of anybody alive.

    >>> from datetime import date
    >>> today = date(2026, 1, 1)
    >>> read_birth("20/3/1985", today), read_birth("1985", today), read_birth("30/2/1985", today)
    ('1985-03-20', '1985', None)
    """
    plain = text.strip()
    if re.fullmatch(r"\d{4}", plain):
        return plain if today.year - OLDEST_YEARS <= int(plain) <= today.year else None
    found = _day(plain)
    if found is None or not today.year - OLDEST_YEARS <= found.year or found > today:
        return None
    return found.isoformat()


def year_of(birth: str) -> int | None:
    """The year of a birth that `read_birth` gave; None for none."""
    return int(birth[:4]) if birth else None


def _day(text: str) -> date | None:
    first, second = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    try:
        if first:
            return date(int(first[3]), int(first[2]), int(first[1]))
        return date(int(second[1]), int(second[2]), int(second[3])) if second else None
    except ValueError:
        return None
