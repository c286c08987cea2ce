"""TCVN3, also called ABC: one byte a letter, the set of faces named .VnTime, .VnArial.

Source: TCVN 5712:1993, set VN3. Seven letters have capitals of their own (Ă Â Ê Ô Ơ Ư Đ), letters
with a tone have none: a capital is the small letter set in a second face whose name ends in H
(.VnTimeH). Text that lost its faces therefore says "CéNG HßA"; a word, or a line, whose plain
letters are all capitals is taken to be capitals throughout, and nothing else is.
"""

import re
from typing import Final

from vungxanh.documents.letterfiles.legacy.syllables import is_syllable

_FIRST_CODES: Final = {
    0xA1: "ĂÂÊÔƠƯĐ", 0xA8: "ăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹ",
    0xD2: "ềểễếệìỉ", 0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờở", 0xEC: "ỡớợù", 0xF1: "ủũúụừửữứựỳ",
    0xFB: "ỷỹýỵ",
}  # fmt: skip
LETTERS: Final = {
    chr(code): letter
    for first, run in _FIRST_CODES.items()
    for code, letter in enumerate(run, start=first)
}
"""From the character that the byte means in Latin-1 to the letter."""

# In PDF the sign of ư, a soft hyphen, has become a hyphen.
_HYPHENED: Final = re.compile(r"[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+")
# Some programs replaced the micro sign by the Greek letter.
_TABLE: Final = str.maketrans(LETTERS | {"\u03bc": LETTERS["\xb5"]})
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST_CAPITALS: Final = 2


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Unicode text; `capitals` says that it is set in a face of capitals.

    >>> from_tcvn3("CéNG HßA, ®éc lËp"), from_tcvn3("ñy ban", capitals=True)
    ('CỘNG HÒA, độc lập', 'ỦY BAN')
    """
    plain = _HYPHENED.sub(_with_horn, text.translate(_TABLE))
    if capitals:
        return plain.upper()
    return "".join(
        _line(line, typed)
        for line, typed in zip(
            plain.splitlines(keepends=True), text.splitlines(keepends=True), strict=True
        )
    )


def _with_horn(found: re.Match[str]) -> str:
    """ "tr-ơng" is "trương"; a hyphen between two syllables stays one."""
    word = found[0].replace("-", "ư")
    is_broken = is_syllable(word) and not all(map(is_syllable, found[0].split("-")))
    return word if is_broken else found[0]


def _line(line: str, typed: str) -> str:
    if _all_capitals(typed) and "/" not in typed:  # "Sè: 12/UB-VX" has capitals for another reason
        return line.upper()
    return _WORD.sub(lambda word: _word(word[0], typed[word.start() : word.end()]), line)


def _word(word: str, typed: str) -> str:
    """A word with a capital behind its first letter, and no small plain letter, is capitals."""
    is_capitals = any(map(_is_capital, typed[1:])) and not any(map(_is_small, typed))
    return word.upper() if is_capitals else word


def _all_capitals(typed: str) -> bool:
    """Whether at least two of the letters that know a case are capitals, and none is small."""
    return sum(map(_is_capital, typed)) >= _FEWEST_CAPITALS and not any(map(_is_small, typed))


def _is_capital(sign: str) -> bool:
    return sign.isascii() and sign.isupper()


def _is_small(sign: str) -> bool:
    return sign.isascii() and sign.islower()
