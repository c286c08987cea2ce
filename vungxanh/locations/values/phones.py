"""Telephone numbers of offices, as people write them, to one national form.

Mobile numbers have ten digits and landlines eleven (0, area 2xx or 24 or 28, subscriber). Mobile
numbers of eleven digits moved to ten from 15/9/2018 and are read as the number they became.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

MOST: Final = 3
"""Numbers in one field."""

# Ranges of the Ministry of Information and Communications as operators were given them by 2021.
_MOBILE_WORDS: Final = (
    "032 033 034 035 036 037 038 039 052 055 056 058 059 070 076 077 078 079 081 082 083 084 "
    "085 086 087 088 089 090 091 092 093 094 096 097 098 099"
)
MOBILE: Final = frozenset(_MOBILE_WORDS.split())
# What the prefixes of eleven digits became; the last seven digits stayed.
_BECAME: Final = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
# Length and first digit of numbers whose zero a spreadsheet dropped.
_WITHOUT_ZERO: Final = {*((9, first) for first in "35789"), (10, "2")}
_LANDLINE = re.compile(r"02[0-9]{9}")
_FREE = re.compile(r"1[89]00[0-9]{4,6}")
_SEPARATORS = re.compile(r"[\s.\-‐–()\u00a0]+")
_BETWEEN = re.compile(r"\s*(?:[;/,]|\bhoặc\b|\bor\b)\s*")


class PhoneKind(StrEnum):
    """What kind of line a number is."""

    LANDLINE = "landline"
    MOBILE = "mobile"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: `digits` as dialled inside the country ("02563822000")."""

    digits: str
    kind: PhoneKind

    @property
    def shown(self) -> str:
        """In groups: "0256 3822 000", "0912 345 678", "1900 9095"."""
        d = self.digits
        if self.kind is PhoneKind.MOBILE or self.kind is PhoneKind.SERVICE:
            return " ".join(part for part in (d[:4], d[4:7], d[7:]) if part)
        area = 3 if d[:3] in {"024", "028"} else 4
        return f"{d[:area]} {d[area : area + 4]} {d[area + 4 :]}"

    @property
    def url(self) -> str:
        """The `tel:` address; numbers of services are dialled inside the country only."""
        is_service = self.kind is PhoneKind.SERVICE
        return f"tel:{self.digits}" if is_service else f"tel:+84{self.digits[1:]}"


def phone(text: str) -> Phone:
    """The number that `text` writes; what cannot be a number of Vietnam is refused.

    >>> phone("+84 256 3822 000").shown, phone("0844689393").kind.value, phone("01688123456").digits
    ('0256 3822 000', 'mobile', '0388123456')
    """
    national = _national(_SEPARATORS.sub("", text.strip()))
    national = _BECAME.get(national[:4], national[:4]) + national[4:]
    if len(national) == 10 and national[:3] in MOBILE:
        return Phone(national, PhoneKind.MOBILE)
    if _LANDLINE.fullmatch(national):
        return Phone(national, PhoneKind.LANDLINE)
    if _FREE.fullmatch(national):
        return Phone(national, PhoneKind.SERVICE)
    raise _impossible(text)


def phones(text: str) -> tuple[Phone, ...]:
    """The numbers of one field, parted by ";", "/", "," or "hoặc"; at most three, none twice."""
    written = [part for part in _BETWEEN.split(text.strip()) if part]
    found = tuple(dict.fromkeys(phone(part) for part in written))
    if len(found) > MOST:
        raise _impossible(text)
    return found


def kept_phones(text: str) -> str:
    """The form that is stored: national digits parted by "; "; reading it again changes nothing."""
    return "; ".join(one.digits for one in phones(text))


def _national(text: str) -> str:
    """Digits with the leading zero: without +84, and with the zero that spreadsheets drop."""
    if not (text.removeprefix("+").isascii() and text.removeprefix("+").isdigit()):
        return ""
    if text.startswith("+"):
        return f"0{text[3:]}" if text.startswith("+84") else ""
    rest = text.removeprefix("00") if text.startswith("0084") else text
    if rest.startswith("84") and len(rest) in {11, 12}:
        return f"0{rest[2:]}"
    is_bare = (len(rest), rest[:1]) in _WITHOUT_ZERO
    return f"0{rest}" if is_bare else rest


def _impossible(text: str) -> OrganisationError:
    return OrganisationError(
        "locations.phone_impossible",
        Words(
            f"“{text.strip()[:40]}” không phải số điện thoại của Việt Nam. Di động 10 chữ số "
            "(0912 345 678), cố định 11 chữ số kể cả mã vùng (0256 3822 000).",
            f"“{text.strip()[:40]}” is no telephone number of Vietnam. Mobile numbers have 10 "
            "digits (0912 345 678), landlines 11 with the area code (0256 3822 000).",
        ),
        field="telephone",
    )
