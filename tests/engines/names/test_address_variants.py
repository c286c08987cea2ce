"""2,000 addresses typed by rules that know nothing of the matcher."""

import csv
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from tests.engines.names.worlds import country, is_one
from tools.spelling_variants import N_ROWS, SEED, variants

DATA = Path(__file__).resolve().parents[2] / "data"
ROWS = DATA / "addresses" / "variants.csv"
N_AMBIGUOUS = 237

pytestmark = pytest.mark.slow


@lru_cache(maxsize=1)
def outcomes() -> Counter[tuple[bool, str]]:
    """How many rows, by whether they are ambiguous and what came of them."""
    with ROWS.open(encoding="utf-8", newline="") as text:
        return Counter((bool(row["ambiguous"]), outcome(row)) for row in csv.DictReader(text))


def outcome(row: dict[str, str]) -> str:
    on = date.fromisoformat(row["on"]) if row["on"] else None
    found = country().find(row["text"], on=on)
    if row["expected"] not in found.keys:
        return "wrong" if is_one(found) else "lost"
    return "found" if is_one(found) else "candidate"


def test_no_variant_resolves_to_a_wrong_unit() -> None:
    assert sum(n for (_, came), n in outcomes().items() if came in ("wrong", "lost")) == 0


def test_at_least_99_of_100_clear_variants_resolve() -> None:
    clear = outcomes()[False, "found"] + outcomes()[False, "candidate"]
    assert clear == N_ROWS - N_AMBIGUOUS
    assert outcomes()[False, "found"] / clear >= 0.99


def test_ambiguous_variants_come_back_as_candidates_with_the_right_one() -> None:
    assert outcomes()[True, "candidate"] == N_AMBIGUOUS


def test_the_file_is_what_the_rules_draw() -> None:
    drawn = [(row.text, row.on, row.expected, row.rival) for row in variants(SEED, N_ROWS)]
    with ROWS.open(encoding="utf-8", newline="") as text:
        kept = [tuple(row.values())[:4] for row in csv.DictReader(text)]
    assert kept == drawn
