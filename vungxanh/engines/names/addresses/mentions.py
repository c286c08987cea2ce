"""Where an address writes names of places, and how well each fits."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from vungxanh.engines.names.addresses.gazetteer import Gazetteer, Group
from vungxanh.engines.names.addresses.written import Written, mask_of
from vungxanh.engines.names.core import Marks
from vungxanh.engines.names.readings import LEVELS

MAX_MENTIONS = 4  # of one place in one text; a name that stands more often adds nothing

# Number of a place: its mentions, those with a type word first.
Mentioned = dict[int, list["Mention"]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, from `start` (of its type word, if any) up to `end`.

    `mask` holds its letters as bits, `needs` those that must be understood for it to be a name.
    """

    start: int
    end: int
    type_word: str | None
    mask: int
    needs: int
    marks: Marks
    is_variant: bool
    n_words: int


def mentions(written: Written, gazetteer: Gazetteer) -> Mentioned:
    """Every mention of every place."""
    found: Mentioned = defaultdict(list)
    bounds, longest = written.bounds, gazetteer.longest
    # Words run together hide where a syllable ends, and with it y and k at ends.
    joined = written.base if written.is_glued else written.varied
    lookup = gazetteer.by_base.get if written.is_glued else gazetteer.groups.get
    for at, start in enumerate(bounds):
        for end in bounds[at + 1 :]:
            if end - start > longest:
                break
            for group in lookup(joined[start:end], ()):
                _add(found, group, written, (start, end))
            if end in written.hard:
                break
    for listed in found.values():
        listed.sort(key=_typed_first)
        del listed[MAX_MENTIONS:]
    return found


def _typed_first(mention: Mention) -> tuple[bool, int, int]:
    return mention.type_word is None, mention.start, mention.end


def _add(found: Mentioned, group: Group, written: Written, name: tuple[int, int]) -> None:
    marks = _marks(group, written, name)
    if marks is Marks.OTHER and written.is_unmarked:
        return
    start, end = name
    is_variant = written.base[start:end] != group.base
    ways: list[tuple[int, str | None, int]] = [
        (before, type_word, 0)
        for before, type_word in written.types.get(start, ())
        if group.level in LEVELS[type_word]
    ]
    if not group.base.isdigit():
        ways.append((start, None, written.needs.get(start, 0)))
    for first, type_word, needs in ways:
        mask = mask_of(first, end)
        one = Mention(first, end, type_word, mask, needs, marks, is_variant, group.n_words)
        for place in group.places:
            found[place].append(one)


def _marks(group: Group, written: Written, name: tuple[int, int]) -> Marks:
    start, end = name
    letters, tones = written.letters[start:end], written.tones[start:end]
    if letters == group.letters and tones == group.tones:
        return Marks.LEFT_OUT if written.is_unmarked else Marks.SAME
    return compared((letters, tones, written.base[start:end]), group)


@lru_cache(maxsize=16384)
def compared(mine: tuple[str, str, str], group: Group) -> Marks:
    """Whether accents are those of the name, some left out, or others."""
    letters, tones, base = mine
    if any(tone not in ("0", full) for tone, full in zip(tones, group.tones, strict=True)):
        return Marks.OTHER
    each = zip(letters, base, group.letters, group.base, strict=True)
    fits = all(one in (full, plain) or mine != plain for one, mine, full, plain in each)
    if not fits:
        return Marks.OTHER
    return Marks.SAME if _is_same(letters, tones, group) else Marks.LEFT_OUT


def _is_same(letters: str, tones: str, group: Group) -> bool:
    """Other letters only where i stands for y or c for k, and all tones."""
    return tones == group.tones and all(
        one == full or (one in "ick" and full in "ykc")
        for one, full in zip(letters, group.letters, strict=True)
    )


def is_apart(chosen: tuple[Mention, ...]) -> bool:
    """Whether no two of these share a letter."""
    ordered = sorted(chosen, key=_start)
    return all(one.end <= other.start for one, other in pairwise(ordered))


def _start(mention: Mention) -> int:
    return mention.start
