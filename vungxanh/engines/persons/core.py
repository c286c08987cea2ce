"""How likely two sets of particulars mean one person."""

import math
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.names.spelling import words
from vungxanh.engines.persons.parts import LONGEST, STOP, plain
from vungxanh.engines.persons.syllables import WORTH, Alike, alike
from vungxanh.engines.persons.types import (
    PEOPLE_OF_A_PROVINCE,
    Likeness,
    Particulars,
    PersonAsked,
    PersonKnown,
    Reason,
)

# What a syllable weighs by its place: the given name tells most, "Văn" and "Thị" nearly nothing.
GIVEN, FAMILY, MIDDLE, STOPPED = 3.0, 1.5, 2.0, 0.5
REORDERED: Final = 0.97
# From this likeness on a name speaks for, below it against.
NAME_TURNS: Final = 0.7
# Bits (log2 of the likelihood ratio), see the README for each.
NAME_BITS, NO_NAME_BITS = 12.0, -12.0
YEAR_BITS, NEAR_YEAR_BITS, NO_YEAR_BITS = 6.0, 2.0, -6.0
SEX_BITS, NO_SEX_BITS = 1.0, -5.0
UNIT_BITS: Final = (0.0, 3.5, 7.0)  # the same province, district, commune and below
NO_UNIT_BITS: Final = -2.0
PHONE_BITS, NO_PHONE_BITS = 15.0, -1.0
PAPERS_BITS, NO_PAPERS_BITS = 30.0, -8.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one particular says, in bits, and why."""

    bits: float
    reasons: tuple[Reason, ...] = ()


def likeness(
    asked: PersonAsked, known: PersonKnown, n_people: int = PEOPLE_OF_A_PROVINCE
) -> Likeness:
    """How likely it is that both are one person, where one of so many people is meant.

    Particulars that are unknown on either side say nothing. Symmetric but for the types.
    """
    name, name_says = _of_names(asked.name, known.name)
    found = (name_says, *_of_the_rest(asked, known))
    bits = sum(evidence.bits for evidence in found) - math.log2(n_people)
    reasons = [reason for evidence in found for reason in evidence.reasons]
    return Likeness(chance(bits), name, tuple(reason for reason in Reason if reason in reasons))


def chance(bits: float) -> float:
    """The chance that belongs to the odds 2^bits, from 0 to 1.

    >>> chance(0.0), round(chance(10.0), 3)
    (0.5, 0.999)
    """
    return 1 / (1 + math.exp2(-bits)) if bits > 0 else math.exp2(bits) / (1 + math.exp2(bits))


def likeness_of_names(one: str, other: str) -> float:
    """How alike two written names are, from 0 to 1; 0 when either is empty. Symmetric."""
    return _best(one, other).score


@dataclass(frozen=True, slots=True)
class Match:
    """How two names agree syllable by syllable: `kinds` of those that do, and how many are left.

    `n_left` counts the syllables without a partner, of the shorter name and of the longer.
    """

    score: float
    kinds: tuple[Alike, ...]
    n_left: tuple[int, int]
    is_reordered: bool


def orders(name: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], float], ...]:
    """The orders in which the syllables may be meant, with what each costs, as written first.

    "Mẫu Nguyễn Văn" puts the given name before the family name; "Mẫu Văn Nguyễn" turns all round.
    """
    if len(name) < 2:
        return ((name, 1.0),)
    return (name, 1.0), ((*name[1:], name[0]), REORDERED), (name[::-1], REORDERED)


def weights(name: tuple[str, ...]) -> tuple[float, ...]:
    """What each syllable weighs: the last is the given name, the first of several the family's."""
    last = len(name) - 1
    return tuple(
        GIVEN if at == last else _of_place(plain(word), at) for at, word in enumerate(name)
    )


def _of_place(syllable: str, at: int) -> float:
    if at == 0:
        return FAMILY
    return STOPPED if syllable in STOP else MIDDLE


def _best(one: str, other: str) -> Match:
    """One of the two in any order beside the other as written: the nearest, as written first."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return Match(0.0, (), (0, 0), is_reordered=False)
    matches = [_aligned(mine, theirs, cost=1.0)]
    if matches[0].score < REORDERED:  # else no other order can be nearer
        matches += [_aligned(turned, theirs, cost=cost) for turned, cost in orders(mine)[1:]]
        matches += [_aligned(mine, turned, cost=cost) for turned, cost in orders(theirs)[1:]]
    return max(matches, key=lambda match: (match.score, not match.is_reordered))


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if not word.isdigit())[:LONGEST]


# What was matched so far, weighed, and how.
_Cell = tuple[float, tuple[Alike, ...]]


def _aligned(one: tuple[str, ...], other: tuple[str, ...], *, cost: float) -> Match:
    """The best way to lay one name along the other, syllables left out on either side.

    2 x sum(worth of a pair x mean of its weights) / (weights of both), as Dice counts shared parts.
    """
    mine, theirs = weights(one), weights(other)
    row: list[_Cell] = [(0.0, ())] * (len(other) + 1)
    for at, word in enumerate(one):
        above, row = row, [(0.0, ())]
        for beside, known in enumerate(other):
            kind = alike(word, known)
            worth = WORTH[kind] * (mine[at] + theirs[beside])
            taken = (above[beside][0] + worth, (*above[beside][1], kind))
            left = max(above[beside + 1], row[beside], key=_first)
            row.append(max(left, taken, key=_first) if kind != Alike.NOT else left)
    worth, kinds = row[-1]
    score = cost * worth / (sum(mine) + sum(theirs))
    short, long = sorted((len(one), len(other)))
    return Match(min(score, 1.0), kinds, (short - len(kinds), long - len(kinds)), cost < 1.0)


def _first(cell: _Cell) -> float:
    return cell[0]


def _of_names(one: str, other: str) -> tuple[float, Evidence]:
    if not _words(one) or not _words(other):
        return 0.0, Evidence(0.0)
    match = _best(one, other)
    if match.score >= NAME_TURNS:
        bits = NAME_BITS * (match.score - NAME_TURNS) / (1 - NAME_TURNS)
        return match.score, Evidence(bits, _how(match))
    bits = NO_NAME_BITS * (NAME_TURNS - match.score) / NAME_TURNS
    return match.score, Evidence(bits, (Reason.NAME_DIFFERS,))


def _how(match: Match) -> tuple[Reason, ...]:
    kinds, (of_short, of_long) = set(match.kinds), match.n_left
    if not of_long and not match.is_reordered and kinds == {Alike.SAME}:
        return (Reason.NAME_SAME,)
    said = {
        Reason.NAME_LESS_MARKED: Alike.LESS_MARKED in kinds,
        Reason.NAME_SPELT_OTHERWISE: not kinds.isdisjoint({Alike.MARKED_OTHERWISE, Alike.CONFUSED}),
        Reason.NAME_SHORTENED: Alike.INITIAL in kinds or of_long > of_short,
        Reason.NAME_REORDERED: match.is_reordered,
        Reason.NAME_DIFFERS: of_short > 0,
    }
    return tuple(reason for reason, holds in said.items() if holds)


def _of_the_rest(asked: Particulars, known: Particulars) -> tuple[Evidence, ...]:
    return (
        _of_years(asked.birth_year, known.birth_year),
        _of_sexes(asked, known),
        _of_residences(asked.residence, known.residence),
        _of_sets(asked.phones, known.phones, _PHONES),
        _of_sets(asked.papers, known.papers, _PAPERS),
    )


def _of_years(one: int | None, other: int | None) -> Evidence:
    if one is None or other is None:
        return Evidence(0.0)
    apart = abs(one - other)
    if apart > 1:
        return Evidence(NO_YEAR_BITS, (Reason.BIRTH_YEAR_DIFFERS,))
    if apart == 1:
        return Evidence(NEAR_YEAR_BITS, (Reason.BIRTH_YEAR_NEAR,))
    return Evidence(YEAR_BITS, (Reason.BIRTH_YEAR_SAME,))


def _of_sexes(asked: Particulars, known: Particulars) -> Evidence:
    if asked.sex is None or known.sex is None:
        return Evidence(0.0)
    if asked.sex != known.sex:
        return Evidence(NO_SEX_BITS, (Reason.SEX_DIFFERS,))
    return Evidence(SEX_BITS)


def _of_residences(one: tuple[str, ...], other: tuple[str, ...]) -> Evidence:
    n_told = min(len(one), len(other), len(UNIT_BITS))
    if not n_told:
        return Evidence(0.0)
    n_shared = 0
    while n_shared < n_told and one[n_shared] == other[n_shared]:
        n_shared += 1
    if n_shared == 0:
        return Evidence(NO_UNIT_BITS, (Reason.RESIDENCE_DIFFERS,))
    bits = UNIT_BITS[n_shared - 1]
    if n_shared < n_told:
        return Evidence(bits + NO_UNIT_BITS, (Reason.RESIDENCE_DIFFERS,))
    return Evidence(bits, (Reason.RESIDENCE_SAME,))


_PHONES = (
    Evidence(PHONE_BITS, (Reason.PHONE_SAME,)),
    Evidence(NO_PHONE_BITS, (Reason.PHONE_DIFFERS,)),
)
_PAPERS = (
    Evidence(PAPERS_BITS, (Reason.PAPERS_SAME,)),
    Evidence(NO_PAPERS_BITS, (Reason.PAPERS_DIFFER,)),
)


def _of_sets(
    one: frozenset[str], other: frozenset[str], says: tuple[Evidence, Evidence]
) -> Evidence:
    if not one or not other:
        return Evidence(0.0)
    same, differs = says
    return differs if one.isdisjoint(other) else same
