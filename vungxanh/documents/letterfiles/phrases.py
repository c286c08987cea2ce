"""Words by which parts of an official page are known, and cells that hold figures."""

import re
import unicodedata
from typing import Final

_TWO_COLUMNS: Final = re.compile(
    r"cong ho?a xa hoi|doc lap\s*[-–—]\s*tu do|dang cong san viet nam|noi nhan\s*:"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")


def stands_in_two_columns(text: str) -> bool:
    """Whether a text holds words of the letterhead or of the end, which are set in two columns.

    >>> stands_in_two_columns("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), stands_in_two_columns("Số")
    (True, False)
    """
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return bool(_TWO_COLUMNS.search("".join(x for x in letters if not unicodedata.combining(x))))


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and no word.

    >>> is_figure("13,60 %"), is_figure("- Như trên;"), is_figure("17h00")
    (True, False, False)
    """
    return _DIGIT.search(text) is not None and _LETTER.search(text) is None


def are_figures(cells: list[str]) -> bool:
    """Whether at least half of the filled cells hold figures."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and 2 * sum(is_figure(cell) for cell in filled) >= len(filled)
