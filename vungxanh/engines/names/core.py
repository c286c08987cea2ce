"""The fast form: places by their plain letters, then the few that share them are compared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from vungxanh.engines.names.readings import LEVELS, Reading, readings
from vungxanh.engines.names.spelling import (
    Spelling,
    is_less_marked,
    is_unmarked,
    spelling,
    words,
)
from vungxanh.engines.names.types import DuplicateKeyError, Found, Kind, Place, Why


class Marks(IntEnum):
    """How near the accents of a written name are to a place's."""

    SAME = 0
    LEFT_OUT = 1
    OTHER = 2


class Fit(IntEnum):
    """How near the written type word is to a place's; no type word fits every place."""

    TYPE = 0
    LEVEL = 1
    NONE = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A place whose letters a text has, and how well accents and type agree."""

    key: str
    marks: Marks
    fit: Fit

    def beats(self, other: "Hit") -> bool:
        """Whether this hit is nowhere worse and somewhere better."""
        mine, theirs = (self.marks, self.fit), (other.marks, other.fit)
        return mine != theirs and self.marks <= other.marks and self.fit <= other.fit


class NameIndex:
    """Places of one parent, ready for many look-ups."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_base: dict[str, list[tuple[Place, Spelling]]] = defaultdict(list)
        self._by_varied: dict[str, list[tuple[Place, Spelling]]] = defaultdict(list)
        seen: set[str] = set()
        for place in places:
            if place.key in seen:
                raise DuplicateKeyError(place.key)
            seen.add(place.key)
            self._add(place)

    def _add(self, place: Place) -> None:
        for name in (place.name, *place.aliases):
            spelt = spelling(words(name))
            self._by_base[spelt.base].append((place, spelt))
            self._by_varied[spelt.varied].append((place, spelt))

    def find(self, text: str) -> Found:
        """The place that `text` means, or the candidates and why none was chosen."""
        ways = readings(text)
        if not ways:
            return Found(Kind.NONE, (), Why.EMPTY)
        hits = [
            _hit(way, place, spelt)
            for way in ways
            for place, spelt in self._by_base.get(way.name.base, ())
        ]
        if hits:
            return decide(_levelled(hits) if is_unmarked(text) else hits)
        return _as_variant(self._variants(ways))

    def _variants(self, ways: tuple[Reading, ...]) -> list[Hit]:
        return [
            _hit(way, place, spelt)
            for way in ways
            for place, spelt in self._by_varied.get(way.name.varied, ())
        ]


def decide(hits: Sequence[Hit]) -> Found:
    """One place if it beats every other place that fits, else candidates with the reason."""
    fitting = [hit for hit in hits if hit.marks != Marks.OTHER and hit.fit != Fit.NONE]
    if not fitting:
        return _unfitting(hits)
    best = [hit for hit in fitting if not any(other.beats(hit) for other in fitting)]
    keys = _keys(best)
    if len(keys) > 1:
        return Found(Kind.CANDIDATES, keys, Why.SEVERAL)
    if all(hit.marks == Marks.LEFT_OUT for hit in best):
        return Found(Kind.FOLDED, keys, Why.LESS_MARKED)
    is_type = any(hit.fit == Fit.TYPE for hit in best)
    return Found(Kind.EXACT, keys, Why.SAME if is_type else Why.TYPE_DIFFERS)


def _unfitting(hits: Sequence[Hit]) -> Found:
    if not hits:
        return Found(Kind.NONE, (), Why.UNKNOWN)
    near = [hit for hit in hits if hit.fit != Fit.NONE]
    why = Why.MARKS_DIFFER if near else Why.LEVEL_DIFFERS
    return Found(Kind.CANDIDATES, _keys(near or hits), why)


def _as_variant(hits: Sequence[Hit]) -> Found:
    found = decide(hits)
    is_one = found.kind in (Kind.EXACT, Kind.FOLDED)
    return Found(Kind.FOLDED, found.keys, Why.VARIANT) if is_one else found


def _keys(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(sorted({hit.key for hit in hits}))


def _levelled(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Of a text without any accent nobody knows which were meant: "An Hoa" may be An Hòa."""
    if all(hit.marks == Marks.SAME for hit in hits):
        return hits
    return [replace(hit, marks=Marks.LEFT_OUT) for hit in hits]


def _hit(way: Reading, place: Place, spelt: Spelling) -> Hit:
    return Hit(place.key, _marks(way.name, spelt), _fit(way, place))


def _marks(written: Spelling, spelt: Spelling) -> Marks:
    if written == spelt:
        return Marks.SAME
    return Marks.LEFT_OUT if is_less_marked(written, spelt) else Marks.OTHER


def _fit(way: Reading, place: Place) -> Fit:
    if way.type_word is None or way.type_word == place.type_word:
        return Fit.TYPE
    return Fit.LEVEL if place.level in LEVELS[way.type_word] else Fit.NONE
