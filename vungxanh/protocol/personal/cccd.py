"""The QR on citizen's identity cards with a chip.

`CCCD|CMND cũ|Họ tên|ddmmyyyy|Giới tính|Địa chỉ|ddmmyyyy`: number, old number or nothing, name,
day of birth, Nam or Nữ, address, day of issue. Source: no published standard; the order is that
of several public programs which read such cards. Who has only a year of birth is written with
that year, or 0000 before it (not confirmed). Cards of 2024 are said to carry further fields
(parents; not confirmed): up to five are left out and counted.

The code is not signed: anyone can print one. Only the chip proves a card.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from vungxanh.protocol.personal import refusals
from vungxanh.protocol.personal.payloads import Limits, fields_in, is_name
from vungxanh.protocol.personal.values import PartialDay, Sex

LIMITS: Final = Limits(longest=600, least=7, most=12)
_N_KNOWN: Final = 7
_LONGEST_ADDRESS: Final = 250
_NUMBER: Final = re.compile(r"[0-9]{12}")
_OLD: Final = re.compile(r"(?:[0-9]{9}|[0-9]{12})?")
_DAY: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_SEXES: Final = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True, repr=False)
class CardQr:
    """One card; `old_number` is None where the field is empty."""

    number: str
    old_number: str | None
    name: str
    born: PartialDay
    sex: Sex
    address: str
    issued_on: date
    n_more: int = 0


def read(text: str) -> CardQr:
    """The card of a scanned text, all seven fields or nothing. Raises `protocol.not_card_qr`.

    Whether the number fits province, year and sex says `engines.papers`.

    >>> text = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, Quy Nhơn|01052021"
    >>> found = read(text)
    >>> found.number, found.old_number, found.born.starred, found.sex.value, found.issued_on.year
    ('052185000001', '123456789', '1985-03-20', 'female', 2021)
    """
    fields = fields_in(text, LIMITS, refusals.not_card_qr)
    number, old, name, day, sex, address, issued = fields[:_N_KNOWN]
    is_whole = (
        _NUMBER.fullmatch(number)
        and _OLD.fullmatch(old)
        and is_name(name)
        and sex.lower() in _SEXES
        and 0 < len(address) <= _LONGEST_ADDRESS
    )
    if not is_whole:
        raise refusals.not_card_qr()
    return CardQr(
        number,
        old or None,
        name,
        _born(day),
        _SEXES[sex.lower()],
        address,
        _whole_day(issued),
        n_more=len(fields) - _N_KNOWN,
    )


def _born(text: str) -> PartialDay:
    """Raises `protocol.not_card_qr`."""
    if re.fullmatch(r"(?:0000)?[0-9]{4}", text):
        born = PartialDay(int(text[-4:]))
        if born.is_possible:
            return born
        raise refusals.not_card_qr()
    whole = _whole_day(text)
    return PartialDay(whole.year, whole.month, whole.day)


def _whole_day(text: str) -> date:
    """Raises `protocol.not_card_qr`."""
    found = _DAY.fullmatch(text)
    parts = [int(one) for one in found.groups()] if found else [0, 0, 0]
    day = PartialDay(parts[2], parts[1], parts[0])
    if not day.is_possible:
        raise refusals.not_card_qr()
    return date(*reversed(parts))
