"""The fast form: an address against all places of a tree, or of several eras."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vungxanh.engines.names.addresses import explanations
from vungxanh.engines.names.addresses.explanations import Explainer, Explanation, Quality, quality
from vungxanh.engines.names.addresses.gazetteer import Gazetteer
from vungxanh.engines.names.addresses.mentions import mentions
from vungxanh.engines.names.addresses.written import MAX_LETTERS, Written, read
from vungxanh.engines.names.core import Marks
from vungxanh.engines.names.types import Found, Kind, Place, Why


@dataclass(frozen=True, slots=True)
class Asked:
    """What limits the answer: an area, a level, a day."""

    within: str | None = None
    level: str | None = None
    on: date | None = None


class Answer(NamedTuple):
    """An explanation and the unit it stands for at the asked level."""

    unit: int
    by: Explanation


class AddressIndex:
    """All places of a tree or of both eras, ready for many addresses.

    `follows` are pairs (older key, newer key) that let one address mix the units of two eras
    ("xã Nhơn Hội, tỉnh Gia Lai"). Places may come in any order.

    Raises `DuplicateKeyError` for two places of one key and `NoParentError` for a parent that is
    not among the places.
    """

    def __init__(self, places: Iterable[Place], follows: Iterable[tuple[str, str]] = ()) -> None:
        self._gazetteer = Gazetteer(places, follows)

    def find(
        self,
        text: str,
        *,
        within: str | None = None,
        level: str | None = None,
        on: date | None = None,
    ) -> Found:
        """The lowest unit that `text` names, only if nothing else is possible; else candidates.

        `within` is the key of the area in which it must lie. `level` asks for the unit of that
        level: of an address in a commune its district. `on` is the day on which it must exist.
        An unknown `within` raises KeyError.

        >>> index = AddressIndex([
        ...     Place("52", "Bình Định", "tỉnh", "province"),
        ...     Place("540", "Quy Nhơn", "thành phố", "district", parent="52"),
        ...     Place("1", "Trần Phú", "phường", "commune", parent="540"),
        ... ])
        >>> index.find("số 12 Lê Lợi, P. Tran Phu, TP.Quy Nhơn").keys
        ('1',)
        """
        return self._answered(text, (Asked(within, level, on),))[0]

    def find_then_and_ever(
        self, text: str, *, on: date, within: str | None = None, level: str | None = None
    ) -> tuple[Found, Found]:
        """What `find` answers for a day and without one; the text is read once."""
        asked = Asked(within, level, on), Asked(within, level)
        then, ever = self._answered(text, asked)
        return then, ever

    def _answered(self, text: str, asked: Sequence[Asked]) -> list[Found]:
        """One answer for each of what is asked of the text; all ask of the same area."""
        written = read(text, self._gazetteer.known)
        why = Why.EMPTY if not written.base else Why.TOO_LONG
        if not 0 < len(written.base) <= MAX_LETTERS:
            return [Found(Kind.NONE, (), why)] * len(asked)
        within = asked[0].within
        inside = None if within is None else self._gazetteer.number[within]
        found = mentions(written, self._gazetteer)
        explainer = Explainer(self._gazetteer, written, found, inside=inside)
        listed = explanations.unrivalled(explanations.fullest(explainer), self._gazetteer)
        return [decide(listed, one, (self._gazetteer, written)) for one in asked]


Known = tuple[Gazetteer, Written]


def decide(listed: Sequence[Explanation], asked: Asked, known: Known) -> Found:
    """The answer of the explanations left, under the limits asked for."""
    gazetteer, written = known
    if not listed:
        return Found(Kind.NONE, (), Why.UNKNOWN)
    answers = [Answer(one.unit, one) for one in listed]
    if asked.within is not None and not any(one.by.cover >> len(written.base) for one in answers):
        return _candidates(answers, Why.OUTSIDE, gazetteer)
    levelled = _at_level(answers, asked.level, gazetteer)
    if not levelled:
        return _candidates(answers, Why.LEVEL_DIFFERS, gazetteer)
    then, others = _of_day(levelled, asked.on, gazetteer)
    if not then:
        return _candidates(levelled, Why.NOT_THEN, gazetteer)
    return _chosen(_best(then, gazetteer), known, others=others)


def _of_day(
    answers: list[Answer], on: date | None, gazetteer: Gazetteer
) -> tuple[list[Answer], int]:
    """The answers that exist on the day, and the letters that the others explain.

    Parts that belong to another era ("nay là") are understood too.
    """
    if on is None:
        return answers, 0
    then, others = [], 0
    for one in answers:
        if _is_valid(gazetteer.places[one.unit], on):
            then.append(one)
        else:
            others |= one.by.cover
    return then, others


def _at_level(answers: list[Answer], level: str | None, gazetteer: Gazetteer) -> list[Answer]:
    if level is None:
        return answers
    return [
        Answer(unit, one.by)
        for one in answers
        for unit in gazetteer.lineage[one.unit]
        if gazetteer.places[unit].level == level
    ]


def _is_valid(place: Place, on: date) -> bool:
    has_begun = place.valid_from is None or place.valid_from <= on
    return has_begun and (place.valid_to is None or on < place.valid_to)


def _best(answers: list[Answer], gazetteer: Gazetteer) -> list[Answer]:
    """Of those that explain the same letters, those that agree best."""
    if len(answers) < 2:
        return answers
    alike: dict[int, list[Rated]] = {}
    kinds = set()
    for one in answers:
        worth = quality(one.by, gazetteer)
        kinds.add((worth, one.by.doubt))
        alike.setdefault(one.by.cover, []).append((one, worth))
    if len(kinds) == 1:
        return answers
    return [
        one[0]
        for rated in alike.values()
        for one in rated
        if not any(_is_better(other, one, gazetteer) for other in rated)
    ]


Rated = tuple[Answer, Quality]


def _is_better(one: Rated, other: Rated, gazetteer: Gazetteer) -> bool:
    """Type words decide only between neighbours of one name, doubt only between units of one time.

    Types change over the years and are written loosely: "phường Mỹ Tho" may be xã Mỹ Thọ.
    """
    (mine, my_worth), (theirs, their_worth) = one, other
    if mine.by.doubt & ~theirs.by.doubt or my_worth > their_worth:
        return False  # tuples that are nowhere worse are not greater either
    place, rival = gazetteer.places[mine.unit], gazetteer.places[theirs.unit]
    is_other_time = is_apart_in_time(place, rival)
    if is_other_time or not _is_neighbour(mine.unit, theirs.unit, gazetteer):
        my_worth, their_worth = (*my_worth[:3], False), (*their_worth[:3], False)
    is_surer = mine.by.doubt != theirs.by.doubt and not is_other_time
    is_nowhere_worse = all(a <= b for a, b in zip(my_worth, their_worth, strict=True))
    return is_nowhere_worse and (is_surer or my_worth != their_worth)


def _is_neighbour(one: int, other: int, gazetteer: Gazetteer) -> bool:
    """Whether two units of one name have one parent or lie in each other: tỉnh and TP Hà Giang."""
    place, rival = gazetteer.places[one], gazetteer.places[other]
    if place.name != rival.name:
        return False
    is_within = one in gazetteer.lineage[other] or other in gazetteer.lineage[one]
    return is_within or place.parent == rival.parent


def is_apart_in_time(one: Place, other: Place) -> bool:
    """Whether no day sees both places."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Place, other: Place) -> bool:
    if one.valid_to is None or other.valid_from is None:
        return False
    return one.valid_to <= other.valid_from


def _chosen(best: list[Answer], known: Known, *, others: int) -> Found:
    gazetteer, written = known
    units = {one.unit for one in best}
    if len(units) > 1:
        return _candidates(best, _why_several(best, gazetteer), gazetteer)
    clear = [
        one
        for one in best
        if not one.by.doubt and not is_claim_left(one.by.cover | others, written)
    ]
    if not clear:
        is_other = all(max(one.marks for one in each.by.chosen) == Marks.OTHER for each in best)
        return _candidates(best, Why.MARKS_DIFFER if is_other else Why.PART_UNKNOWN, gazetteer)
    rated = [(one.unit, quality(one.by, gazetteer)) for one in clear]
    return _found(*min(rated), gazetteer)


def is_claim_left(cover: int, written: Written) -> bool:
    """Whether a type word of the text belongs to no unit that was understood."""
    return any(not claim & cover for claim in written.claims)


def _found(unit: int, worth: Quality, gazetteer: Gazetteer) -> Found:
    marks, is_variant, _, is_other_type = worth
    keys = (gazetteer.places[unit].key,)
    if is_variant:
        return Found(Kind.FOLDED, keys, Why.VARIANT)
    if marks != Marks.SAME:
        return Found(Kind.FOLDED, keys, Why.LESS_MARKED)
    return Found(Kind.EXACT, keys, Why.TYPE_DIFFERS if is_other_type else Why.SAME)


def _why_several(best: list[Answer], gazetteer: Gazetteer) -> Why:
    places = [gazetteer.places[unit] for unit in sorted({one.unit for one in best})]
    pairs = [(a, b) for at, a in enumerate(places) for b in places[at + 1 :]]
    if all(is_apart_in_time(one, other) for one, other in pairs):
        return Why.ERAS
    covers = sorted({one.by.cover for one in best}, key=int.bit_count)
    is_nested = all(not small & ~covers[-1] for small in covers)
    return Why.SEVERAL if is_nested else Why.CONTRADICTS


def _candidates(answers: Sequence[Answer], why: Why, gazetteer: Gazetteer) -> Found:
    keys = {gazetteer.places[one.unit].key for one in answers}
    return Found(Kind.CANDIDATES, tuple(sorted(keys)), why)
