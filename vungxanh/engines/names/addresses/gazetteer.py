"""All places of a tree or of several, ready for look-up by their letters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vungxanh.engines.names.addresses.vocabulary import word_of
from vungxanh.engines.names.addresses.written import joined
from vungxanh.engines.names.spelling import words
from vungxanh.engines.names.types import DuplicateKeyError, NoParentError, Place

RANKS = {"country": 0, "province": 1, "district": 2, "commune": 3}
LOWEST = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one level that are spelt alike; `n_words` tells names of one syllable."""

    base: str
    letters: str
    tones: str
    level: str
    n_words: int
    places: tuple[int, ...]


class Gazetteer:
    """Places by number, what stands above each, and the groups of names by their letters.

    `follows` are pairs (older key, newer key): a place is also said to stand below the units
    above its followers and forerunners, since people mix the names of both eras.
    """

    def __init__(self, places: Iterable[Place], follows: Iterable[tuple[str, str]] = ()) -> None:
        self.places = tuple(places)
        self.number = {place.key: at for at, place in enumerate(self.places)}
        self._check()
        self.lineage = tuple(self._lineage(at) for at in range(len(self.places)))
        self.above = self._above(follows)
        self.groups, self.known = _grouped(self.places)
        self.joined: dict[str, tuple[Group, ...]] = defaultdict(tuple)
        for alike in self.groups.values():
            for group in alike:
                self.joined[loose(group.base)] += (group,)
        self.longest = max(map(len, self.groups), default=0)

    def _check(self) -> None:
        if len(self.number) < len(self.places):
            seen: set[str] = set()
            for place in self.places:
                if place.key in seen:
                    raise DuplicateKeyError(place.key)
                seen.add(place.key)
        for place in self.places:
            if place.parent is not None and place.parent not in self.number:
                raise NoParentError(place.key, place.parent)

    def _lineage(self, at: int) -> tuple[int, ...]:
        """The place and those above it in its own tree, the nearest first."""
        found = [at]
        while (parent := self.places[found[-1]].parent) is not None:
            found.append(self.number[parent])
            if found[-1] in found[:-1]:
                raise NoParentError(self.places[at].key, parent)
        return tuple(found)

    def _above(self, follows: Iterable[tuple[str, str]]) -> tuple[tuple[int, ...], ...]:
        kin: dict[int, list[int]] = defaultdict(list)
        for old, new in follows:
            if old in self.number and new in self.number:
                kin[self.number[old]].append(self.number[new])
                kin[self.number[new]].append(self.number[old])
        return tuple(self._said_above(line, kin) for line in self.lineage)

    def _said_above(self, line: tuple[int, ...], kin: Mapping[int, list[int]]) -> tuple[int, ...]:
        """The units above it, its own first; one of the same name and level says nothing more."""
        linked = next((kin[at] for at in line if at in kin), [])
        rank = self.rank(line[0])
        own = {(self.places[up].name, self.places[up].level) for up in line[1:]}
        beside = {
            up
            for one in linked
            for up in self.lineage[one]
            if self.rank(up) < rank and (self.places[up].name, self.places[up].level) not in own
        }
        return (*line[1:], *sorted(beside - set(line)))

    def rank(self, at: int) -> int:
        """How far down a place's level is; places of unknown levels are lowest."""
        return RANKS.get(self.places[at].level, LOWEST)


def loose(base: str) -> str:
    """Letters for words run together, where the ends of syllables are not seen: i for every y."""
    return base.replace("y", "i")


def _grouped(places: tuple[Place, ...]) -> tuple[dict[str, tuple[Group, ...]], frozenset[str]]:
    """Groups by their varied letters, and the words of names that are no syllables."""
    found: dict[tuple[str, ...], tuple[int, set[int]]] = {}
    known: set[str] = set()
    for at, place in enumerate(places):
        for name in (place.name, *place.aliases):
            written = [word_of(word) for word in words(name)]
            if not written:
                continue
            known.update(word.base for word in written if not word.is_syllable)
            spelt = (*joined(written), place.level)
            n_words, members = found.setdefault(spelt, (0, set()))
            found[spelt] = (max(n_words, len(written)), members)
            members.add(at)
    groups: dict[str, list[Group]] = defaultdict(list)
    for (base, varied, letters, tones, level), (n_words, members) in found.items():
        group = Group(base, letters, tones, level, n_words, tuple(sorted(members)))
        groups[varied].append(group)
    return {varied: tuple(alike) for varied, alike in groups.items()}, frozenset(known)
