"""The slow form: every way to lay two names along each other, and odds multiplied one by one."""

import re
import unicodedata
from itertools import combinations
from typing import Final

from vungxanh.engines.persons import core
from vungxanh.engines.persons.types import PEOPLE_OF_A_PROVINCE, Particulars

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def likeness_of_names(one: str, other: str) -> float:
    """What `core.likeness_of_names` must answer."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return 0.0
    pairs = [(turned, theirs, cost) for turned, cost in _orders(mine)]
    pairs += [(mine, turned, cost) for turned, cost in _orders(theirs)]
    return max(cost * _best_of_all_layings(a, b) for a, b, cost in pairs)


def score(one: Particulars, other: Particulars, n_people: int = PEOPLE_OF_A_PROVINCE) -> float:
    """The chance that `core.likeness` must give: Bayes' rule with one ratio per particular."""
    odds = 1 / n_people
    for bits in (_name(one, other), _year(one, other), _sex(one, other), _residence(one, other)):
        odds *= 2**bits
    if one.phones and other.phones:
        odds *= 2 ** (core.PHONE_BITS if one.phones & other.phones else core.NO_PHONE_BITS)
    if one.papers and other.papers:
        odds *= 2 ** (core.PAPERS_BITS if one.papers & other.papers else core.NO_PAPERS_BITS)
    return odds / (1 + odds)


def _words(name: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name).lower())
    return [word for word in found if not word.isdigit()][:6]


def _orders(name: list[str]) -> list[tuple[list[str], float]]:
    turned = [(name[1:] + name[:1], core.REORDERED), (name[::-1], core.REORDERED)]
    return [(name, 1.0), *turned] if len(name) > 1 else [(name, 1.0)]


def _best_of_all_layings(one: list[str], other: list[str]) -> float:
    mine = [_weight(word, at, len(one)) for at, word in enumerate(one)]
    theirs = [_weight(word, at, len(other)) for at, word in enumerate(other)]
    best = 0.0
    for size in range(1, min(len(one), len(other)) + 1):
        for left in combinations(range(len(one)), size):
            for right in combinations(range(len(other)), size):
                laid = zip(left, right, strict=True)
                best = max(
                    best, sum(_worth(one[a], other[b]) * (mine[a] + theirs[b]) for a, b in laid)
                )
    return min(best / (sum(mine) + sum(theirs)), 1.0)


def _weight(word: str, at: int, size: int) -> float:
    if at == size - 1:
        return core.GIVEN
    if at == 0:
        return core.FAMILY
    return core.STOPPED if _base(word) in ("nguyen", "van", "thi") else core.MIDDLE


def _worth(one: str, other: str) -> float:
    if _toneless(one) == _toneless(other) and _tones(one) == _tones(other):
        return 1.0
    if _varied(one) == _varied(other):
        return 0.95 if _is_less(one, other) or _is_less(other, one) else 0.8
    return _worth_of_letters(_varied(one), _varied(other))


def _worth_of_letters(one: str, other: str) -> float:
    one_short, other_short = (not re.search("[aeiouy]", each) for each in (one, other))
    if one_short and other_short:
        return 0.0
    if one_short or other_short:
        short, long = (one, other) if one_short else (other, one)
        return 0.6 if long.startswith(short) else 0.0
    return 0.65 if _heard(one) == _heard(other) or _is_one_slip(one, other) else 0.0


def _is_less(one: str, other: str) -> bool:
    """Whether nothing is marked on the first that is not marked so on the second."""
    pairs = zip(_toneless(one), _toneless(other), strict=True)
    letters = all(
        mine in (theirs, _base(theirs)) or _base(mine) != _base(theirs) for mine, theirs in pairs
    )
    return letters and set(_tones(one)) <= set(_tones(other))


def _is_one_slip(one: str, other: str) -> bool:
    """Every slip of one, tried."""
    if max(len(one), len(other)) <= 2:
        return one != other and len(one) == 2 and one[::-1] == other
    dropped = [one[:at] + one[at + 1 :] for at in range(len(one))]
    put_in = [other[:at] + other[at + 1 :] for at in range(len(other))]
    swapped = [one[:at] + one[at : at + 2][::-1] + one[at + 2 :] for at in range(len(one) - 1)]
    changed = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return other in dropped or one in put_in or other in swapped or changed


def _heard(base: str) -> str:
    starts = {"ngh": "ng", "gh": "g", "gi": "d", "dz": "d", "tr": "ch", "qu": "w", "ph": "f"}
    letters = {"z": "d", "j": "d", "v": "d", "r": "d", "x": "s", "k": "c"}
    start = next((each for each in starts if base.startswith(each)), "")
    if start:
        base = starts[start] + base[len(start) :]
    elif base[:1] == "n" and base[:2] not in ("ng", "nh"):
        base = "l" + base[1:]
    else:
        base = letters.get(base[:1], base[:1]) + base[1:]
    end = re.sub(r"(?<=.)(ng|nh)$", "n", base)
    return end if end != base else re.sub(r"(?<=.)(t|ch)$", "c", base)


def _base(word: str) -> str:
    marks = unicodedata.normalize("NFD", word).replace("đ", "d")
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def _varied(word: str) -> str:
    base = _base(word)
    return re.sub(r"(?<!a)y$", "i", re.sub(r"k$", "c", base))


def _toneless(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))


def _tones(word: str) -> list[str]:
    return sorted(mark for mark in unicodedata.normalize("NFD", word) if mark in _TONES)


def _name(one: Particulars, other: Particulars) -> float:
    if not _words(one.name) or not _words(other.name):
        return 0.0
    near = likeness_of_names(one.name, other.name)
    if near >= core.NAME_TURNS:
        return core.NAME_BITS * (near - core.NAME_TURNS) / (1 - core.NAME_TURNS)
    return core.NO_NAME_BITS * (core.NAME_TURNS - near) / core.NAME_TURNS


def _year(one: Particulars, other: Particulars) -> float:
    if one.birth_year is None or other.birth_year is None:
        return 0.0
    apart = abs(one.birth_year - other.birth_year)
    return {0: core.YEAR_BITS, 1: core.NEAR_YEAR_BITS}.get(apart, core.NO_YEAR_BITS)


def _sex(one: Particulars, other: Particulars) -> float:
    if None in (one.sex, other.sex):
        return 0.0
    return core.SEX_BITS if one.sex == other.sex else core.NO_SEX_BITS


def _residence(one: Particulars, other: Particulars) -> float:
    told = list(zip(one.residence, other.residence, strict=False))[: len(core.UNIT_BITS)]
    bits = 0.0
    for level, (mine, theirs) in enumerate(told):
        if mine != theirs:
            return bits + core.NO_UNIT_BITS
        bits = core.UNIT_BITS[level]
    return bits
