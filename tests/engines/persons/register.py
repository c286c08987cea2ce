"""An invented register and what people might write of those in it; nobody in it is real.

Families are drawn from twelve names by falling odds (the first takes four in ten, the next ones a
share each, as everybody in the country knows them to be uneven), middle and given names evenly from
lists by sex; 30 districts of 5 communes; years of birth 1930-2019; a fifth have no known phone.
Who asks then writes one of the people with one way of misspelling, knows the year (one off in a
tenth), the district or the commune, and the phone of a third. A tenth of those asked for are in no
register. All by one seed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.random import Generator

from vungxanh.engines.names import fold
from vungxanh.engines.persons import (
    Block,
    Part,
    PersonAsked,
    PersonKnown,
    Sex,
    block_of,
    name_tokens,
)

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Lý")
SHARES = (40, 12, 10, 7, 6, 5, 4, 4, 4, 3, 3, 2)
MIDDLES = {
    Sex.MALE: ("Văn", "Văn", "Văn", "Văn", "Đình", "Minh", "Quốc", "Hữu", "Thanh", "Đức"),
    Sex.FEMALE: ("Thị", "Thị", "Thị", "Thị", "Thị Ngọc", "Thị Thu", "Thanh", "Ngọc", "Mỹ", "Kim"),
}
GIVENS = {
    Sex.MALE: (
        *("An", "Bình", "Cường", "Dũng", "Hải", "Hiếu", "Hùng", "Khoa", "Lâm", "Long", "Mẫn"),
        *("Nam", "Nghĩa", "Phong", "Phúc", "Quang", "Sơn", "Tài", "Thắng", "Trung", "Tuấn", "Vỹ"),
    ),
    Sex.FEMALE: (
        *("Ánh", "Châu", "Diễm", "Dung", "Hà", "Hạnh", "Hoa", "Huệ", "Hương", "Lan", "Liên"),
        *("Loan", "Mai", "Nga", "Nhung", "Oanh", "Phượng", "Thảo", "Thúy", "Trang", "Vy", "Yến"),
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody writes, who is meant (None: nobody here), and how it was written."""

    asked: PersonAsked
    meant: int | None
    way: str


Thing = TypeVar("Thing")


def _drawn(things: Sequence[Thing], rng: Generator, shares: Sequence[int] = ()) -> Thing:
    """One of them, evenly or by shares."""
    odds = np.array(shares) / sum(shares) if shares else None
    return things[int(rng.choice(len(things), p=odds))]


def people(n: int, rng: Generator) -> list[PersonKnown]:
    """So many invented people; their key is their place in the list."""
    return [_one(rng) for _ in range(n)]


def _one(rng: Generator) -> PersonKnown:
    sex = _drawn(tuple(Sex), rng)
    name = [_drawn(FAMILIES, rng, SHARES), _drawn(MIDDLES[sex], rng), _drawn(GIVENS[sex], rng)]
    district = int(rng.integers(30))
    home = ("p", f"d{district}", f"c{district}-{int(rng.integers(5))}")
    phone = f"+8490{int(rng.integers(10**7)):07}"
    phones = frozenset({phone}) if rng.random() < 0.8 else frozenset()
    return PersonKnown(" ".join(name), int(rng.integers(1930, 2020)), sex, home, phones)


def questions(known: list[PersonKnown], n: int, rng: Generator) -> Iterator[Question]:
    """So many questions, the ways of writing taking turns; one in ten after nobody known."""
    strangers = people(n, rng)
    for number in range(n):
        way = tuple(WAYS)[number % len(WAYS)]
        meant = None if rng.random() < 0.1 else int(rng.integers(len(known)))
        yield Question(
            _asked(strangers[number] if meant is None else known[meant], way, rng), meant, way
        )


def _asked(person: PersonKnown, way: str, rng: Generator) -> PersonAsked:
    year = person.birth_year
    if year is not None and rng.random() < 0.1:
        year += _drawn((-1, 1), rng)
    return PersonAsked(
        name=WAYS[way](person.name, rng),
        birth_year=year,
        sex=person.sex,
        residence=person.residence[: _drawn((2, 3), rng)],
        phones=person.phones if rng.random() < 1 / 3 else frozenset(),
    )


def _initials(name: str, rng: Generator) -> str:
    *others, given = name.split()
    short = {"Nguyễn": "Ng."}
    return " ".join([*(short.get(one, f"{one[0]}.") for one in others), given])


def _without_middle(name: str, rng: Generator) -> str:
    family, *_, given = name.split()
    return f"{family} {given}"


def _given_first(name: str, rng: Generator) -> str:
    *others, given = name.split()
    return " ".join([given, *others])


def _i_for_y(name: str, rng: Generator) -> str:
    return name.translate(str.maketrans("yýỳỷỹỵ", "iíìỉĩị"))


def _other_tone(name: str, rng: Generator) -> str:
    """Hỏi and ngã, which the south speaks alike."""
    return name.translate(str.maketrans("ảẩẳẻểỉỏổởủửỷãẫẵẽễĩõỗỡũữỹ", "ãẫẵẽễĩõỗỡũữỹảẩẳẻểỉỏổởủửỷ"))


def _slip(name: str, rng: Generator) -> str:
    """One letter left out, anywhere."""
    at = _drawn([at for at, letter in enumerate(name) if letter != " "], rng)
    return name[:at] + name[at + 1 :]


def _two_slips(name: str, rng: Generator) -> str:
    return _slip(_slip(fold(name), rng), rng)


WAYS: dict[str, Callable[[str, Generator], str]] = {
    "as in the register": lambda name, rng: name,
    "no accents": lambda name, rng: fold(name),
    "given name first": _given_first,
    "initials": _initials,
    "middle left out": _without_middle,
    "i for y": _i_for_y,
    "hỏi for ngã": _other_tone,
    "a letter lost": _slip,
    "two letters lost, no accents": _two_slips,
}


class Searched:
    """A register in memory, searched as the room does it: by parts, then by likeness."""

    def __init__(self, known: list[PersonKnown]) -> None:
        self.known = known
        self._by: dict[Part, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for key, person in enumerate(known):
            self._add(key, person)

    def _add(self, key: int, person: PersonKnown) -> None:
        syllables, pairs = name_tokens(person.name)
        parts = {
            Part.SYLLABLE: syllables,
            Part.PAIR: pairs,
            Part.PHONE: tuple(person.phones),
            Part.BIRTH_YEAR: (str(person.birth_year),),
        }
        for part, values in parts.items():
            for value in values:
                self._by[part][value].add(key)

    def candidates(self, asked: PersonAsked, at_most: int) -> set[int]:
        """Of one block after the other, as long as they hold no more than so many."""
        found: set[int] = set()
        for block in block_of(asked):
            rows = self._rows(block)
            if len(found | rows) <= at_most:
                found |= rows
        return found

    def _rows(self, block: Block) -> set[int]:
        met: list[set[int]] = []
        for demand in block:
            sets = [self._by[demand.part].get(value, set()) for value in demand.values]
            met.append(set.intersection(*sets) if demand.is_all else set.union(*sets))
        return set.intersection(*met)


def without_phones(question: Question) -> Question:
    """The same, by name, year, sex and residence alone."""
    return replace(question, asked=replace(question.asked, phones=frozenset()))
