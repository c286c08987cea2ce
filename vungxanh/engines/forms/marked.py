"""Text from strangers: what is no plain text, and text as it is kept."""

import re
import unicodedata
from typing import Final

# Markup begins with one of these; "5 < 6" does not.
_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|javascript:|data:text/html", re.IGNORECASE)
_BREAKS: Final = re.compile(r"\r\n?")
# Controls, halves of surrogates, private letters, and signs that turn the direction of writing.
_NOT_WRITTEN: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_marked(text: str) -> bool:
    """Whether a text holds markup, controls or signs that make it read otherwise.

    >>> is_marked("Ho, sốt < 38 độ"), is_marked("<script>"), is_marked("a\\x00b")
    (False, True, True)
    """
    if text.isascii() and text.isprintable() and "<" not in text and ":" not in text:
        return False
    return bool(_MARKUP.search(text)) or any(map(_is_odd, text))


def as_kept(text: str) -> str:
    """A text composed (NFC), with spaces and ends of lines of one kind and none around.

    >>> as_kept("  Nguye\\u0302\\u0303n   A\\r\\n")
    'Nguyễn A'
    """
    composed = unicodedata.normalize("NFC", _BREAKS.sub("\n", text))
    lines = (" ".join(line.split()) for line in composed.split("\n"))
    return "\n".join(lines).strip()


def _is_odd(letter: str) -> bool:
    if letter in "\n\r\t":
        return False
    return letter in _TURNING or unicodedata.category(letter) in _NOT_WRITTEN
