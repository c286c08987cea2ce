"""Map sheets: of boundaries that were brought in, else from the files that the package carries."""

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache

from vungxanh.locations.queries.boundaries import own_sheet
from vungxanh.locations.values import (
    VENDORED,
    MapSheet,
    UnitId,
    parse_unit_id,
    sheet_from_wire,
    split_unit_id,
)


def sheet(unit_id: str) -> MapSheet | None:
    """The map of a unit's children: of imported boundaries, else schematic; one query."""
    return own_sheet(parse_unit_id(unit_id)) or schematic_sheet(unit_id)


def schematic_sheet(unit_id: str) -> MapSheet | None:
    """The schematic map of a unit's children in either tree, None where there is none; no query.

    A tree's file is read when its first map is asked for, and kept: 0.7 MB for `vn-2021`, 1.7 MB
    for `vn-2025`.
    """
    tree, _ = split_unit_id(unit_id)
    return sheets(tree).get(parse_unit_id(unit_id))


@lru_cache(maxsize=4)
def sheets(tree: str = "vn-2021") -> Mapping[UnitId, MapSheet]:
    """The maps of a tree's country and provinces by the unit they show; none of a strange tree."""
    path = VENDORED / f"maps-{tree.removeprefix('vn-')}.json.gz"
    if not path.exists():
        return {}
    with gzip.open(path, "rt", encoding="utf-8") as text:
        found = [sheet_from_wire(tree, row) for row in json.load(text).values()]
    return {one.unit_id: one for one in found}
