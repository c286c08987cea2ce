"""The rules that we ship, read once for the tests."""

import json
from functools import cache
from pathlib import Path

from vungxanh.engines.decisions import RuleSet, read_rules

FOLDER = Path(__file__).parents[3] / "vungxanh" / "declarations" / "vendored" / "rules"


def written(name: str) -> dict[str, object]:
    """One shipped file, as it is written."""
    found = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@cache
def country() -> RuleSet:
    """The rules of the country."""
    return read_rules(written("country-1"))


@cache
def khanh_hoa() -> RuleSet:
    """The colours of the card in Khánh Hòa in 2021."""
    return read_rules(written("khanh-hoa-2021"))
