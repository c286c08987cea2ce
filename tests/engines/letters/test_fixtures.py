"""The careful readings of the letters say nothing that is not in the letters."""

import csv
import gzip
import json
import re
import runpy
import unicodedata
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
LETTERS = ROOT / "tests" / "data" / "letters"
SCORE = runpy.run_path(str(ROOT / "tests" / "data" / "checks" / "letters_score.py"))
UNITS = ROOT / "vungxanh" / "locations" / "vendored" / "vn-2021.csv.gz"
DEADLINES = {"none", "unspecified", "immediate", "before", "by", "until", "recurring"}
FREQUENCIES = {"daily", "periodic", "continuous"}
MODALITIES = {"đề nghị", "yêu cầu", "phải", "giao", "khuyến nghị", None}

Reading = dict[str, Any]

paths = sorted(LETTERS.rglob("*.expected.json"))
each_reading = pytest.mark.parametrize("path", paths, ids=lambda path: path.name.split(".")[0])


def reading_of(path: Path) -> Reading:
    reading: Reading = json.loads(path.read_text(encoding="utf-8"))
    return reading


def plain(text: str) -> str:
    """Markup and line ends taken away, one blank between words, lower case."""
    bare = re.sub(r"[*#<>]", "", unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", bare).casefold().strip()


def letter_of(path: Path) -> str:
    file = path.with_name(reading_of(path)["source"]["file"])
    return plain(file.read_text(encoding="utf-8"))


def absent(quotes: Iterator[str | None], letter: str) -> list[str]:
    return [quote for quote in quotes if quote and plain(quote) not in letter]


def spellings(value: float) -> set[str]:
    """The ways a letter of these writes a number: 1.234, 1,234, 1234, 05, 13,66, 13.66, 2 triệu."""
    grouped = f"{value:,}".removesuffix(".0")
    decimal = f"{value:.2f}"
    plain_number = f"{value:g}" if value % 1 else f"{value:.0f}"
    forms = {grouped, grouped.replace(",", "."), plain_number, plain_number.zfill(2), decimal}
    return {*forms, *(form.replace(".", ",") for form in forms), f"{value / 1e6:g} triệu"}


def is_written(value: float, letter: str) -> bool:
    return any(re.search(rf"(?<![\d]){re.escape(s)}(?!\d)", letter) for s in spellings(value))


def day_is_written(day: str, letter: str) -> bool:
    """Whether the day of an ISO date, or "tháng" with its month and year, is in the letter."""
    year, month, date = int(day[:4]), int(day[5:7]), int(day[8:10])
    numbers = rf"\b0?{date}[/.]0?{month}\b|tháng 0?{month}/{year}"
    return bool(re.search(rf"{numbers}|ngày 0?{date} tháng 0?{month} năm {year}", letter))


def days(reading: Reading) -> Iterator[str | None]:
    document, tasks = reading["document"], [task["deadline"] for task in reading["tasks"]]
    yield from (document.get(key) for key in ("date", "date_not_before"))
    yield from (citation["date"] for citation in reading["citations"])
    yield from (fact["as_of"] for fact in reading["facts"])
    yield from (goal["due"] for goal in reading["campaign_targets"])
    yield from (deadline.get("value") for deadline in tasks)
    yield from (deadline.get("recurrence", {}).get("until") for deadline in tasks)


def numbers(reading: Reading) -> Iterator[float]:
    figures = chain(reading["facts"], reading["campaign_targets"])
    targets = (task["target"] for task in reading["tasks"] if task["target"])
    yield from (item["value"] for item in chain(figures, targets))


def cells(reading: Reading) -> Iterator[Any]:
    rows = chain.from_iterable(
        [*table["rows"], table.get("total_row", [])] for table in reading["tables"]
    )
    yield from (cell for row in rows for cell in row if cell is not None)


def names(reading: Reading) -> Iterator[str | None]:
    yield from reading["addressees"]
    yield from (recipient["name"] for recipient in reading["recipients"])
    yield from (citation["number"] for citation in reading["citations"])
    yield from (contact.get("phone") for contact in reading["contacts"])
    yield from (contact.get("email") for contact in reading["contacts"])


def evidence(reading: Reading) -> Iterator[str | None]:
    deadlines = (task["deadline"].get("text", "") for task in reading["tasks"])
    yield from chain.from_iterable(text.split("; ") for text in deadlines)
    yield from (item.get("text") for item in reading["facts"])
    yield from (goal["text"] for goal in reading["campaign_targets"])
    yield from (task.get("condition") for task in reading["tasks"])
    yield from (reading["document"][key] for key in ("number", "place", "subject"))
    yield reading["signer"]["role"]
    yield reading["signer"]["name"]


def share_of_words(action: str, letter: str) -> float:
    words = re.findall(r"\w+", plain(action))
    known = set(re.findall(r"\w+", letter))
    return sum(word in known for word in words) / len(words)


def is_sum_or_share(table: Reading, name: str) -> bool:
    column = [row[table["columns"].index(name)] for row in table["rows"]]
    return name.startswith("pct_") or table["computed_totals"][name] == sum(column)


@each_reading
def test_a_reading_scores_one_against_itself(path: Path) -> None:
    reading = reading_of(path)
    assert set(SCORE["score"](reading, reading).values()) == {1.0}


@each_reading
def test_names_and_numbers_of_documents_are_in_the_letter(path: Path) -> None:
    assert absent(names(reading_of(path)), letter_of(path)) == []


@each_reading
def test_quoted_evidence_is_in_the_letter(path: Path) -> None:
    assert absent(evidence(reading_of(path)), letter_of(path)) == []


@each_reading
def test_figures_and_targets_are_in_the_letter(path: Path) -> None:
    letter = letter_of(path)
    assert [n for n in numbers(reading_of(path)) if not is_written(n, letter)] == []


@each_reading
def test_days_are_in_the_letter(path: Path) -> None:
    letter = letter_of(path)
    assert [d for d in days(reading_of(path)) if d and not day_is_written(d, letter)] == []


@each_reading
def test_figures_of_tables_are_in_the_letter(path: Path) -> None:
    letter = letter_of(path)
    figures = [cell for cell in cells(reading_of(path)) if isinstance(cell, int | float)]
    assert [figure for figure in figures if not is_written(figure, letter)] == []


@each_reading
def test_actions_use_the_words_of_the_letter(path: Path) -> None:
    letter = letter_of(path)
    actions = [task["action"] for task in reading_of(path)["tasks"]]
    assert [action for action in actions if share_of_words(action, letter) < 0.8] == []


@each_reading
def test_tasks_keep_to_the_words_of_the_schema(path: Path) -> None:
    tasks = reading_of(path)["tasks"]
    modalities = {word for task in tasks for word in (task["modality"] or "").split("/")}
    recurrences = [t["deadline"]["recurrence"] for t in tasks if "recurrence" in t["deadline"]]
    assert {task["deadline"]["type"] for task in tasks} <= DEADLINES
    assert {recurrence["freq"] for recurrence in recurrences} <= FREQUENCIES
    assert modalities - {""} <= MODALITIES
    assert len({task["id"] for task in tasks}) == len(tasks)


@each_reading
def test_codes_of_units_are_those_of_2021(path: Path) -> None:
    with gzip.open(UNITS, "rt", encoding="utf-8") as lines:
        known = {row["code"] for row in csv.DictReader(lines)}
    document = reading_of(path)["document"]
    given = {document.get("province_gso_2021"), document.get("district_gso_2021")} - {None}
    words = {cell for cell in cells(reading_of(path)) if isinstance(cell, str)}
    assert given | {word for word in words if word.isdigit()} <= known


@each_reading
def test_computed_totals_are_the_sums_of_the_rows(path: Path) -> None:
    tables = [table for table in reading_of(path)["tables"] if "computed_totals" in table]
    totals = [(table, name) for table in tables for name in table["computed_totals"]]
    wrong = [name for table, name in totals if not is_sum_or_share(table, name)]
    assert wrong == []
