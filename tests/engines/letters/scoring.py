"""The score of a reading as it is published, and the letters with their careful readings."""

import json
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from vungxanh.directives.values import read_letter
from vungxanh.engines.letters import Reading

DATA: Final = Path(__file__).parents[2] / "data"
LETTERS: Final = DATA / "letters"
_SCORE: Final = runpy.run_path(str(DATA / "checks" / "letters_score.py"))["score"]

REAL: Final = tuple(sorted(LETTERS.glob("*.txt")))
FAMILY: Final = tuple(sorted((LETTERS / "family").glob("*.txt")))


def reading_of(path: Path) -> Reading:
    """The reading of a letter kept as text, units of its day known."""
    return read_letter(path.read_text(encoding="utf-8"))


def expected_of(path: Path) -> dict[str, Any]:
    """The careful reading beside it."""
    expected: dict[str, Any] = json.loads(
        path.with_suffix(".expected.json").read_text(encoding="utf-8")
    )
    return expected


def parts_of_score(expected: Mapping[str, Any], reading: Reading) -> dict[str, float]:
    """What each part of a reading scores, 0 to 1, on its wire form."""
    wire = json.loads(json.dumps(reading.as_dict(), ensure_ascii=False))
    parts: dict[str, float] = _SCORE(expected, wire)
    return parts


def score_of(expected: Mapping[str, Any], reading: Reading) -> float:
    """The mean of the parts."""
    parts = parts_of_score(expected, reading)
    return sum(parts.values()) / len(parts)
