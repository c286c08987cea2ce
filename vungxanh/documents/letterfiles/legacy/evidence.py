"""Which character set a text is in, told by how many of its accented words are Vietnamese.

Every word with a letter beyond ASCII votes: is it a Vietnamese syllable as it stands, as TCVN3, as
VNI? A legacy set is recognised where at least ten words vote, at least four in five are syllables
in that set, and at most half in any other reading. Real letters give 0.99 and more in the right set
and 0.23 and less in a wrong one; shorter text is left as it is.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Final

from vungxanh.documents.letterfiles.legacy.sets import LegacySet, from_legacy
from vungxanh.documents.letterfiles.legacy.syllables import is_syllable

FEWEST_WORDS: Final = 10
_RIGHT: Final = 0.8
_WRONG: Final = 0.5
_MOST_WORDS: Final = 2_000
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\xa0\u2000-\u206f]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# Letters that neither set has as a character: a line with one of them is Unicode already.
UNICODE_LETTER: Final = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1"
                                   "\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]")  # fmt: skip

Reading = Callable[[str], str]


def recognised(text: str) -> LegacySet | None:
    """The legacy set of the lines of `text` that are not Unicode already, by their words."""
    lines = (line for line in text.split("\n") if not UNICODE_LETTER.search(line))
    return _decided(votes("\n".join(lines)), str)


def recognised_bytes(text: str, other: Reading) -> LegacySet | None:
    """The legacy set of bytes read as Latin-1, against one other reading of the same bytes."""
    return _decided(votes(text), other)


def votes(text: str) -> list[str]:
    """The words with a letter beyond ASCII, at most two thousand."""
    words = (word for word in text.split() if _BEYOND_ASCII.search(word))
    return list(islice(words, _MOST_WORDS))


def _decided(cast: list[str], as_it_stands: Reading) -> LegacySet | None:
    if len(cast) < FEWEST_WORDS:
        return None
    shares = {legacy: share(cast, partial(from_legacy, legacy=legacy)) for legacy in LegacySet}
    best = max(shares, key=lambda legacy: shares[legacy])
    others = [shares[legacy] for legacy in LegacySet if legacy is not best]
    rival = max(*others, share(cast, as_it_stands))
    return best if shares[best] >= _RIGHT and rival <= _WRONG else None


def share(cast: list[str], reading: Reading) -> float:
    """The share of votes that are Vietnamese in one reading."""
    return sum(_is_vietnamese(reading(word)) for word in cast) / len(cast)


def _is_vietnamese(word: str) -> bool:
    """Whether an accented word is made of syllables alone; figures and plain words may stand by."""
    accented = [part for part in _LETTERS.findall(word) if not part.isascii()]
    return bool(accented) and all(is_syllable(part) for part in accented)


def modern(text: str) -> tuple[str, LegacySet | None]:
    """`text` with its legacy lines in Unicode, and the set that they were in."""
    legacy = recognised(text)
    if legacy is None:
        return text, None
    return "\n".join(_modern_line(line, legacy) for line in text.split("\n")), legacy


def _modern_line(line: str, legacy: LegacySet) -> str:
    if UNICODE_LETTER.search(line):
        return line
    cast, reading = votes(line), partial(from_legacy, legacy=legacy)
    is_unicode = bool(cast) and share(cast, str) > share(cast, reading)
    return line if is_unicode else reading(line)
