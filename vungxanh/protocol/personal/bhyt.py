"""The QR on health insurance cards, as far as it is publicly known: the card's number.

Known: fields are parted by "|", the first is the number (15 characters, or 10 digits on cards
since 1/4/2021). One public program reads after it name (hexadecimal of UTF-8), day of birth, sex
(1 man, 2 woman), address (hexadecimal), place of care, first and last day. Not known: how many
fields there are, what the later ones mean, how the check at the end is made, and whether cards
differ. So nothing but the number is read, and the rest is not kept.
"""

import re
from dataclasses import dataclass
from typing import Final

from vungxanh.protocol.personal import refusals
from vungxanh.protocol.personal.payloads import Limits, fields_in

LIMITS: Final = Limits(longest=1500, least=2, most=30)
_NUMBER: Final = re.compile(r"[A-Za-z]{2}[0-9]{13}|[0-9]{10}")


@dataclass(frozen=True, slots=True, repr=False)
class InsuranceQr:
    """The number of a card, to be read by `engines.papers`; how many fields the code has."""

    number: str
    n_fields: int


def read(text: str) -> InsuranceQr:
    """The card of a scanned text. Raises `protocol.not_insurance_qr`.

    >>> read("GD4520000000001|4e67c6b0e1bb9d69|20/03/1985|2|-|52 - 001|01/01/2021|-").number
    'GD4520000000001'
    """
    fields = fields_in(text, LIMITS, refusals.not_insurance_qr)
    number = fields[0].replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise refusals.not_insurance_qr()
    return InsuranceQr(number.upper(), len(fields))
