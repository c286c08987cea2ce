"""Number formats of a workbook: which numbers are dates, which are shown as percent.

Source: ECMA-376 Part 1 (2016), 18.8.30 numFmt (built-in identifiers, format codes) and
18.17.4.1 (serial dates, the 1900 and 1904 systems).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

_LITERALS: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DECIMALS: Final = re.compile(r"\.([0#?]+)")
_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_DATES: Final = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)))
# The 1900 system counts a 29 February 1900 that never was; from 1 March 1900 this day is zero.
_DAY_ZERO: Final = date(1899, 12, 30)
_DAY_ZERO_1904: Final = date(1904, 1, 1)
_FIRST_TRUE_SERIAL: Final = 61
_LAST_SERIAL: Final = 2_958_465
_MINUTES_A_DAY: Final = 1_440


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a sheet shows a number; `decimals` is None where it shows as many as there are."""

    is_date: bool = False
    percent: bool = False
    decimals: int | None = None


GENERAL: Final = NumberFormat()


def number_format(identifier: int, codes: dict[int, str]) -> NumberFormat:
    """The format behind an identifier: the workbook's own code, else the built-in one.

    >>> number_format(10, {}), number_format(164, {164: "dd/mm/yyyy"}).is_date
    (NumberFormat(is_date=False, percent=True, decimals=2), True)
    """
    code = codes.get(identifier, _BUILT_IN.get(identifier))
    if code is None:
        return NumberFormat(is_date=True) if identifier in _DATES else GENERAL
    if code.lower() == "general":
        return GENERAL
    shown = _LITERALS.sub("", code).split(";")[0].lower()
    if "d" in shown or "y" in shown:
        return NumberFormat(is_date=True)
    decimals = _DECIMALS.search(shown)
    n_decimals = len(decimals.group(1)) if decimals else 0
    return NumberFormat(percent="%" in shown, decimals=n_decimals if "0" in shown else None)


def date_of_serial(serial: Decimal, *, since_1904: bool) -> date | None:
    """The day (or moment, to the minute, without offset) of a serial number; None if none."""
    if not (0 if since_1904 else _FIRST_TRUE_SERIAL) <= serial <= _LAST_SERIAL:
        return None
    days = int(serial)
    minutes = round((serial - days) * _MINUTES_A_DAY)
    zero = _DAY_ZERO_1904 if since_1904 else _DAY_ZERO
    try:
        day = zero + timedelta(days=days)
    except OverflowError:
        return None
    if not minutes:
        return day
    return datetime.combine(day, time()) + timedelta(minutes=minutes)
