"""The grammar as tables: what clerks write, by campaign, level and part of the letter."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """A table of the grammar by its name."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@cache
def places() -> tuple[dict[str, str], ...]:
    """Real provinces, districts and communes of 2021 with their codes."""
    with (HERE / "places.csv").open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))
