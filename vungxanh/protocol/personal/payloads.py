"""The door of scanned text: length, hidden characters, links, number of fields."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from vungxanh.protocol.refusals import ProtocolError

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Limits:
    """Most characters of a payload, and how many fields it has."""

    longest: int
    least: int
    most: int


def fields_in(text: str, limits: Limits, refusal: Callable[[], ProtocolError]) -> list[str]:
    """The fields, composed (NFC) and without space around; raises what `refusal` makes.

    Refused: too long, another number of fields, characters that do not show (controls, marks of
    direction, parts of surrogates), a link. What a scanner adds at the end is taken away.
    """
    written = text.strip("\r\n\t \ufeff") if len(text) <= limits.longest else ""
    if not written or "://" in written or any(map(is_hidden, written)):
        raise refusal()
    fields = [one.strip() for one in unicodedata.normalize("NFC", written).split(SEPARATOR)]
    if not limits.least <= len(fields) <= limits.most:
        raise refusal()
    return fields


def is_hidden(letter: str) -> bool:
    """A character that does not show, or that is none (categories C, Zl, Zp)."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def is_name(text: str) -> bool:
    """Two to 100 letters with the signs that names have; no digits."""
    return 2 <= len(text) <= 100 and all(one.isalpha() or one in " '’.-" for one in text)
