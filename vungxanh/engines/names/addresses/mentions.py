"""Where an address writes names of places, and how well each fits."""

from dataclasses import dataclass, field
from functools import lru_cache

from vungxanh.engines.names.addresses.gazetteer import LOWEST, RANKS, Gazetteer, Group, loose
from vungxanh.engines.names.addresses.written import Written, mask_of
from vungxanh.engines.names.core import Marks
from vungxanh.engines.names.readings import LEVELS

SAME, LEFT_OUT, OTHER = (int(one) for one in Marks)  # plain numbers: compared many times
MAX_MENTIONS = 4  # of one place in one text, as `in_order` puts them; an address has three


Hit = tuple[int, int, Group]


@dataclass(slots=True, eq=False)
class Mention:
    """A name in the text, from `start` (of its type word, if any) up to `end`.

    `mask` holds its letters as bits, `needs` those that must be understood for it to be a name;
    `numbered` those of a house number in front, without which it may be a street.
    """

    start: int
    end: int
    type_word: str | None
    mask: int
    needs: int
    numbered: int
    marks: int
    is_variant: bool
    n_words: int


@dataclass(slots=True)
class Mentioned:
    """The mentions of each place, those with a type word first, and all their letters."""

    of: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    masks: dict[int, int] = field(default_factory=dict)

    def add(self, places: tuple[int, ...], new: tuple[Mention, ...]) -> None:
        """Add mentions of places that are spelt alike."""
        mask = new[0].mask
        for one in new[1:]:
            mask |= one.mask
        if self.of.keys().isdisjoint(places):
            self.of.update(dict.fromkeys(places, new))
            self.masks.update(dict.fromkeys(places, mask))
            return
        for place in places:
            both = sorted((*self.of.get(place, ()), *new), key=in_order)
            self.of[place] = tuple(both[:MAX_MENTIONS])
            self.masks[place] = self.masks.get(place, 0) | mask


def mentions(written: Written, gazetteer: Gazetteer) -> Mentioned:
    """Every mention that may count; not one that a longer one of the same place holds."""
    hits = _hits(written, gazetteer)
    names, usable = _letters_of_names(hits, written)
    found = Mentioned()
    for start, end, group in hits:
        marks = _marks(group, written, (start, end))
        if marks == OTHER and written.is_unmarked:
            continue
        common = (marks, written.base[start:end] != group.base, group.n_words)
        made = []
        for first, type_word in _ways(group, written, start, names=names):
            needs, numbered = 0, 0
            if type_word is None and (start in written.needs or start in written.numbered):
                needs, numbered = _details(group, written, (start, end))
            if not needs & ~usable:
                mask = (1 << end) - (1 << first)
                made.append(Mention(first, end, type_word, mask, needs, numbered, *common))
        if made:
            found.add(group.places, tuple(made))
    return found


def _letters_of_names(hits: list[Hit], written: Written) -> tuple[int, int]:
    """The letters that names hold, and those with the type words."""
    names = 0
    for start, end, _ in hits:
        names |= mask_of(start, end)
    usable = names
    for end, listed in written.types.items():
        for start, _ in listed:
            usable |= mask_of(start, end)
    return names, usable


def _hits(written: Written, gazetteer: Gazetteer) -> list[Hit]:
    """Where the letters of a group's name stand."""
    bounds, longest, hard = written.bounds, gazetteer.longest, written.hard
    types = written.types
    joined = loose(written.base) if written.is_glued else written.varied
    lookup = gazetteer.joined if written.is_glued else gazetteer.groups
    hits = []
    for at, start in enumerate(bounds):
        for end in bounds[at + 1 :]:
            if end - start > longest:
                break
            name = joined[start:end]
            if name in lookup and (start in types or not name.isdigit()):
                hits += [(start, end, group) for group in lookup[name]]
            if end in hard:
                break
    return hits


def _details(group: Group, written: Written, name: tuple[int, int]) -> tuple[int, int]:
    """What must be understood before a name without type word: (needed, in doubt without)."""
    start, end = name
    needs, numbered = written.needs.get(start, 0), written.numbered.get(start, 0)
    is_street = RANKS.get(group.level, LOWEST) == LOWEST and end in written.ends
    return (needs | numbered, 0) if is_street else (needs, numbered)


def _ways(
    group: Group, written: Written, start: int, *, names: int
) -> list[tuple[int, str | None]]:
    """(first letter, type word) of the ways to read a name at `start`.

    Without its type word only where that may be a name's own end ("Phúc Xá Ba Đình").
    """
    is_alone = not group.base.isdigit()
    if start not in written.types:
        return [(start, None)] if is_alone else []
    ways: list[tuple[int, str | None]] = []
    for before, type_word in written.types[start]:
        if group.level in LEVELS[type_word]:
            ways.append((before, type_word))
            is_alone = is_alone and bool(mask_of(before, start) & names)
    if is_alone:
        ways.append((start, None))
    return ways


def in_order(mention: Mention) -> tuple[bool, int, int]:
    """Those with a type word first, then as the text has them."""
    return mention.type_word is None, mention.start, mention.end


def _marks(group: Group, written: Written, name: tuple[int, int]) -> int:
    start, end = name
    letters, tones = written.letters[start:end], written.tones[start:end]
    if letters == group.letters and tones == group.tones:
        return LEFT_OUT if written.is_unmarked else SAME
    return compared((letters, tones, written.base[start:end]), group)


@lru_cache(maxsize=16384)
def compared(mine: tuple[str, str, str], group: Group) -> int:
    """Whether accents are those of the name, some left out, or others."""
    letters, tones, base = mine
    if any(tone not in ("0", full) for tone, full in zip(tones, group.tones, strict=True)):
        return OTHER
    each = zip(letters, base, group.letters, group.base, strict=True)
    fits = all(one in (full, plain) or mine != plain for one, mine, full, plain in each)
    if not fits:
        return OTHER
    return SAME if _is_same(mine, group) else LEFT_OUT


def _is_same(mine: tuple[str, str, str], group: Group) -> bool:
    """Other letters only where i and y, or c and k, stand for each other, and all tones."""
    letters, tones, base = mine
    each = zip(letters, base, group.letters, group.base, strict=True)
    return tones == group.tones and all(
        one == full or own != plain for one, own, full, plain in each
    )
