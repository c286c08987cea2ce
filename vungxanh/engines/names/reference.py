"""The slow form: a text against every place, letter by letter, with nothing prepared."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from vungxanh.engines.names.types import Found, Kind, Place, Why

_LEVELS = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "quận": ("district",),
    "huyện": ("district",),
    "thị xã": ("district",),
    "phường": ("commune",),
    "xã": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
_LONG = [(word, word) for word in _LEVELS]
_SHORT = [("tp", "thành phố"), ("t p", "thành phố"), ("tx", "thị xã"), ("t x", "thị xã")]
_SHORT += [("tt", "thị trấn"), ("t t", "thị trấn"), ("đk", "đặc khu")]
_LETTER = [("t", "tỉnh"), ("q", "quận"), ("h", "huyện"), ("p", "phường"), ("x", "xã")]
_TONES = "\u0300\u0301\u0303\u0309\u0323"

Letters = Callable[[list[str]], str]

SAME, LEFT_OUT, OTHER_MARKS, OTHER_LETTERS = range(4)
TYPE, LEVEL, NO_LEVEL = range(3)


def find(places: Sequence[Place], text: str) -> Found:
    """What `NameIndex(places).find(text)` must answer."""
    ways = list(_ways(text))
    if not ways:
        return Found(Kind.NONE, (), Why.EMPTY)
    hits = list(_hits(places, ways, letters_of=_plain_letters))
    if hits:
        has_marks = any(_plain(letter) != letter for word in ways[0][1] for letter in word)
        return _answer(hits if has_marks else _unsure(hits))
    found = _answer(list(_hits(places, ways, letters_of=_other_spelling)))
    if found.kind in (Kind.EXACT, Kind.FOLDED):
        return Found(Kind.FOLDED, found.keys, Why.VARIANT)
    return found


def _ways(text: str) -> Iterator[tuple[str | None, list[str]]]:
    written = re.findall(r"[^\W\d_]+|\d+", _composed(text))
    if written:
        yield None, written
    for cut in range(1, len(written)):
        for form, type_word in _LONG + _SHORT + _LETTER:
            if cut <= 2 and _is_form(written[:cut], form):
                yield type_word, written[cut:]
        for form, type_word in _LONG + _SHORT:
            if len(written) - cut <= 2 and _is_form(written[cut:], form):
                yield type_word, written[:cut]


def _is_form(written: list[str], form: str) -> bool:
    full = form.split()
    same_letters = [_plain_letters([w]) for w in written] == [_plain_letters([w]) for w in full]
    return same_letters and _marks(written, full) in (SAME, LEFT_OUT)


def _hits(
    places: Sequence[Place], ways: Sequence[tuple[str | None, list[str]]], *, letters_of: Letters
) -> Iterator[tuple[str, int, int]]:
    for type_word, written in ways:
        for place in places:
            for name in (place.name, *place.aliases):
                full = re.findall(r"[^\W\d_]+|\d+", _composed(name))
                if letters_of(written) == letters_of(full):
                    yield place.key, _marks(written, full), _fit(type_word, place)


def _unsure(hits: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    if all(marks == SAME for _, marks, _ in hits):
        return hits
    return [(key, LEFT_OUT, fit) for key, _, fit in hits]


def _answer(hits: list[tuple[str, int, int]]) -> Found:
    if not hits:
        return Found(Kind.NONE, (), Why.UNKNOWN)
    fitting = [hit for hit in hits if hit[1] <= LEFT_OUT and hit[2] <= LEVEL]
    if not fitting:
        level = [hit for hit in hits if hit[2] <= LEVEL]
        why = Why.MARKS_DIFFER if level else Why.LEVEL_DIFFERS
        return Found(Kind.CANDIDATES, _keys(level or hits), why)
    best = [hit for hit in fitting if not any(_beats(other, hit) for other in fitting)]
    if len(_keys(best)) > 1:
        return Found(Kind.CANDIDATES, _keys(best), Why.SEVERAL)
    if min(marks for _, marks, _ in best) == LEFT_OUT:
        return Found(Kind.FOLDED, _keys(best), Why.LESS_MARKED)
    same_type = min(fit for _, _, fit in best) == TYPE
    return Found(Kind.EXACT, _keys(best), Why.SAME if same_type else Why.TYPE_DIFFERS)


def _beats(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[1] <= other[1] and one[2] <= other[2] and one[1:] != other[1:]


def _keys(hits: list[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple(sorted({key for key, _, _ in hits}))


def _fit(type_word: str | None, place: Place) -> int:
    if type_word in (None, place.type_word):
        return TYPE
    return LEVEL if type_word and place.level in _LEVELS[type_word] else NO_LEVEL


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _plain(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


def _numbered(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isdigit() else word


def _plain_letters(written: list[str]) -> str:
    return "".join(_plain(letter) for word in written for letter in _toneless(_numbered(word)))


def _other_spelling(written: list[str]) -> str:
    plain = [_plain_letters([word]) for word in written]
    return "".join(re.sub(r"(?<!a)y$", "i", re.sub(r"k$", "c", word)) for word in plain)


def _toneless(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))


def _tones(written: list[str]) -> set[tuple[str, str]]:
    """Each tone with the letters up to the end of its syllable."""
    found, before = set(), ""
    for word in written:
        before += _plain_letters([word])
        marks = unicodedata.normalize("NFD", word)
        found |= {(before, mark) for mark in marks if mark in _TONES}
    return {(str(len(letters)), mark) for letters, mark in found}


def _marks(written: list[str], full: list[str]) -> int:
    mine = "".join(_toneless(_numbered(word)) for word in written)
    theirs = "".join(_toneless(_numbered(word)) for word in full)
    if len(mine) != len(theirs):
        return OTHER_LETTERS
    if mine == theirs and _tones(written) == _tones(full):
        return SAME
    for one, other in zip(mine, theirs, strict=True):
        if one not in (other, _plain(other)) and _plain(one) == _plain(other):
            return OTHER_MARKS
    return LEFT_OUT if _tones(written) <= _tones(full) else OTHER_MARKS
