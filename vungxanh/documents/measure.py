"""How wide the columns of a table must be, from the text in them.

Estimated from classes of letters of a Times-like face (its digits are half an em wide); PDF, DOCX
and XLSX use the same widths, so the three look alike.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from vungxanh.documents.content import Align, Annex, Column, Table

PORTRAIT_MM: Final = 165.0
"""A4 without the side margins of Decree 30 (30 mm left, 15 mm right)."""
LANDSCAPE_MM: Final = 252.0

FONT_SIZES_PT: Final = (12.0, 11.0, 10.0, 9.0, 8.0)
HEAD_SHARE: Final = 0.96
"""Size of a head beside the size of its rows; the number row is NUMBER_SHARE of it."""
NUMBER_SHARE: Final = 0.75

_MM_PER_PT: Final = 25.4 / 72
_PADDING_MM: Final = 3.2
_WIDTHS_EM: Final = {
    0.27: " .,/'|!il\N{NO-BREAK SPACE}",
    0.35: "()[]-:;fjtrI",
    0.46: "aceszovxyg",
    0.5: "0123456789",
    0.62: "FPSJ=+<>\N{MINUS SIGN}",
    0.78: "GHKOQm",
    0.97: "MW@%&—…",
}
"""Signs by their width in the bold face of Tinos, the widest of its faces."""
_EM: Final = {sign: em for em, signs in _WIDTHS_EM.items() for sign in signs}
_EM_LOWER, _EM_UPPER = 0.56, 0.71
_TOWER_MM: Final = 30.0
_LONGEST_WORD: Final = 24
"""Longer words are broken by the printer."""

Printed = tuple[tuple[str, ...], ...]
"""Heads, the number row, then all rows."""


@dataclass(frozen=True, slots=True)
class Sizing:
    """Widths that fill the page and the size of letters that lets them."""

    widths_mm: tuple[float, ...]
    font_pt: float


def sizing(table: Table, *, printed: Printed, annex: Annex) -> Sizing:
    """The largest size of letters at which every column holds its words and figures."""
    room = LANDSCAPE_MM if annex.landscape else PORTRAIT_MM
    for font_pt in FONT_SIZES_PT:
        least = _widths(table, printed, font_pt)
        if sum(least) <= room:
            wanted = _widths(table, printed, font_pt, whole=True)
            return Sizing(_filled(table, least, wanted, room=room), font_pt)
    squeezed = tuple(_mm(width * room / sum(least)) for width in least)
    return Sizing(squeezed, FONT_SIZES_PT[-1])


def text_em(text: str) -> float:
    """The width of a text in ems of its size."""
    return sum(_sign_em(sign) for sign in text)


@cache
def _sign_em(sign: str) -> float:
    base = unicodedata.normalize("NFD", sign)[0]
    return _EM.get(base, _EM_UPPER if base.isupper() else _EM_LOWER)


def _widths(
    table: Table, printed: Printed, font_pt: float, *, whole: bool = False
) -> tuple[float, ...]:
    """What each column needs; `whole` wants names on one line, else words may break at spaces."""
    by_column = zip(table.columns, zip(*printed, strict=True), strict=True)
    return tuple(
        column.width_mm or _needed_mm(column, texts, font_pt, whole=whole)
        for column, texts in by_column
    )


def _needed_mm(column: Column, texts: tuple[str, ...], font_pt: float, *, whole: bool) -> float:
    """What the longest text needs; names may break, but not into a narrow tower of words."""
    em_mm = font_pt * _MM_PER_PT
    needed = _needed_em(column, texts, whole=whole) * em_mm
    if column.align is Align.LEFT:
        on_one_line = max(text_em(text) for text in texts) * em_mm
        needed = max(needed, min(on_one_line, _TOWER_MM))
    return needed + _PADDING_MM


def _needed_em(column: Column, texts: tuple[str, ...], *, whole: bool) -> float:
    head, number, *cells = texts
    ems = [_longest_word_em(head) * HEAD_SHARE, text_em(number) * NUMBER_SHARE]
    one_line = whole or column.align is not Align.LEFT
    ems += [text_em(cell) if one_line else _longest_word_em(cell) for cell in cells]
    return max(ems)


def _longest_word_em(text: str) -> float:
    return max((text_em(word[:_LONGEST_WORD]) for word in text.split(" ")), default=0.0)


def _filled(
    table: Table, least: tuple[float, ...], wanted: tuple[float, ...], *, room: float
) -> tuple[float, ...]:
    """Give what is left first to names that would break, then to all but centred columns."""
    spare = room - sum(least)
    lacking = [more - enough for more, enough in zip(wanted, least, strict=True)]
    given = min(1.0, spare / sum(lacking)) if sum(lacking) else 0.0
    rest = spare - given * sum(lacking)
    takes = [column.align is not Align.CENTER and not column.width_mm for column in table.columns]
    each = rest / sum(takes) if any(takes) else 0.0
    return tuple(
        _mm(enough + given * lack + each * take)
        for enough, lack, take in zip(least, lacking, takes, strict=True)
    )


def _mm(width: float) -> float:
    return round(width, 2)
