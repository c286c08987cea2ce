"""The units that the package carries with it, read without a database and without Django."""

import csv
import gzip
from datetime import date
from functools import lru_cache
from pathlib import Path

from vungxanh.locations import rules
from vungxanh.locations.values import Level, Unit, UnitId

VENDORED = Path(__file__).resolve().parents[1] / "vendored"
# Districts ended and provinces merged on this day (Law 72/2025/QH15 and the resolutions under it).
END_OF_2021_TREE = date(2025, 7, 1)


@lru_cache(maxsize=1)
def units_2021() -> tuple[Unit, ...]:
    """The country, its provinces, districts and communes, parents before children."""
    with gzip.open(VENDORED / "vn-2021.csv.gz", "rt", encoding="utf-8", newline="") as text:
        return tuple(_unit(row) for row in csv.DictReader(text))


def _unit(row: dict[str, str]) -> Unit:
    tree, type_word, bare = row["tree"], row["type_word"], row["name"]
    known_as = rules.bare_name(type_word, bare)
    return Unit(
        id=UnitId(f"{tree}:{row['code']}"),
        tree=tree,
        code=row["code"],
        parent_id=UnitId(f"{tree}:{row['parent']}") if row["parent"] else None,
        level=Level(row["level"]),
        name=rules.full_name(type_word, bare),
        type_word=type_word,
        short_name=rules.short_name(type_word, bare),
        bare_name=known_as,
        sort_key=rules.sort_key(known_as),
        valid_to=END_OF_2021_TREE,
    )
