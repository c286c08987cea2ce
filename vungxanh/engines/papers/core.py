"""One paper from what is typed, printed or kept in a spreadsheet; how its number is shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from vungxanh.engines.papers.tables import BENEFITS, FIRST_COUNTRY, PROVINCES
from vungxanh.engines.papers.types import BadPaperError, Finding, Kind, Paper, Reason
from vungxanh.protocol.personal.values import Sex

LONGEST: Final = 40
"""Characters of a written number; more are something else."""
N_HIDDEN: Final = 6
"""Decision 1405/QĐ-BTTTT of 11/9/2021: the first six characters are starred."""

# Full-width forms (U+FF01 to U+FF5E) are those of ASCII, shifted.
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS: Final = re.compile(r"[\s.\-‐‑‒–—'’\u200b-\u200e\u2060\ufeff]+")
_VIETNAMESE: Final = re.compile(r"[A-Z][0-9]{7,8}")
_FOREIGN: Final = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,9}")
_INSURANCE: Final = re.compile(r"[A-Z]{2}[0-9]{13}")


def read_paper(text: str, kind: Kind | None = None, *, on: date | None = None) -> Paper:
    """The paper that `text` numbers. Raises `BadPaperError` with its reason.

    Without `kind` it is told by length and letters; what may be several kinds is refused, nine
    digits are an old identity card and say so in `checks`. Zeros that a spreadsheet dropped are
    put back where the kind is sure. `on` refuses years of birth after it.

    >>> paper = read_paper("052 185 000 001")
    >>> paper.kind.value, paper.birth_year, paper.sex.value, paper.province
    ('cccd', 1985, 'female', '52')
    >>> read_paper("52185000001").number, read_paper("gd 4 52 0000000001").social_code
    ('052185000001', '0000000001')
    >>> read_paper("B1234567").kind.value, read_paper("123456789").checks[0].value
    ('passport', 'may_be_passport')
    """
    number = _plain(text)
    paper = _READERS[kind or _kind_of(number)](number)
    if on is not None and paper.birth_year is not None and paper.birth_year > on.year:
        raise BadPaperError(Reason.BIRTH_YEAR)
    is_guess = kind is None and paper.kind is Kind.CMND
    return _with(paper, Finding.MAY_BE_PASSPORT) if is_guess else paper


def masked(paper: Paper) -> str:
    """The number with its first six characters starred, however short it is.

    >>> masked(read_paper("052185000001")), masked(read_paper("123456789"))
    ('******000001', '******789')
    """
    return "*" * N_HIDDEN + paper.number[N_HIDDEN:]


def same_paper(one: Paper, other: Paper) -> bool | None:
    """Whether two numbers are of one paper; None where numbers cannot tell.

    An old identity card and a citizen's card hold nothing in common: that both are one person's
    only other data can say (the code on the chip card, name and day of birth).

    >>> same_paper(read_paper("GD4520000000001"), read_paper("0000000001"))
    True
    >>> same_paper(read_paper("123456789"), read_paper("052185000001")) is None
    True
    """
    if one.kind is not other.kind:
        return None
    if one.kind is Kind.BHYT:
        return one.social_code == other.social_code
    return one.number == other.number


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise BadPaperError(Reason.LENGTH)
    number = _SIGNS.sub("", text.translate(_WIDE))
    if not number:
        raise BadPaperError(Reason.EMPTY)
    if not re.fullmatch(r"[A-Za-z0-9]+", number):
        raise BadPaperError(Reason.SIGNS)
    return number.upper()


def _kind_of(number: str) -> Kind:
    """The kind by length and letters."""
    if number.isdigit():
        return _kind_of_digits(len(number))
    if len(number) == 15:
        return Kind.BHYT
    if 6 <= len(number) <= 9:
        return Kind.PASSPORT
    raise BadPaperError(Reason.LENGTH)


def _kind_of_digits(length: int) -> Kind:
    if 6 <= length <= 8:  # an old card without its zero, or a foreign passport
        raise BadPaperError(Reason.UNCLEAR)
    found = {9: Kind.CMND, 10: Kind.BHYT, 11: Kind.CCCD, 12: Kind.CCCD}.get(length)
    if found is None:
        raise BadPaperError(Reason.LENGTH)
    return found


def _cmnd(number: str) -> Paper:
    return _digits(Kind.CMND, number, (8, 9))


def _cccd(number: str) -> Paper:
    """Province or country (3), century and sex (1), year of birth (2), serial (6)."""
    plain = _digits(Kind.CCCD, number, (10, 12))
    code, of_century, year = plain.number[:3], int(plain.number[3]), int(plain.number[4:6])
    is_abroad = int(code) >= FIRST_COUNTRY
    if not is_abroad and code[1:] not in PROVINCES:
        raise BadPaperError(Reason.PROVINCE)
    if of_century > 3:  # 4 to 9 are for births from 2100 on
        raise BadPaperError(Reason.CENTURY)
    found = Paper(
        Kind.CCCD,
        plain.number,
        plain.checks,
        birth_year=1900 + 100 * (of_century // 2) + year,
        sex=Sex.FEMALE if of_century % 2 else Sex.MALE,
        province=None if is_abroad else code[1:],
    )
    return _with(found, Finding.COUNTRY_CODE) if is_abroad else found


def _passport(number: str) -> Paper:
    if _VIETNAMESE.fullmatch(number):
        return Paper(Kind.PASSPORT, number)
    if not 6 <= len(number) <= 9:
        raise BadPaperError(Reason.LENGTH)
    if not _FOREIGN.fullmatch(number):
        raise BadPaperError(Reason.SHAPE)
    return Paper(Kind.PASSPORT, number, (Finding.FOREIGN_FORM,))


def _insurance(number: str) -> Paper:
    """Whom it insures (2 letters), benefit (1), province (2), social insurance code (10)."""
    if number.isdigit():
        return _digits(Kind.BHYT, number, (9, 10))
    if len(number) != 15:
        raise BadPaperError(Reason.LENGTH)
    if not _INSURANCE.fullmatch(number):
        raise BadPaperError(Reason.SHAPE)
    if number[2] not in BENEFITS:
        raise BadPaperError(Reason.BENEFIT)
    if number[3:5] not in PROVINCES:
        return Paper(Kind.BHYT, number, (Finding.UNKNOWN_PROVINCE,))
    return Paper(Kind.BHYT, number, province=number[3:5])


def _digits(kind: Kind, number: str, lengths: tuple[int, int]) -> Paper:
    """Digits of a full length; one that lost zeros no longer begins with one."""
    shortest, full = lengths
    if not number.isdigit():
        raise BadPaperError(Reason.SHAPE)
    if len(number) == full:
        return Paper(kind, number)
    if not shortest <= len(number) < full or number.startswith("0"):
        raise BadPaperError(Reason.LENGTH)
    return Paper(kind, number.zfill(full), (Finding.ZEROS_ADDED,))


def _with(paper: Paper, finding: Finding) -> Paper:
    return replace(paper, checks=(*paper.checks, finding))


_READERS: Final[Mapping[Kind, Callable[[str], Paper]]] = {
    Kind.CMND: _cmnd,
    Kind.CCCD: _cccd,
    Kind.PASSPORT: _passport,
    Kind.BHYT: _insurance,
}
