"""Signs that a person does not see, or sees as another sign: cleaned without moving any word."""

import re
import unicodedata
from typing import Final

# Ends of lines: Windows, old Macintosh, vertical tab, form feed, NEL, and those of Unicode.
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS: Final = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_MORE_BLANKS: Final = "\u202f\u205f\u3000"
_HYPHENS: Final = "\u2010\u2011"
# The Icelandic and the African letter that look like Đ and are typed for it.
_LOOKALIKES: Final = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Signs of symbol faces, which Word keeps in the private use area: those of the face Symbol that
# stand in sentences, and bullets.
_SYMBOLS: Final = {0xF0B3: "≥", 0xF0A3: "≤", 0xF0B1: "±", 0xF0B0: "°", 0xF0B4: "×"}
_SYMBOL_BULLETS: Final = range(0xF021, 0xF100)
_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_MANY_BLANK_LINES: Final = re.compile(r"\n[ ]*\n(?:[ ]*\n)+")


class _Signs(dict[int, str]):
    """What each character is replaced by."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        unseen = unicodedata.category(sign) in _UNSEEN_CATEGORIES and sign not in "\n\t"
        self[code] = "" if unseen else sign
        return self[code]


_SIGNS: Final = _Signs()
_SIGNS.update({ord(sign): " " for sign in _BLANKS + _MORE_BLANKS})
_SIGNS.update({ord(sign): "-" for sign in _HYPHENS})
_SIGNS.update({ord(sign): plain for sign, plain in (_LOOKALIKES | _LIGATURES).items()})
_SIGNS.update(dict.fromkeys(_SYMBOL_BULLETS, "-") | _SYMBOLS)


def seen(text: str) -> str:
    r"""`text` in NFC as it is seen: plain blanks and line ends, nothing invisible, Đ for Ð.

    >>> seen("Ð\u1ed1ng\u00a0\u0110a\r\nqu\u00ad\u1eadn\u200b 1")
    'Đống Đa\nquận 1'
    """
    lines = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", lines.translate(_SIGNS))


def tidy(text: str) -> str:
    r"""Lines without blanks at their ends, at most one blank line in a row, none at the edges.

    TABs stay: at the end of a row of a table they are its empty cells.

    >>> tidy("\n a \n\n \n b\t\n")
    ' a\n\n b\t'
    """
    lines = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return _MANY_BLANK_LINES.sub("\n\n", lines).strip("\n")
