"""How alike two syllables of a name are."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from vungxanh.engines.names.spelling import Syllable, is_less_marked, spelling, syllable
from vungxanh.engines.persons.parts import is_initial, plain


class Alike(IntEnum):
    """How two syllables agree, the nearest first."""

    SAME = 0
    LESS_MARKED = 1
    MARKED_OTHERWISE = 2
    CONFUSED = 3
    INITIAL = 4
    NOT = 5


WORTH: Final = {
    Alike.SAME: 1.0,
    Alike.LESS_MARKED: 0.95,
    Alike.MARKED_OTHERWISE: 0.8,
    Alike.CONFUSED: 0.65,
    Alike.INITIAL: 0.6,
    Alike.NOT: 0.0,
}
# Sounds that one region or another speaks alike, at the beginning and at the end of a syllable;
# then how the same is typed by those who write without accents (dz, f, j, w).
_STARTS: Final = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("gi", "d"),
    ("dz", "d"),
    ("z", "d"),
    ("j", "d"),
    ("v", "d"),
    ("r", "d"),
    ("tr", "ch"),
    ("x", "s"),
    ("n(?!g|h)", "l"),
    ("qu", "w"),
    ("ph", "f"),
    ("k", "c"),
)
_ENDS: Final = (("ng", "n"), ("nh", "n"), ("t", "c"), ("ch", "c"))


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> Alike:
    """How two written syllables (NFC, lower case) agree; the same the other way round."""
    if one == other or _parts(one) == _parts(other):
        return Alike.SAME
    if plain(one) == plain(other):
        return _by_marks(one, other)
    return _by_letters(plain(one), plain(other))


def heard(base: str) -> str:
    """A plain syllable as somebody may hear it who tells these sounds not apart.

    >>> heard("tran") == heard("chang"), heard("loan") == heard("noan")
    (True, True)
    """
    for written, sound in _STARTS:
        if re.match(written, base):
            base = re.sub(f"^{written}", sound, base)
            break
    for written, sound in _ENDS:
        if base.endswith(written) and len(base) > len(written):
            return base.removesuffix(written) + sound
    return base


def _parts(word: str) -> Syllable:
    """Letters and tones, wherever in the syllable the tone stands (hoà, hòa)."""
    return syllable(word)


def _by_marks(one: str, other: str) -> Alike:
    mine, theirs = spelling((one,)), spelling((other,))
    if mine.letters == theirs.letters and mine.tones == theirs.tones:
        return Alike.SAME
    if len(mine.letters) != len(theirs.letters):
        return Alike.MARKED_OTHERWISE
    is_less = is_less_marked(mine, theirs) or is_less_marked(theirs, mine)
    return Alike.LESS_MARKED if is_less else Alike.MARKED_OTHERWISE


def _by_letters(one: str, other: str) -> Alike:
    if is_initial(one) != is_initial(other):
        short, long = (one, other) if is_initial(one) else (other, one)
        return Alike.INITIAL if long.startswith(short) else Alike.NOT
    if not is_initial(one) and (heard(one) == heard(other) or is_one_slip(one, other)):
        return Alike.CONFUSED
    return Alike.NOT


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, changed, or two neighbours swapped.

    Of syllables of two letters nothing but the swap counts: too many others are one letter away.
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(long) <= 2:
        return len(one) == len(other) == 2 and one == other[::-1]
    start = _shared(short, long)
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = long[:start] + long[start : start + 2][::-1] + long[start + 2 :]
    return short in (swapped, long[:start] + short[start : start + 1] + long[start + 1 :])


def _shared(one: str, other: str) -> int:
    """How many letters at the beginning are the same."""
    return next(
        (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
