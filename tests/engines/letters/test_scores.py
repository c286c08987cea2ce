"""Letters are read as careful people read them."""

from pathlib import Path
from statistics import mean

import pytest

from tests.engines.letters.generator import generate
from tests.engines.letters.scoring import (
    FAMILY,
    REAL,
    expected_of,
    parts_of_score,
    reading_of,
    score_of,
)
from vungxanh.directives.values import known_places
from vungxanh.engines.letters import read

N_GENERATED = 200
# What a letter of the five must reach, and what the reader reaches now: never less again.
REQUIRED, REACHED = 0.9, 0.97


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_each_real_letter_is_read_as_a_careful_person_reads_it(path: Path) -> None:
    """Five letters of 2020 and 2021."""
    assert score_of(expected_of(path), reading_of(path)) >= REACHED


@pytest.mark.parametrize("path", FAMILY, ids=lambda path: path.stem)
def test_each_letter_of_the_family_is_read(path: Path) -> None:
    """Directives, plans, notices, telegrams, letters of the party, ministries and communes."""
    assert score_of(expected_of(path), reading_of(path)) >= REACHED - 0.03


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_no_part_of_a_real_letter_is_lost(path: Path) -> None:
    """A good mean must not hide a part that was not read."""
    assert min(parts_of_score(expected_of(path), reading_of(path)).values()) >= 0.7


@pytest.mark.slow
def test_generated_letters_are_read_back() -> None:
    """Two hundred letters of another grammar, written by other hands than the reader."""
    samples = [generate(seed) for seed in range(N_GENERATED)]
    places = known_places("vn-2021")
    scores = [score_of(sample.expected, read(sample.text, places=places)) for sample in samples]
    assert mean(scores) >= REACHED
    assert min(scores) >= 0.75
    assert sum(score >= REQUIRED for score in scores) >= 0.95 * N_GENERATED
