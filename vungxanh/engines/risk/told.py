"""An exposure in one sentence of each language; the numbers stand in `explained.Explained`."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from vungxanh.documents import vietnamese
from vungxanh.engines.risk.assessment import FIRED_WORDS, Verdict
from vungxanh.engines.risk.errors import RISK_CLASS_WORDS
from vungxanh.engines.risk.explained import STANDING_WORDS, Explained, Standing
from vungxanh.refusals import Words


def told(one: Explained) -> Words:
    """When and how long, how strong, what the rule says and why, and how wrong that can be."""
    return Words(_in_vietnamese(one), _in_english(one))


def minutes(value: Fraction, language: str) -> str:
    """Minutes with two decimals, cut: what stands as 9.00 has reached a threshold of 9.

    >>> minutes(Fraction("8.999"), "vi"), minutes(Fraction(9), "en")
    ('8,99', '9.00')
    """
    return vietnamese.share(Decimal(100 * value.numerator // value.denominator) / 100, language)


def missing_minutes(value: Fraction, language: str) -> str:
    """What is missing to a threshold, with two decimals, never less than it is.

    >>> missing_minutes(Fraction("0.001"), "vi"), missing_minutes(Fraction(4), "en")
    ('0,01', '4.00')
    """
    return vietnamese.share(-(Decimal(-100 * value.numerator // value.denominator) / 100), language)


def _in_vietnamese(one: Explained) -> str:
    return (
        f"{_when_in_vietnamese(one)}, máy nghe thấy máy của ca bệnh"
        f" {vietnamese.count(one.n_sightings)} lần, tính ra {minutes(one.minutes, 'vi')} phút"
        f"{_assumed_in_vietnamese(one)}, suy hao thường gặp {one.typical_db} dB, nhỏ nhất"
        f" {one.minimum_db} dB; theo {one.rule.name.vi}: {_why(one, 'vi')};"
        f" {one.verdict.assessed.error.words.vi}"
    )


def _in_english(one: Explained) -> str:
    n = vietnamese.count(one.n_sightings, "en")
    return (
        f"{_when_in_english(one)} the phone heard the case's phone {n}"
        f" {'time' if one.n_sightings == 1 else 'times'}, which counts as"
        f" {minutes(one.minutes, 'en')} minutes{_assumed_in_english(one)}, at a typical attenuation"
        f" of {one.typical_db} dB, least {one.minimum_db} dB; by {one.rule.name.en}:"
        f" {_why(one, 'en')}; {one.verdict.assessed.error.words.en}"
    )


def _assumed_in_vietnamese(one: Explained) -> str:
    if not one.n_assumed:
        return ""
    return f" ({one.n_assumed} trong {one.n_intervals} lần quét được coi là 2 phút)"


def _assumed_in_english(one: Explained) -> str:
    if not one.n_assumed:
        return ""
    return f" ({one.n_assumed} of {one.n_intervals} scans are taken for 2 minutes)"


def _why(one: Explained, language: str) -> str:
    if one.standing is not Standing.COUNTED:
        return STANDING_WORDS[one.standing].in_language(language)
    verdict = one.verdict
    risk = RISK_CLASS_WORDS[verdict.assessed.risk_class].in_language(language)
    fired = FIRED_WORDS[verdict.fired].in_language(language)
    return f"{risk}, {fired} ({_sum(verdict, language)})"


def _sum(verdict: Verdict, language: str) -> str:
    weighted = minutes(verdict.weighted_minutes, language)
    threshold = minutes(verdict.threshold_minutes, language)
    is_english = vietnamese.is_english(language)
    words = (
        f"{weighted} weighted minutes, threshold {threshold}"
        if is_english
        else f"{weighted} phút quy đổi, ngưỡng {threshold}"
    )
    if verdict.missing_minutes is None:
        return words
    missing = missing_minutes(verdict.missing_minutes, language)
    more = (
        f"{missing} short of the next class"
        if is_english
        else f"còn thiếu {missing} để lên mức trên"
    )
    return f"{words}, {more}"


def _when_in_vietnamese(one: Explained) -> str:
    begin, end = _second(one.starts_at), _second(one.ends_at)
    last = vietnamese.moment(end)
    if vietnamese.moment(begin).split()[1:] == last.split()[1:]:
        return f"Từ {vietnamese.clock(begin)} đến {last}"
    return f"Từ {vietnamese.moment(begin)} đến {last}"


def _when_in_english(one: Explained) -> str:
    begin, end = _second(one.starts_at), _second(one.ends_at)
    first, last = vietnamese.moment(begin, "en"), vietnamese.moment(end, "en")
    is_one_day = first.partition(",")[0] == last.partition(",")[0]
    return f"From {first} to {vietnamese.clock(end, 'en') if is_one_day else last}"


def _second(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
