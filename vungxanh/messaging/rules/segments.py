"""How many parts an SMS is sent and paid in.

The GSM 7-bit default alphabet and its extension table are those of 3GPP TS 23.038 (V17), 6.2.1 and
6.2.1.1; what does not fit them goes as UCS-2, 6.2.3, where phones read UTF-16. A single message
holds 140 octets: 160 septets or 70 units. Longer texts are joined by a header of 6 octets (3GPP
TS 23.040, 9.2.3.24.1), which leaves 153 septets or 67 units for each part, and an escaped
character, or a surrogate pair, is not split between parts.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

# Letters by their code; the place of ESCAPE, which leads to the extension, holds no letter.
BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPE: Final = 0x1B
EXTENSION: Final = MappingProxyType(
    {
        0x0A: "\f",
        0x14: "^",
        0x28: "{",
        0x29: "}",
        0x2F: "\\",
        0x3C: "[",
        0x3D: "~",
        0x3E: "]",
        0x40: "|",
        0x65: "€",
    }
)
_ESCAPED: Final = frozenset(EXTENSION.values())
_LETTERS: Final = frozenset(BASIC) - {chr(ESCAPE)} | _ESCAPED
SEPTETS, SEPTETS_JOINED = 160, 153
UNITS, UNITS_JOINED = 70, 67
MOST_PARTS: Final = 6  # longer texts are cut or refused by operators in Vietnam
_BEYOND_ONE_UNIT: Final = 0xFFFF
# Signs of print that a phone's 7-bit alphabet lacks, by what is typed instead.
_PLAIN: Final = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "₫": "d",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "•": "-",
        "→": "->",
        "×": "x",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Segments:
    """`n_units`: septets, or UTF-16 code units where `is_unicode`; `n_parts`: what is paid."""

    is_unicode: bool
    n_units: int
    n_parts: int


@dataclass(frozen=True, slots=True)
class Form:
    """A text as it leaves, and its parts."""

    text: str
    segments: Segments


def segments(text: str) -> Segments:
    """The parts of a text; an empty one is one part.

    >>> segments("Ma OTP: 123456"), segments("Mã OTP: 123456").is_unicode
    (Segments(is_unicode=False, n_units=14, n_parts=1), True)
    >>> segments("ă" * 71).n_parts, segments("{" * 80).n_parts, segments("{" * 81).n_parts
    (2, 1, 2)
    """
    if fits_gsm(text):
        widths = [1 + (sign in _ESCAPED) for sign in text]
        return _counted(widths, SEPTETS, SEPTETS_JOINED, is_unicode=False)
    widths = [1 + (ord(sign) > _BEYOND_ONE_UNIT) for sign in text]
    return _counted(widths, UNITS, UNITS_JOINED, is_unicode=True)


def fits_gsm(text: str) -> bool:
    """Whether a text needs no more than the 7-bit alphabet."""
    return set(text) <= _LETTERS


def unaccented(text: str) -> str:
    """Vietnamese as it is typed without marks, and signs of print as a keyboard has them.

    >>> unaccented("Mã của bạn: “Đặng Ý” – 5 phút…")
    'Ma cua ban: "Dang Y" - 5 phut...'
    """
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    kept = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept)


def chosen_form(text: str, *, prefers_unaccented: bool) -> Form:
    """The text as it leaves: without accents where that is preferred and saves a part.

    >>> chosen_form("Mã: 1", prefers_unaccented=True).text
    'Mã: 1'
    >>> chosen_form("ă" * 71, prefers_unaccented=True).segments.n_parts
    1
    """
    whole = unicodedata.normalize("NFC", text)
    as_written = Form(whole, segments(whole))
    if not prefers_unaccented or not as_written.segments.is_unicode:
        return as_written
    plain = unaccented(whole)
    other = Form(plain, segments(plain))
    return other if other.segments.n_parts < as_written.segments.n_parts else as_written


def _counted(widths: list[int], alone: int, joined: int, *, is_unicode: bool) -> Segments:
    n_units = sum(widths)
    n_parts = 1 if n_units <= alone else _filled(widths, joined)
    return Segments(is_unicode, n_units, n_parts)


def _filled(widths: Iterable[int], room: int) -> int:
    """How many parts of this room are filled when nothing is split."""
    n_parts, left = 1, room
    for width in widths:
        if width > left:
            n_parts, left = n_parts + 1, room
        left -= width
    return n_parts
