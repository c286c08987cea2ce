"""How often the right person is found in an invented register; the README's table is this."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from tests.engines.persons.register import WAYS, Question, Searched, people, questions
from tests.engines.persons.register import without_phones as by_name
from vungxanh.engines import persons
from vungxanh.engines.persons import Likeness, likeness

SEED, N_PEOPLE, N_QUESTIONS, AT_MOST = 20260601, 20_000, 450, 200
SURE = (0.5, 0.9, 0.99)
README = Path(persons.__file__).with_name("README.md")
pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and who was found for it, the likeliest first."""

    question: Question
    ranked: list[tuple[Likeness, int]]

    @property
    def is_first(self) -> bool:
        """Whether the likeliest is who was meant."""
        return bool(self.ranked) and self.ranked[0][1] == self.question.meant

    @property
    def is_found(self) -> bool:
        """Whether who was meant is among the candidates."""
        return self.question.meant in [key for _, key in self.ranked]

    def is_claimed(self, at_least: float) -> bool:
        """Whether the likeliest is likely enough to be called the one."""
        return bool(self.ranked) and self.ranked[0][0].score >= at_least


@lru_cache(maxsize=1)
def answers() -> list[Answer]:
    rng = np.random.default_rng(SEED)
    searched = Searched(people(N_PEOPLE, rng))
    asked = map(by_name, questions(searched.known, N_QUESTIONS, rng))
    return [Answer(question, _ranked(question, searched)) for question in asked]


def _ranked(question: Question, searched: Searched) -> list[tuple[Likeness, int]]:
    keys = searched.candidates(question.asked, AT_MOST)
    found = [(likeness(question.asked, searched.known[key], N_PEOPLE), key) for key in keys]
    return sorted(found, key=lambda pair: (-pair[0].score, pair[1]))


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"


def table() -> str:
    """Recall by way of writing, then precision and recall by how sure the engine is."""
    known = [answer for answer in answers() if answer.question.meant is not None]
    by_way = {way: [one for one in known if one.question.way == way] for way in WAYS}
    rows = [
        f"| {way} | {len(asked)} | {share(sum(one.is_found for one in asked), len(asked))} "
        f"| {share(sum(one.is_first for one in asked), len(asked))} |"
        for way, asked in by_way.items()
    ]
    claims = {sure: [one for one in answers() if one.is_claimed(sure)] for sure in SURE}
    rows += [
        f"| score ≥ {sure} | {len(claimed)} "
        f"| precision {share(sum(one.is_first for one in claimed), len(claimed))} "
        f"| recall {share(sum(one.is_first for one in claimed), len(known))} |"
        for sure, claimed in claims.items()
    ]
    return "\n".join(rows)


def test_readme_says_what_is_measured() -> None:
    told = re.findall(r"^\| .*\d.* \|$", README.read_text("utf-8"), re.MULTILINE)
    assert "\n".join(told) == table()


def test_person_is_found_by_every_way_of_writing_that_loses_no_letter() -> None:
    meant = [one for one in answers() if one.question.meant is not None]
    missed = [one for one in meant if not one.is_found and "lost" not in one.question.way]
    assert missed == []


def test_stranger_is_rarely_taken_for_somebody_known() -> None:
    strangers = [one for one in answers() if one.question.meant is None]
    taken = [one for one in strangers if one.is_claimed(0.9)]
    assert len(taken) * 20 <= len(strangers)
