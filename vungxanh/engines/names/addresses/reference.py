"""The slow form: every place against every stretch of the text, every choice of mentions tried.

Nothing is indexed, grouped or left out early. The reading of the text, the worth of an explanation
and the last decision are the definitions themselves and shared with the fast form.
"""

import re
from collections.abc import Iterator
from functools import reduce
from itertools import combinations, product
from operator import or_

from vungxanh.engines.names.addresses.explanations import Explainer, Explanation, unrivalled
from vungxanh.engines.names.addresses.gazetteer import Gazetteer
from vungxanh.engines.names.addresses.index import Asked, decide
from vungxanh.engines.names.addresses.mentions import (
    LEFT_OUT,
    MAX_MENTIONS,
    OTHER,
    SAME,
    Mention,
    Mentioned,
    in_order,
)
from vungxanh.engines.names.addresses.vocabulary import Word, word_of
from vungxanh.engines.names.addresses.written import MAX_LETTERS, Written, mask_of, read
from vungxanh.engines.names.readings import LEVELS
from vungxanh.engines.names.spelling import words
from vungxanh.engines.names.types import Found, Kind, Place, Why


def find(gazetteer: Gazetteer, text: str, asked: Asked) -> Found:
    """What `AddressIndex.find` must answer."""
    written = read(text, gazetteer.known)
    if not written.base:
        return Found(Kind.NONE, (), Why.EMPTY)
    if len(written.base) > MAX_LETTERS:
        return Found(Kind.NONE, (), Why.TOO_LONG)
    found = _counted(gazetteer, written)
    inside = None if asked.within is None else gazetteer.number[asked.within]
    explainer = Explainer(gazetteer, written, Mentioned(), inside=inside)
    listed = [
        one
        for unit in found
        for members in _chains(unit, gazetteer)
        for chosen in product(*(found[member] for member in members))
        if (one := explainer.made(members, chosen)) is not None
    ]
    return decide(unrivalled(_fullest(listed), gazetteer), asked, (gazetteer, written))


def _counted(gazetteer: Gazetteer, written: Written) -> dict[int, list[Mention]]:
    """The mentions of each place that count: the first of those that may be names of units."""
    names = 0
    for place in gazetteer.places:
        for _, start, end in _spans(place, written):
            names |= mask_of(start, end)
    typed = ((start, end) for end, listed in written.types.items() for start, _ in listed)
    usable = reduce(or_, (mask_of(start, end) for start, end in typed), names)
    return {
        at: sorted(_mentions(place, written, names=names, usable=usable), key=in_order)[
            :MAX_MENTIONS
        ]
        for at, place in enumerate(gazetteer.places)
    }


def _chains(unit: int, gazetteer: Gazetteer) -> Iterator[tuple[int, ...]]:
    """The place with every choice of the units above it."""
    uppers = gazetteer.above[unit]
    for size in range(len(uppers) + 1):
        for chosen in combinations(uppers, size):
            yield unit, *chosen


def _fullest(listed: list[Explanation]) -> list[Explanation]:
    return [one for one in listed if not any(_is_fuller(other, one) for other in listed)]


def _is_fuller(one: Explanation, other: Explanation) -> bool:
    """More letters, and in doubt only what the other has in doubt (of its own letters if any)."""
    mine, theirs = _letters(one.cover), _letters(other.cover)
    my_doubt, their_doubt = _letters(one.doubt), _letters(other.doubt)
    if their_doubt:
        my_doubt &= theirs
    return mine > theirs and my_doubt <= their_doubt


def _letters(mask: int) -> set[int]:
    return {at for at in range(mask.bit_length()) if mask >> at & 1}


def _spans(place: Place, written: Written) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) wherever the letters of one of the place's names stand."""
    for name in dict.fromkeys((place.name, *place.aliases)):
        own = [word_of(word) for word in words(name)]
        for start, end in combinations(written.bounds, 2):
            if not own or any(start < at < end for at in written.hard):
                continue
            is_number = "".join(word.base for word in own).isdigit()
            if _has_letters(own, written, (start, end)) and (
                not is_number or start in written.types
            ):
                yield name, start, end


def _mentions(place: Place, written: Written, *, names: int, usable: int) -> Iterator[Mention]:
    """The place's names, with a type word of its level or without any.

    Without, only where that word may be a name's own end, and what a street's word needs may be
    part of a unit: `names` are the letters of all names in the text, `usable` also of type words.
    """
    for name, start, end in _spans(place, written):
        marks = _marks(name, written, (start, end))
        if marks == OTHER and written.is_unmarked:
            continue
        fitting = [one for one in written.types.get(start, ()) if place.level in LEVELS[one[1]]]
        own = [word_of(word) for word in words(name)]
        base = "".join(word.base for word in own)
        common = (marks, written.base[start:end] != base, len(own))
        for first, type_word in fitting:
            yield Mention(first, end, type_word, mask_of(first, end), 0, 0, *common)
        if base.isdigit() or any(not mask_of(first, start) & names for first, _ in fitting):
            continue
        needs, numbered = written.needs.get(start, 0), written.numbered.get(start, 0)
        if place.level not in ("country", "province", "district") and end in written.ends:
            needs, numbered = needs | numbered, 0
        if not needs & ~usable:
            yield Mention(start, end, None, mask_of(start, end), needs, numbered, *common)


def _marks(name: str, written: Written, at: tuple[int, int]) -> int:
    """How the accents agree."""
    start, end = at
    full = [word_of(word) for word in words(name)]
    base = "".join(word.base for word in full)
    letters, tones = "".join(w.letters for w in full), "".join(w.tones for w in full)
    worst = LEFT_OUT if written.is_unmarked else SAME
    for place in range(end - start):
        mine, tone = written.letters[start + place], written.tones[start + place]
        is_swapped = written.base[start + place] != base[place]
        if tone not in ("0", tones[place]) or not (
            is_swapped or mine in (letters[place], base[place])
        ):
            return OTHER
        if tone != tones[place] or (not is_swapped and mine != letters[place]):
            worst = LEFT_OUT
    return worst


def _has_letters(full: list[Word], written: Written, at: tuple[int, int]) -> bool:
    start, end = at
    if written.is_glued:
        base = "".join(word.base for word in full)
        return written.base[start:end].replace("y", "i") == base.replace("y", "i")
    return written.varied[start:end] == "".join(_varied(word.base) for word in full)


def _varied(base: str) -> str:
    return re.sub(r"(?<!a)y$", "i", re.sub(r"k$", "c", base))
