"""Telephone numbers as the world writes them (ITU-T E.164)."""

import re
from typing import Final

_E164: Final = re.compile(r"\+[1-9]\d{7,14}")
_SEPARATORS: Final = re.compile(r"[\s.()-]")


def e164(text: str) -> str:
    """A number in E.164; one without a country is Vietnam's. Empty where it is no number.

    >>> e164("0912 345 678"), e164("84912345678"), e164("+84 912.345.678"), e164("113")
    ('+84912345678', '+84912345678', '+84912345678', '')
    """
    digits = _SEPARATORS.sub("", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+84{digits[1:]}"
    elif not digits.startswith("+"):
        digits = f"+{digits}"
    return digits if digits.isascii() and _E164.fullmatch(digits) else ""
