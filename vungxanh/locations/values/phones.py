"""Telephone numbers of offices: several in one field, each read by `engines.phones`."""

import re
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.phones import BadPhoneError, Kind, Phone, display, read_phone
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

MOST: Final = 3
"""Numbers in one field."""

_BETWEEN = re.compile(r"\s*(?:[;/,]|\bhoặc\b|\bor\b)\s*")


@dataclass(frozen=True, slots=True)
class OfficePhone:
    """A number of Vietnam as an office has it."""

    read: Phone

    @property
    def digits(self) -> str:
        """As dialled inside the country ("02563822000", "19009095")."""
        return self.read.national

    @property
    def shown(self) -> str:
        """In groups: "0256 3822 000", "0912 345 678", "1900 9095"."""
        return display(self.read)

    @property
    def url(self) -> str:
        """The `tel:` address; numbers of services are dialled inside the country only."""
        is_service = self.read.kind is Kind.SERVICE
        return f"tel:{self.digits if is_service else self.read.e164}"


def phone(text: str) -> OfficePhone:
    """The number that `text` writes; what cannot be a number of Vietnam is refused.

    >>> phone("+84 256 3822 000").shown, phone("844689393").digits, phone("01688123456").digits
    ('0256 3822 000', '0844689393', '0388123456')
    """
    try:
        read = read_phone(text)
    except BadPhoneError:
        raise _impossible(text) from None
    if read.kind is Kind.FOREIGN:
        raise _impossible(text)
    return OfficePhone(read)


def phones(text: str) -> tuple[OfficePhone, ...]:
    """The numbers of one field, parted by ";", "/", "," or "hoặc"; at most three, none twice."""
    written = [part for part in _BETWEEN.split(text.strip()) if part]
    found = {one.digits: one for one in map(phone, written)}
    if len(found) > MOST:
        raise _impossible(text)
    return tuple(found.values())


def kept_phones(text: str) -> str:
    """The form that is stored: national digits parted by "; "; reading it again changes nothing."""
    return "; ".join(one.digits for one in phones(text))


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
