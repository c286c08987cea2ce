"""Ways to understand an address: a place and where the text writes it and the units above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from vungxanh.engines.names.addresses.gazetteer import LOWEST, Gazetteer
from vungxanh.engines.names.addresses.mentions import OTHER, Mention, Mentioned
from vungxanh.engines.names.addresses.written import Written

# Marks, another spelling, units of two eras, another type word.
Quality = tuple[int, bool, bool, bool]


@dataclass(slots=True, eq=False)
class Explanation:
    """The place `unit` with its own mention first, then those of units above it.

    `cover` holds the letters understood, and one bit more if the place lies in the asked area;
    `doubt` those of mentions that may be no names of units: a commune's name at the end of longer
    words, or one with other accents.
    """

    unit: int
    members: tuple[int, ...]
    chosen: tuple[Mention, ...]
    cover: int
    doubt: int

    @property
    def own(self) -> Mention:
        """The mention of the place itself."""
        return self.chosen[0]


class Explainer:
    """The explanations of one text; `inside` is the number of the asked area or None."""

    def __init__(
        self, gazetteer: Gazetteer, written: Written, found: Mentioned, *, inside: int | None
    ) -> None:
        self._gazetteer = gazetteer
        self._written = written
        self._found = found
        self._inside = inside
        self._bit = 1 << len(written.base)

    def bounds(self) -> list[tuple[int, list[int]]]:
        """(the most that places may explain, the places), those that may explain most first."""
        masks, above = self._found.masks, self._gazetteer.above
        listed: dict[int, list[int]] = {}
        for unit, bound in masks.items():
            for upper in above[unit]:
                if upper in masks:
                    bound |= masks[upper]
            if self._inside is not None:
                bound |= self._area(unit)
            if bound in listed:
                listed[bound].append(unit)
            else:
                listed[bound] = [unit]
        return sorted(listed.items(), key=_by_size)

    def _area(self, unit: int) -> int:
        return self._bit if self._inside in self._gazetteer.lineage[unit] else 0

    def explain(self, unit: int) -> list[Explanation]:
        """The explanations by this place that may be the fullest."""
        mentions = self._found.of
        uppers = [up for up in self._gazetteer.above[unit] if up in mentions]
        members = (unit, *uppers)
        first = self.made(members, tuple([mentions[one][0] for one in members]))
        if len(members) == len(mentions[unit]) == 1 or (first and self._is_full(first)):
            return [first] if first else []
        ways = product(mentions[unit], *((*mentions[up], None) for up in uppers))
        made = (self._some(members, way) for way in ways)
        return [one for one in made if one is not None]

    def _is_full(self, one: Explanation) -> bool:
        """Whether no other choice of mentions explains more or leaves less in doubt."""
        if one.doubt & ~one.own.mask or one.cover & ~self._bit != self._all(one.members):
            return False
        return not one.doubt or len(self._found.of[one.unit]) == 1

    def _all(self, members: Sequence[int]) -> int:
        cover = 0
        for member in members:
            cover |= self._found.masks[member]
        return cover

    def _some(
        self, members: tuple[int, ...], way: tuple[Mention | None, ...]
    ) -> Explanation | None:
        kept = [(unit, one) for unit, one in zip(members, way, strict=True) if one is not None]
        return self.made(tuple(unit for unit, _ in kept), tuple(one for _, one in kept))

    def made(self, members: tuple[int, ...], chosen: tuple[Mention, ...]) -> Explanation | None:
        cover, needs = 0, 0
        for mention in chosen:
            if cover & mention.mask:
                return None
            cover |= mention.mask
            needs |= mention.needs
        if needs & ~cover or self._is_untimely(members, chosen):
            return None
        doubt = self._doubt(members, chosen, cover)
        if doubt is None:
            return None
        return Explanation(members[0], members, chosen, cover | self._area(members[0]), doubt)

    def _is_untimely(self, members: tuple[int, ...], chosen: tuple[Mention, ...]) -> bool:
        """Whether a unit of today stands before "nay là", or one of the past behind it."""
        now_at, now_until = self._written.now_at, self._written.now_until
        if now_at is None:
            return False
        for unit, one in zip(members, chosen, strict=True):
            place = self._gazetteer.places[unit]
            if one.end <= now_at and place.valid_to is None and place.valid_from is not None:
                return True
            if now_at <= one.start < now_until and place.valid_to is not None:
                return True
        return False

    def _doubt(
        self, members: tuple[int, ...], chosen: tuple[Mention, ...], cover: int
    ) -> int | None:
        """The letters of doubtful mentions; None if one cannot be a name of a unit."""
        doubt = 0
        for unit, mention in zip(members, chosen, strict=True):
            is_loose = mention.type_word is None and self._is_loose(unit, mention, chosen)
            if mention.marks == OTHER and is_loose:
                return None
            if is_loose or mention.marks == OTHER or mention.numbered & ~cover:
                doubt |= mention.mask
        return doubt

    def _is_loose(self, unit: int, mention: Mention, chosen: tuple[Mention, ...]) -> bool:
        """Whether a name without type word may be a piece of a longer one.

        A part or another unit must begin and end with it; at one side it is enough for a longer
        name of a higher unit that another one supports.
        """
        tight = self._written.tight
        is_left = mention.start in tight or mention.start in [one.end for one in chosen]
        is_right = mention.end in tight or mention.end in [one.start for one in chosen]
        if is_left and is_right:
            return False
        is_enough = mention.n_words > 1 and len(chosen) > 1 and (is_left or is_right)
        return not is_enough or self._gazetteer.rank(unit) >= LOWEST


def _by_size(bounded: tuple[int, list[int]]) -> tuple[int, int]:
    return -bounded[0].bit_count(), bounded[0]


def fullest(explainer: Explainer) -> list[Explanation]:
    """Explanations but those of which a doubtless one explains more."""
    listed: list[Explanation] = []
    firm: set[int] = set()
    for bound, units in explainer.bounds():
        if any(bound != cover and not bound & ~cover for cover in firm):
            continue
        made = [one for unit in units for one in explainer.explain(unit)]
        listed += made
        firm.update([one.cover for one in made if not one.doubt])
    if len(listed) < 2:
        return listed
    shapes = {(one.cover, one.doubt) for one in listed}
    kept = {shape for shape in shapes if not any(_is_fuller(other, shape) for other in shapes)}
    return [one for one in listed if (one.cover, one.doubt) in kept]


def _is_fuller(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one explains all that the other does and more, without more doubt."""
    if one[0] == other[0] or other[0] & ~one[0]:
        return False
    return not one[1] & ~other[1] or (bool(other[1]) and not one[1] & other[0] & ~other[1])


def unrivalled(listed: Sequence[Explanation], gazetteer: Gazetteer) -> list[Explanation]:
    """Explanations that no other one makes unlikely."""
    if len(listed) < 2:
        return list(listed)
    firm = [one for one in listed if not one.doubt]
    kept = [
        one
        for one in listed
        if not _is_patchwork(one, firm, gazetteer)
        and not any(_outdoes(best, one, gazetteer) for best in firm)
    ]
    return kept or list(listed)


def _is_patchwork(one: Explanation, firm: Sequence[Explanation], gazetteer: Gazetteer) -> bool:
    """Whether a doubtful explanation, or one over two eras, only joins pieces of better ones."""
    if not one.doubt and not is_mixed(one, gazetteer):
        return False
    pure = [best for best in firm if not is_mixed(best, gazetteer)]
    if any(not one.cover & ~best.cover for best in pure):
        return False  # the same letters as one of them: their quality decides
    joined = 0
    for best in pure:
        joined |= best.cover
    return not one.cover & ~joined


def is_mixed(one: Explanation, gazetteer: Gazetteer) -> bool:
    """Whether units of two eras are put together."""
    lineage = gazetteer.lineage[one.unit]
    return len(one.members) > 1 and not all(unit in lineage for unit in one.members)


def _outdoes(best: Explanation, other: Explanation, gazetteer: Gazetteer) -> bool:
    """Whether the other's own name is more likely a street's or hamlet's, given the doubtless one.

    So it is for a name without type word (or in doubt) of a commune: beside a commune with a type
    word (or without doubt) that explains the rest too, or if it stands alone beside two units that
    fit each other; and for any doubtful name that stands alone.
    """
    own = other.own
    is_doubtful = bool(other.doubt & own.mask)
    if not best.cover & ~other.cover or not (is_doubtful or own.type_word is None):
        return False
    is_alone = len(other.chosen) == 1 and other.cover == own.mask
    if is_alone and is_doubtful:
        return True
    if gazetteer.rank(other.unit) < LOWEST:
        return False
    if is_alone and len(best.chosen) > 1:
        return True
    is_commune = gazetteer.rank(best.unit) == LOWEST
    is_plainer = is_doubtful or best.own.type_word is not None
    return is_commune and is_plainer and not (other.cover & ~own.mask) & ~best.cover


def quality(one: Explanation, gazetteer: Gazetteer) -> Quality:
    """How ill accents, spelling, eras and type words agree, each the worst of all; 0 is well."""
    marks, is_variant, is_other_type = 0, False, False
    for unit, mention in zip(one.members, one.chosen, strict=True):
        marks = max(marks, mention.marks)
        is_variant = is_variant or mention.is_variant
        if mention.type_word not in (None, gazetteer.places[unit].type_word):
            is_other_type = True
    return marks, is_variant, is_mixed(one, gazetteer), is_other_type
