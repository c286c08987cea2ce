"""The letters that examine the reader are varied, readable, and agree with their own readings."""

import json
import re
import runpy
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines.letters.generator import Sample, generate

pytestmark = pytest.mark.slow

SCORE = Path(__file__).parents[2] / "data" / "checks" / "letters_score.py"
SEEDS = range(300)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return [generate(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def score() -> Callable[[dict[str, Any], dict[str, Any]], dict[str, float]]:
    found: Callable[[dict[str, Any], dict[str, Any]], dict[str, float]]
    found = runpy.run_path(str(SCORE))["score"]
    return found


def test_a_seed_gives_the_same_letter_every_time() -> None:
    assert [generate(seed) for seed in range(40)] == [generate(seed) for seed in range(40)]


def test_seeds_give_different_letters(samples: list[Sample]) -> None:
    assert len({sample.text for sample in samples}) == len(samples)


def test_a_reading_scores_full_marks_against_itself(
    samples: list[Sample], score: Callable[[dict[str, Any], dict[str, Any]], dict[str, float]]
) -> None:
    low = [
        (sample.expected["id"], parts)
        for sample in samples
        for parts in [score(sample.expected, sample.expected)]
        if set(parts.values()) != {1.0}
    ]
    assert low == []


def test_readings_are_plain_json(samples: list[Sample]) -> None:
    assert [json.loads(json.dumps(s.expected)) for s in samples] == [s.expected for s in samples]


def squeezed(text: str) -> str:
    """What stays of a text when lines are joined, accents lost and O and l read as figures."""
    unpaged = re.sub(r"^ *2 *$", "", text, flags=re.M)
    plain = unicodedata.normalize("NFD", unpaged.casefold().replace("đ", "d"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^\w%]", "", plain).replace("o", "0").replace("l", "1")


def quoted(reading: dict[str, Any]) -> Iterator[str]:
    """Every text of a reading that must stand in its letter."""
    document = reading["document"]
    yield from (document[key] for key in ("number", "subject", "place") if document[key])
    yield from reading["addressees"]
    for citation in reading["citations"]:
        yield from (citation[key] for key in ("number", "issuer", "subject") if citation[key])
    for task in reading["tasks"]:
        yield from (*task["assignee"], task["action"], task["deadline"].get("text", ""))
        yield from (task.get(key) or "" for key in ("deliver_to", "form", "condition"))
        yield str((task["target"] or {}).get("of", ""))
    for item in [*reading["facts"], *reading["campaign_targets"]]:
        yield item["denominator"] or ""
        yield item.get("text", "")
    for recipient in reading["recipients"]:
        yield from recipient["name"].split(" ")
    yield from " ".join(value for value in reading["signer"].values() if value).split(" ")
    for table in reading["tables"]:
        yield table["title"]


def test_what_is_expected_stands_in_the_letter(samples: list[Sample]) -> None:
    missing = [
        (sample.expected["id"], text)
        for sample in samples
        for whole in [squeezed(sample.text)]
        for text in quoted(sample.expected)
        if squeezed(text) not in whole
    ]
    assert missing == []
