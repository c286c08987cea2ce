"""One number from what people, forms and spreadsheets write; how it is shown."""

import re
from typing import Final

import phonenumbers

from vungxanh.engines.phones.tables import AREAS, BECAME, COUNTRY, ISSUED, SERVICE
from vungxanh.engines.phones.types import BadPhoneError, Kind, Phone, Reason

LONGEST: Final = 64
"""Characters of a written number; more are something else."""

_WIDE: Final = {0xFF10 + n: str(n) for n in range(10)} | {
    ord("＋"): "+", ord("－"): "-", ord("．"): ".", ord("（"): "(", ord("）"): ")",
}  # fmt: skip
_SCHEME: Final = re.compile(r"(?i)tel:")
# A number that a spreadsheet took for a quantity: it has no leading zero, and a fraction.
_QUANTITY: Final = re.compile(r"([1-9][0-9]{8,11})\.0")
_BETWEEN: Final = re.compile(r"[;/,&\n]")
_SIGNS: Final = re.compile(r"[\s.\-‐‑‒–—−·()\[\]'’\u200b-\u200e\u2060\ufeff]+")
_MASK: Final = "•••"
_SHOWN: Final = 3


def read_phone(text: str) -> Phone:
    """The number that `text` writes. Raises `BadPhoneError` with its reason.

    Dots, spaces, dashes and brackets do not matter; +84, 84 and 0084 are the country's, other
    codes need + or 00; a zero that a spreadsheet dropped is put back.

    >>> read_phone("(+84) 912.345.678").e164, read_phone("０９１２ 345 678").issuer.value
    ('+84912345678', 'VinaPhone')
    >>> read_phone("0844689393") == read_phone("844689393") == read_phone("84844689393")
    True
    >>> read_phone("0168 812 3456").national, read_phone("0168 812 3456").was_eleven
    ('0388123456', True)
    >>> read_phone("0257.3821982").kind.value, read_phone("+49 30 123456").kind.value
    ('landline', 'foreign')
    """
    written = _plain(text)
    if written.startswith("+"):
        return _after_plus(written[1:])
    if written.startswith("00"):
        return _after_plus(written[2:])
    # Written without its zero a number has nine digits where it begins with 84 (a mobile of
    # VinaPhone); with more digits these two are the country's code.
    if written.startswith(COUNTRY) and len(written) > 9:
        return _of_country(written[len(COUNTRY) :])
    return _of_country(written)


def masked(phone: Phone) -> str:
    """For lists and notices: first three and last three signs; how many are hidden is not told.

    >>> masked(read_phone("0912345678")), masked(read_phone("+49 30 123456"))
    ('091•••678', '+49•••456')
    """
    written = phone.e164 if phone.kind is Kind.FOREIGN else phone.national
    n_last = max(0, min(_SHOWN, len(written) - 2 * _SHOWN))
    return written[:_SHOWN] + _MASK + written[len(written) - n_last :]


def display(phone: Phone) -> str:
    """In groups, as people read it out.

    >>> [display(read_phone(one)) for one in ("0912345678", "02573821982", "02438251234")]
    ['0912 345 678', '0257 3821 982', '024 3825 1234']
    >>> display(read_phone("19009095")), display(read_phone("+4930123456"))
    ('1900 9095', '+49 30 123456')
    """
    digits = phone.national
    match phone.kind:
        case Kind.FOREIGN:
            parsed = phonenumbers.parse(phone.e164)
            form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
            return phonenumbers.format_number(parsed, form)
        case Kind.LANDLINE:
            area = 3 if digits[:3] in {"024", "028"} else 4
            return f"{digits[:area]} {digits[area : area + 4]} {digits[area + 4 :]}"
        case Kind.MOBILE | Kind.SERVICE:
            middle = 7 if len(digits) > 8 else 8
            return f"{digits[:4]} {digits[4:middle]} {digits[middle:]}".rstrip()


def _plain(text: str) -> str:
    """Digits, after a + where one is written."""
    if len(text) > LONGEST:
        raise BadPhoneError(Reason.LONG)
    written = _SCHEME.sub("", text.translate(_WIDE).strip(), count=1)
    quantity = _QUANTITY.fullmatch(written)
    written = quantity[1] if quantity else written
    if _BETWEEN.search(written):
        raise BadPhoneError(Reason.SEVERAL)
    written = _SIGNS.sub("", written)
    if not written:
        raise BadPhoneError(Reason.EMPTY)
    if not re.fullmatch(r"\+?[0-9]+", written):
        raise BadPhoneError(Reason.SIGNS)
    return written


def _after_plus(digits: str) -> Phone:
    return _of_country(digits[2:]) if digits.startswith(COUNTRY) else _foreign(digits)


def _of_country(digits: str) -> Phone:
    """The number of Vietnam that `digits` are, with or without their leading 0."""
    rest = digits.removeprefix("0")
    mobile = BECAME.get(f"0{rest[:3]}") if len(rest) == 10 else None
    if mobile:
        return _mobile(mobile + rest[3:], was_eleven=True)
    if len(rest) == 9 and f"0{rest[:2]}" in ISSUED:
        return _mobile(f"0{rest}")
    if len(rest) == 10 and rest[:3] in AREAS:
        return Phone(f"+{COUNTRY}{rest}", f"0{rest}", Kind.LANDLINE)
    if SERVICE.fullmatch(rest):
        return Phone(f"+{COUNTRY}{rest}", rest, Kind.SERVICE)
    raise BadPhoneError(_reason(rest))


def _mobile(national: str, *, was_eleven: bool = False) -> Phone:
    issuer = ISSUED[national[:3]]
    e164 = f"+{COUNTRY}{national[1:]}"
    return Phone(e164, national, Kind.MOBILE, issuer, may_be_ported=True, was_eleven=was_eleven)


def _reason(rest: str) -> Reason:
    """Why `rest` (without 0) is no number: mobiles have nine digits, landlines ten."""
    expected = 10 if rest[:1] in {"1", "2"} else 9
    if len(rest) == expected:
        return Reason.PREFIX
    return Reason.SHORT if len(rest) < expected else Reason.LONG


def _foreign(digits: str) -> Phone:
    """A number of another country; its length must be possible there, its range is not looked up.

    Ranges of all countries age with the release of the library; a wrong length is a slip.
    """
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        raise BadPhoneError(Reason.FOREIGN) from None
    if not phonenumbers.is_possible_number(parsed):
        raise BadPhoneError(Reason.FOREIGN)
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, phonenumbers.national_significant_number(parsed), Kind.FOREIGN)
