"""Numbers and days on pages, in the reader's language; all formatting is `documents.vietnamese`."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese


def count(value: int | None) -> str:
    """A count of people, phones or places."""
    return vietnamese.count(value, reader_language())


def signed_count(value: int | None) -> str:
    """A change of a count."""
    return vietnamese.signed_count(value, reader_language())


def share(value: Decimal | None) -> str:
    """A share without its sign, for columns whose head says per cent."""
    return vietnamese.share(value, reader_language())


def percent(value: Decimal | None) -> str:
    """A share with its sign."""
    return vietnamese.share_percent(value, reader_language())


def points(value: Decimal | None) -> str:
    """A difference of shares, in percentage points."""
    return vietnamese.points(value, reader_language())


def change(value: int | Decimal | None) -> str:
    """A change without its sign: an arrow beside it gives the direction."""
    if isinstance(value, Decimal):
        return vietnamese.points(abs(value), reader_language()).lstrip("+")
    return vietnamese.count(None if value is None else abs(value), reader_language())


def date_vi(value: date | None) -> str:
    """A day."""
    return vietnamese.date(value, reader_language())


def short_day(value: date) -> str:
    """A day without its year, for axes and narrow columns."""
    separator = " " if vietnamese.is_english(reader_language()) else "/"
    written = f"{value.day}/{value.month}/{value.year}"
    whole = vietnamese.date(value, reader_language()) if separator == " " else written
    return whole.rsplit(separator, 1)[0]


def moment(value: date | datetime | None) -> str:
    """A moment with its day; a plain day stays a day."""
    if isinstance(value, datetime):
        return vietnamese.moment(value, reader_language())
    return vietnamese.date(value, reader_language())


def clock(value: datetime) -> str:
    """The time of day."""
    return vietnamese.clock(value, reader_language())


def edge(value: Decimal) -> str:
    """The edge of a band: 9 or 12,5, without needless zeros."""
    whole = int(value)
    return count(whole) if whole == value else share(value).rstrip("0")


def round_percent(value: Decimal) -> str:
    """A share as it was asked for, without needless zeros: 60 % of a target, 12,5 %."""
    return edge(value) + vietnamese.share_percent(value, reader_language())[len(share(value)) :]


def initials(name: str) -> str:
    """The letters of an avatar: the first and the last word's."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def missing(reason: str) -> SafeString:
    """An en dash that says why there is no figure, to the mouse and to a screen reader."""
    return format_html(
        '<span class="vx-missing" title="{reason}"><span aria-hidden="true">–</span>'
        '<span class="visually-hidden">{reason}</span></span>',
        reason=reason,
    )


FILTERS: tuple[Callable[..., str], ...] = (
    count,
    signed_count,
    share,
    percent,
    points,
    change,
    date_vi,
    short_day,
    moment,
    clock,
    edge,
    round_percent,
    initials,
)


def add_to(register: template.Library) -> None:
    """Register the filters, and `{% missing "reason" %}`."""
    for function in FILTERS:
        register.filter(function.__name__, function)
    register.simple_tag(missing)
