"""Map sheets, from the file that the package carries."""

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache

from vungxanh.locations.values import VENDORED, MapSheet, UnitId, parse_unit_id, sheet_from_wire

MAPS = VENDORED / "maps-2021.json.gz"


def sheet(unit_id: str) -> MapSheet | None:
    """The map of a unit's children, None where there is none (districts, communes); no query."""
    return sheets().get(parse_unit_id(unit_id))


@lru_cache(maxsize=1)
def sheets() -> Mapping[UnitId, MapSheet]:
    """The maps of the country and its provinces by the unit they show, from the package's file."""
    with gzip.open(MAPS, "rt", encoding="utf-8") as text:
        found = [sheet_from_wire("vn-2021", row) for row in json.load(text).values()]
    return {one.unit_id: one for one in found}
