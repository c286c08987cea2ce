"""The units that the package carries with it, read without a database and without Django."""

import csv
import gzip
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from vungxanh.locations import rules
from vungxanh.locations.values import (
    Level,
    MapInset,
    MapLabel,
    MapQuality,
    MapShape,
    MapSheet,
    Point,
    Side,
    Unit,
    UnitId,
)
from vungxanh.refusals import Words

TREE = "vn-2021"
VENDORED = Path(__file__).resolve().parents[1] / "vendored"
# Districts ended and provinces merged on this day (Law 72/2025/QH15 and the resolutions under it).
END_OF_2021_TREE = date(2025, 7, 1)
NOTES = {
    "country": Words(
        vi="Sơ đồ các tỉnh, không phải ranh giới chính thức. Quần đảo Hoàng Sa và Trường Sa vẽ "
        "trong khung, theo tỷ lệ riêng.",
        en="A schematic map of the provinces, not official boundaries. The Hoàng Sa and Trường Sa "
        "archipelagos stand in frames of their own scale.",
    ),
    "fair": Words(
        vi="Sơ đồ dựng từ tâm xã, không phải ranh giới chính thức.",
        en="Schematic cells made from the centres of communes, not official boundaries.",
    ),
    "rough": Words(
        vi="Sơ đồ dựng từ tâm xã, không phải ranh giới chính thức; tỉnh này vẽ gần đúng.",
        en="Schematic cells made from the centres of communes, not official boundaries; "
        "this province is drawn roughly.",
    ),
}


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


@lru_cache(maxsize=1)
def sheets_2021() -> Mapping[UnitId, MapSheet]:
    """The map sheets of the country and its provinces by the unit they show."""
    with gzip.open(VENDORED / "maps-2021.json.gz", "rt", encoding="utf-8") as text:
        sheets = [_sheet(row) for row in json.load(text).values()]
    return {sheet.unit_id: sheet for sheet in sheets}


def _sheet(row: Mapping[str, Any]) -> MapSheet:
    return MapSheet(
        unit_id=_id(row["code"]),
        width=row["width"],
        height=row["height"],
        shapes=tuple(_shape(one) for one in row["shapes"]),
        insets=tuple(_inset(one) for one in row["insets"]),
        quality=MapQuality(row["quality"]),
        note=NOTES["country" if row["code"] == "vn" else row["quality"]],
    )


def _shape(row: Mapping[str, Any]) -> MapShape:
    label = row.get("label")
    return MapShape(
        unit_id=_id(row["code"]),
        name=row["name"],
        d=row["d"],
        anchor=Point(*row["anchor"]),
        label=_label(label) if label else None,
    )


def _label(row: Mapping[str, Any]) -> MapLabel:
    lead = tuple(Point(*corner) for corner in row["lead"])
    return MapLabel(Side(row["side"]), Point(*row["at"]), lead)


def _inset(row: Mapping[str, Any]) -> MapInset:
    return MapInset(
        unit_id=_id(row["code"]),
        title=row["title"],
        owner=row["owner"],
        corner=Point(*row["corner"]),
        width=row["width"],
        height=row["height"],
        d=row["d"],
    )


def _id(code: str) -> UnitId:
    return UnitId(f"{TREE}:{code}")
