"""Findings' sentences in both languages, every number formatted as each language prints it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from vungxanh.documents import vietnamese
from vungxanh.engines.checks.dates import moment_of
from vungxanh.refusals import Words

Sayable = str | int | Decimal | date | Words
_PLACES: Final = 2


def say(vi: str, en: str, **values: Sayable) -> Words:
    """Both templates filled: integers as counts, decimals as percent, days as days.

    >>> say("{n} người, {p}", "{n} people, {p}", n=202379, p=Decimal("13.60")).en
    '202,379 people, 13.60%'
    """
    return Words(
        vi.format(**{name: shown(value, "vi") for name, value in values.items()}),
        en.format(**{name: shown(value, "en") for name, value in values.items()}),
    )


def shown(value: Sayable, lang: str = "vi") -> str:
    """One value in print."""
    if isinstance(value, Words):
        return value.in_language(lang)
    if isinstance(value, int):
        return vietnamese.count(value, lang)
    if isinstance(value, Decimal):
        return percent(value, lang)
    if isinstance(value, datetime):
        return vietnamese.moment(moment_of(value), lang)
    return vietnamese.date(value, lang) if isinstance(value, date) else value


def percent(value: Decimal, lang: str) -> str:
    """A percentage with two decimals, or with as many as it was written with."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_PLACES:
        return vietnamese.share_percent(value, lang)
    digits = f"{value:f}"
    return f"{digits}%" if lang == "en" else f"{digits.replace('.', ',')}{vietnamese.NBSP}%"


def times(ratio: Fraction) -> Words:
    """A plain ratio with two decimals: 4,81."""
    value = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return Words(vietnamese.share(value, "vi"), vietnamese.share(value, "en"))


def points(difference: Decimal) -> Words:
    """A difference of two percentages, in points."""
    return Words(vietnamese.points(difference, "vi"), vietnamese.points(difference, "en"))


def signed(difference: int) -> Words:
    """A difference of two counts, with its sign."""
    return Words(
        vietnamese.signed_count(difference, "vi"), vietnamese.signed_count(difference, "en")
    )


def listed(parts: Iterable[Sayable]) -> Words:
    """Parts joined by commas in each language."""
    kept = list(parts)
    return Words(*(", ".join(shown(part, lang) for part in kept) for lang in ("vi", "en")))


def quoted(text: str) -> str:
    """Words of a document inside quotation marks."""
    return f"“{text}”"


def at_start(words: Words) -> Words:
    """Words as they begin a sentence."""
    return Words(words.vi[:1].upper() + words.vi[1:], words.en[:1].upper() + words.en[1:])
