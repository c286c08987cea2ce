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


def kinds_of(samples: list[Sample]) -> dict[str, set[str]]:
    """What occurs among letters, by what it is."""
    readings: list[Any] = [sample.expected for sample in samples]
    tasks = [task for reading in readings for task in reading["tasks"]]
    deadlines = [task["deadline"] for task in tasks]
    looks = [sample.layout.split("/") for sample in samples]
    return {
        "type": {sample.kind.split("/")[0] for sample in samples},
        "campaign": {sample.kind.split("/")[1] for sample in samples},
        "head": {head for head, _, _ in looks},
        "body": {body for _, body, _ in looks},
        "foot": {foot for _, _, foot in looks},
        "table": {sample.table for sample in samples},
        "unicode": {sample.unicode_form for sample in samples},
        "deadline": {deadline["type"] for deadline in deadlines},
        "recurrence": {key for d in deadlines for key in d.get("recurrence", {})},
        "freq": {d["recurrence"]["freq"] for d in deadlines if "recurrence" in d},
        "modality": {task["modality"] for task in tasks},
        "optional": {key for task in tasks for key in task},
        "role": {citation["role"] for reading in readings for citation in reading["citations"]},
        "urgency": {str(reading["document"]["urgency"]) for reading in readings},
        "authority": {str(r["signer"]["authority"])[:3].strip(" .") for r in readings},
    }


EVERY = {
    "type": {"công văn", "chỉ thị", "kế hoạch", "thông báo", "công điện", "quyết định"},
    "campaign": {"app", "declaration", "qr", "tracing", "quarantine", "teams"},
    "head": {"stacked", "columns", "no agency", "none"},
    "body": {"paragraphs", "plain", "wrapped", "spaced", "markdown"},
    "foot": {"stacked", "columns"},
    "table": {"none", "tab", "aligned", "broken", "form"},
    "unicode": {"NFC", "NFD", "mixed"},
    "deadline": {"none", "unspecified", "immediate", "before", "by", "until", "recurring"},
    "recurrence": {"freq", "before_time", "min_times", "until"},
    "freq": {"daily", "periodic", "continuous"},
    "modality": {"đề nghị", "yêu cầu", "giao"},
    "optional": {"deliver_to", "form", "condition", "indirect"},
    "role": {"basis", "previous", "reference"},
    "urgency": {"None", "khẩn", "thượng khẩn", "hỏa tốc"},
    "authority": {"Non", "KT", "TM", "T/M", "TL", "T/L", "TUQ", "Q"},
}


@pytest.mark.parametrize("what", EVERY)
def test_three_hundred_letters_show_every_kind(samples: list[Sample], what: str) -> None:
    assert EVERY[what] - kinds_of(samples)[what] == set()


def test_about_one_letter_in_ten_is_noisy(samples: list[Sample]) -> None:
    assert 0.05 < sum(sample.noise for sample in samples) / len(samples) < 0.16


def test_a_deadline_lies_behind_the_letter(samples: list[Sample]) -> None:
    readings: list[Any] = [sample.expected for sample in samples]
    early = [
        (reading["id"], task["deadline"])
        for reading in readings
        for task in reading["tasks"]
        if task["deadline"].get("value", "9") <= (reading["document"]["date"] or "")
    ]
    assert early == []


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
