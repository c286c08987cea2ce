"""Written numbers, Vietnamese (1.234,5) and English (1,234.5), read by evidence and never guessed.

A separator that stands twice, or beside another one, or before other than three digits, tells
its own role. A single one before exactly three digits ("1.234") does not: the column decides (a
count has no decimals, a percentage no thousands), then the other cells; else it is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from vungxanh.engines.checks.types import CheckError, MarkRole
from vungxanh.refusals import Words

Kind = Literal["count", "share"]
Evidence = frozenset[tuple[MarkRole, str]]

NO_EVIDENCE: Final[Evidence] = frozenset()
# What people write where there is no figure; it is unknown, not zero.
# "-" is taken so although yearbooks print it for zero: what was not counted may not become 0.
BLANKS: Final = frozenset(
    (
        *("", "-", "--", "–", "—", "…", "...", "x", "?", "n/a", "#n/a", "na", "null", "none"),
        *("chưa", "chưa có", "chưa rõ", "chưa biết", "chưa báo cáo", "chưa cập nhật"),
        *("chưa có số liệu", "chưa có báo cáo", "chưa thống kê", "chưa tổng hợp"),
        *("không rõ", "không biết", "không báo cáo", "không thống kê", "không có số liệu"),
        *("không có báo cáo", "no data", "not available", "unknown", "pending"),
    )
)
# Either "counted, and there are none" or "there is no figure": nobody can tell, so it is refused.
NEITHER: Final = frozenset(("không", "không có", "ko", "ko có", "k", "no", "nil"))
_UNITS: Final = r"(?:người|dân|máy|thuê bao|lượt|điểm|tờ khai|hộ|%)"
_SCALES: Final = {
    "nghìn": 3,
    "ngàn": 3,
    "thousand": 3,
    "triệu": 6,
    "million": 6,
    "tỷ": 9,
    "tỉ": 9,
    "billion": 9,
}
_NUMBER: Final = re.compile(
    r"(?P<sign>[-−+]?)\s*(?P<digits>\d[\d.,\s]*)"
    rf"(?:\s*(?P<scale>{'|'.join(_SCALES)}))?\s*(?P<unit>{_UNITS})?",
    re.IGNORECASE,
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[., ]\d{3})+")
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as read: exact value, decimals as written, and the roles its separators showed.

    `open_sign` is the one separator whose role the number alone does not tell; `value` then
    takes it for a decimal sign.
    """

    value: Decimal
    decimals: int
    evidence: Evidence = NO_EVIDENCE
    open_sign: str | None = None
    is_percent: bool = False


def is_blank(text: str) -> bool:
    """Whether a cell says that there is no figure.

    >>> is_blank("–"), is_blank("Chưa có số liệu."), is_blank("0"), is_blank("không")
    (True, True, False, False)
    """
    if not text:
        return True
    return not text.isdecimal() and _plain(text) in BLANKS


def is_neither(text: str) -> bool:
    """Whether a cell may say zero as well as that there is no figure: "không", "không có"."""
    return _plain(text) in NEITHER


def _plain(text: str) -> str:
    written = text.strip().lower()
    return written if written in BLANKS else " ".join(written.strip(" .;:()[]").split())


def numeral(text: str) -> Numeral | None:
    """A number by its own evidence alone; None if the text is not a number.

    >>> numeral("1.487.817").value, numeral("26,14 %").value, numeral("1.234").open_sign
    (Decimal('1487817'), Decimal('26.14'), '.')
    """
    if len(text) <= _LONGEST and text.isascii() and text.isdecimal():
        return Numeral(Decimal(text), 0)
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        return None
    read = _unsigned(" ".join(match["digits"].split()))
    if read is None:
        return None
    shift = _SCALES.get((match["scale"] or "").lower(), 0)
    value = read.value.scaleb(shift) if shift else read.value
    return Numeral(
        value=-value if match["sign"] in ("-", "−") else value,
        decimals=read.decimals,
        evidence=read.evidence,
        open_sign=None if shift else read.open_sign,
        is_percent=match["unit"] == "%",
    )


def _unsigned(digits: str) -> Numeral | None:
    signs = [c for c in digits if not c.isdecimal()]
    if not signs:
        return Numeral(Decimal(digits), 0)
    if len(set(signs)) == 1 and len(signs) > 1:
        return _grouped(digits, signs[0])
    whole, _, fraction = digits.rpartition(signs[-1])
    if len(signs) == 1:
        return _single(whole, signs[0], fraction)
    inner = set(signs[:-1])
    if len(inner) > 1 or signs[-1] in inner or signs[-1] == " " or not fraction:
        return None
    grouped = _grouped(whole, signs[0])
    return grouped and _with_decimals(grouped, signs[-1], fraction)


def _grouped(digits: str, sign: str) -> Numeral | None:
    if not _GROUPED.fullmatch(digits):
        return None
    return Numeral(Decimal(digits.replace(sign, "")), 0, frozenset({("groups", sign)}))


def _single(whole: str, sign: str, fraction: str) -> Numeral | None:
    if sign == " ":
        return _grouped(f"{whole} {fraction}", sign)
    if not whole or not fraction:
        return None
    plain = _with_decimals(Numeral(Decimal(whole), 0), sign, fraction)
    if len(fraction) != 3 or len(whole) > 3 or whole.startswith("0"):
        return plain
    return Numeral(plain.value, plain.decimals, open_sign=sign)


def _with_decimals(whole: Numeral, sign: str, fraction: str) -> Numeral:
    value = Decimal(f"{whole.value}.{fraction}")
    marks: Evidence = frozenset({("decimal", sign)})
    return Numeral(value, len(fraction), whole.evidence | marks)


def evidence_of(numerals: Iterable[Numeral | None]) -> Evidence:
    """What the unambiguous numbers among `numerals` tell about their separators."""
    return frozenset(mark for read in numerals if read for mark in read.evidence)


def settled(read: Numeral, kind: Kind | None, evidence: Evidence = NO_EVIDENCE) -> Numeral | None:
    """The number with its open separator decided; None where nothing decides it.

    >>> settled(numeral("1.234"), "count").value, settled(numeral("1.234"), None) is None
    (Decimal('1234'), True)
    """
    sign = read.open_sign
    if sign is None:
        return read
    roles = {role for role, seen in evidence if seen == sign}
    if kind == "share":
        roles = {"decimal"}
    elif kind == "count" and not roles:
        roles = {"groups"}
    if roles == {"groups"}:
        value = read.value.scaleb(read.decimals)
        return Numeral(value, 0, frozenset({("groups", sign)}), is_percent=read.is_percent)
    if roles == {"decimal"}:
        marks: Evidence = frozenset({("decimal", sign)})
        return Numeral(read.value, read.decimals, marks, is_percent=read.is_percent)
    return None


def read_number(
    text: str, *, kind: Kind | None = None, evidence: Evidence = NO_EVIDENCE
) -> Numeral:
    """A written number, or `CheckError`: it is no number, or nothing tells what its sign means.

    `kind` is what the place says (a count, a percentage); `evidence` what its neighbours show.
    """
    read = numeral(text)
    if read is None:
        code = "checks.not_a_number"
        raise CheckError(code, not_a_number(text))
    certain = settled(read, kind, evidence)
    if certain is None:
        code = "checks.ambiguous_number"
        raise CheckError(code, ambiguous(text))
    return certain


def not_a_number(text: str) -> Words:
    """The sentence for text where a figure should be."""
    return Words(
        f"“{text[:40]}” không phải là số: ghi lại bằng chữ số, để trống nếu chưa có số liệu.",
        f"“{text[:40]}” is not a number: write it in digits, leave it blank if not known.",
    )


def zero_or_missing(text: str) -> Words:
    """The sentence for words that may mean zero or nothing."""
    return Words(
        f"“{text}” có thể là bằng 0 hoặc là chưa có số liệu: ghi 0 nếu đã đếm và không có, để trống"
        " nếu chưa có số liệu.",
        f"“{text}” may mean zero or that nothing is known: write 0 if it was counted and there are"
        " none, leave it blank if it is not known.",
    )


def ambiguous(text: str) -> Words:
    """The sentence for a number that can be read in two ways."""
    return Words(
        f"“{text}” có thể là số nghìn hoặc số thập phân và không có gì quanh đó cho biết:"
        " ghi lại cho rõ.",
        f"“{text}” may be thousands or decimals and nothing around it tells which:"
        " write it without doubt.",
    )
