"""Counts, shares, days and moments in print, in Vietnamese (`vi`) and English (`en`).

Screen, letter and sheet all come through here, so they cannot differ. A missing value (`None`) is
printed as an en dash, never as 0. Shares are rounded half up to two decimals. Any language but
English is Vietnamese. Units of measure stand after a no-break space.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

MISSING: Final = "–"
MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"
VIETNAM: Final = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""The legal time of Viet Nam, without summer time since 1975."""

BLANK_NUMBER: Final = NBSP * 9
BLANK_DAY: Final = NBSP * 6
_CENT: Final = Decimal("0.01")
_SWAPPED: Final = str.maketrans(",.", ".,")
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def is_english(lang: str) -> bool:
    """Whether `lang` asks for English; everything else is Vietnamese."""
    return lang.startswith("en")


def count(n: int | None, lang: str = "vi") -> str:
    """A count of people, phones or places.

    >>> count(1487817), count(1487817, "en"), count(-3302), count(None)
    ('1.487.817', '1,487,817', '−3.302', '–')
    """
    return MISSING if n is None else _in_language(f"{n:,}", lang)


def signed_count(n: int | None, lang: str = "vi") -> str:
    """A change of a count.

    >>> signed_count(1203), signed_count(-1203, "en"), signed_count(0)
    ('+1.203', '−1,203', '0')
    """
    if n is None:
        return MISSING
    return _in_language(f"{n:+,}" if n else "0", lang)


def share(percent: Decimal | None, lang: str = "vi") -> str:
    """A share in per cent without its sign, for a column whose head carries the unit.

    >>> share(Decimal("13.6")), share(Decimal("12.345"), "en"), share(None)
    ('13,60', '12.35', '–')
    """
    return MISSING if percent is None else _in_language(f"{rounded(percent):,}", lang)


def share_percent(percent: Decimal | None, lang: str = "vi") -> str:
    """A share with its sign.

    >>> share_percent(Decimal("26.14")), share_percent(Decimal("26.14"), "en")
    ('26,14\\xa0%', '26.14%')
    """
    return MISSING if percent is None else share(percent, lang) + _percent_sign(lang)


def points(difference: Decimal | None, lang: str = "vi") -> str:
    """The difference of two shares: percentage points, never per cent.

    >>> points(Decimal("0.28")), points(Decimal("-1.5"), "en"), points(Decimal(0))
    ('+0,28\\xa0điểm', '−1.50\\xa0pp', '0,00\\xa0điểm')
    """
    if difference is None:
        return MISSING
    return _signed(difference, lang) + NBSP + ("pp" if is_english(lang) else "điểm")


def signed_share(difference: Decimal | None, lang: str = "vi") -> str:
    """Percentage points without their unit, for a column whose head carries it.

    >>> signed_share(Decimal("0.28")), signed_share(Decimal("-1.5"), "en")
    ('+0,28', '−1.50')
    """
    return MISSING if difference is None else _signed(difference, lang)


def change_percent(percent: Decimal | None, lang: str = "vi") -> str:
    """A relative change of a count.

    >>> change_percent(Decimal("2.13")), change_percent(Decimal("-2.13"), "en")
    ('+2,13\\xa0%', '−2.13%')
    """
    return MISSING if percent is None else _signed(percent, lang) + _percent_sign(lang)


def ratio(numerator: int | None, denominator: int | None, lang: str = "vi") -> str:
    """A numerator over its base.

    >>> ratio(202379, 1487817)
    '202.379\\xa0/\\xa01.487.817'
    """
    return f"{count(numerator, lang)}{NBSP}/{NBSP}{count(denominator, lang)}"


def date(day: dt.date | None, lang: str = "vi") -> str:
    """A day. Vietnamese days below 10 and months 1 and 2 take a leading zero (Decree 30/2020).

    >>> date(dt.date(2021, 5, 26)), date(dt.date(2021, 2, 3)), date(dt.date(2021, 5, 26), "en")
    ('26/5/2021', '03/02/2021', '26 May 2021')
    """
    if day is None:
        return MISSING
    if is_english(lang):
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:02}/{_month(day)}/{day.year}"


def moment(at: dt.datetime | None, lang: str = "vi") -> str:
    """A moment, in the legal time of Viet Nam; it must know its own offset.

    >>> at = dt.datetime(2020, 8, 28, 9, 0, tzinfo=dt.UTC)
    >>> moment(at), moment(at, "en")
    ('16:00 ngày 28/8/2020', '28 Aug 2020, 16:00')
    """
    if at is None:
        return MISSING
    here = _here(at)
    day, clock = date(here.date(), lang), f"{here:%H:%M}"
    return f"{day}, {clock}" if is_english(lang) else f"{clock} ngày {day}"


def clock(at: dt.datetime, lang: str = "vi") -> str:
    """The time of day of a moment, in the legal time of Viet Nam (the same in both languages).

    >>> clock(dt.datetime(2020, 8, 28, 1, 12, tzinfo=dt.UTC))
    '08:12'
    """
    return f"{_here(at):%H:%M}"


def day_words(day: dt.date | None, *, year: int | None = None) -> str:
    """The day of a letter; blanks for the clerk where it is not known.

    >>> day_words(dt.date(2021, 2, 5))
    'ngày 05 tháng 02 năm 2021'
    >>> day_words(None, year=2021).replace(NBSP, "_")
    'ngày______ tháng______ năm 2021'
    """
    if day is not None:
        return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"
    return f"ngày{BLANK_DAY} tháng{BLANK_DAY} năm {BLANK_DAY if year is None else year}".rstrip(" ")


def day_line(place: str, day: dt.date | None, *, year: int | None = None) -> str:
    """Place and day of a letter (Decree 30/2020).

    >>> day_line("Bình Định", dt.date(2021, 2, 5))
    'Bình Định, ngày 05 tháng 02 năm 2021'
    """
    return f"{place}, {day_words(day, year=year)}"


def serial(number: int | None, symbol: str) -> str:
    """Number and symbol of a letter; numbers below 10 take a leading zero, unknown ones a blank.

    >>> serial(7, "STTTT-CNTT"), serial(None, "STTTT-TTBCXB").strip(NBSP)
    ('07/STTTT-CNTT', '/STTTT-TTBCXB')
    """
    return f"{BLANK_NUMBER if number is None else format(number, '02')}/{symbol}"


def rounded(value: Decimal) -> Decimal:
    """Two decimals, half up; nothing has no sign.

    >>> rounded(Decimal("12.345")), rounded(Decimal("-0.001"))
    (Decimal('12.35'), Decimal('0.00'))
    """
    exact = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    return exact or abs(exact)


def _signed(value: Decimal, lang: str) -> str:
    exact = rounded(value)
    return _in_language(f"{exact:+,}" if exact else f"{exact}", lang)


def _in_language(text: str, lang: str) -> str:
    signed = text.replace("-", MINUS)
    return signed if is_english(lang) else signed.translate(_SWAPPED)


def _percent_sign(lang: str) -> str:
    return "%" if is_english(lang) else f"{NBSP}%"


def _month(day: dt.date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)


def _here(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        reason = "a moment in print must know its offset"
        raise ValueError(reason)
    return at.astimezone(VIETNAM)
