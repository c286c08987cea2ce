"""How a Vietnamese name is taken apart for comparison: words, letters, tones, plain letters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A word's letters without tones ("nhơn"), its tone marks, and its plain base ("nhon")."""

    letters: str
    tones: str
    base: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A whole name with its words run together.

    `letters` and `base` have the same length. `tones` are (end of the syllable, mark), so that
    neither the place of a mark in its syllable (hoà, hòa) nor spaces and apostrophes matter.
    `varied` is `base` with i for y and c for k at the end of a word, as many people write.
    """

    letters: str
    tones: frozenset[tuple[int, str]]
    base: str
    varied: str


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of `text` in NFC and lower case; signs between them are dropped.

    >>> words("TP.  Quy Nhơn"), words("P12")
    (('tp', 'quy', 'nhơn'), ('p', '12'))
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


@lru_cache(maxsize=16384)
def syllable(word: str) -> Syllable:
    """One word taken apart; a number loses its leading zeros."""
    if word.isdigit():
        number = word.lstrip("0") or "0"
        return Syllable(number, "", number)
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in marks if mark in TONES)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    return Syllable(letters, tones, "".join(_plain(letter) for letter in letters))


def spelling(name: tuple[str, ...]) -> Spelling:
    """The words of a name run together."""
    parts = [syllable(word) for word in name]
    tones: set[tuple[int, str]] = set()
    end = 0
    for part in parts:
        end += len(part.base)
        tones.update((end, mark) for mark in part.tones)
    base = "".join(part.base for part in parts)
    varied = "".join(_varied(part.base) for part in parts)
    return Spelling("".join(part.letters for part in parts), frozenset(tones), base, varied)


def is_less_marked(written: Spelling, full: Spelling) -> bool:
    """Whether `written` is `full` with some accents left out and none other put in.

    Both must have as many letters. A letter that only `varied` makes equal is no difference.
    """
    letters = zip(written.letters, written.base, full.letters, full.base, strict=True)
    return written.tones <= full.tones and all(
        mine in (theirs, plain) or base != plain for mine, base, theirs, plain in letters
    )


def fold(text: str) -> str:
    """`text` as typed without accents, in lower case, words parted by one space.

    >>> fold("Đắk  Lắk"), fold("TX. Hoài Nhơn")
    ('dak lak', 'tx hoai nhon')
    """
    return " ".join(syllable(word).base for word in words(text))


def is_unmarked(text: str) -> bool:
    """Whether `text` bears no accent at all, as typed on a plain keyboard."""
    parts = [syllable(word) for word in words(text)]
    return all(part.letters == part.base and not part.tones for part in parts)


def _plain(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[:1]


def _varied(base: str) -> str:
    if base.endswith("k"):
        return base[:-1] + "c"
    if base.endswith("y") and not base.endswith("ay"):
        return base[:-1] + "i"
    return base
