"""Units, what matching answers, and map sheets: the frozen types other rooms hold."""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NewType

from vungxanh.locations import rules
from vungxanh.refusals import RefusalError, Words

UnitId = NewType("UnitId", str)
COUNTRY = UnitId("vn-2021:vn")
VENDORED = Path(__file__).resolve().parent / "vendored"
# Districts ended and provinces merged on this day (Law 72/2025/QH15 and the resolutions under it).
END_OF_2021_TREE = date(2025, 7, 1)

_UNIT_ID = re.compile(r"(vn-[0-9]{4}):(vn|[0-9]{2}|[0-9]{3}|[0-9]{5})")


class Level(StrEnum):
    """The floors of the tree, from the top."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


_LEVEL_OF_LENGTH = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


class BadUnitIdError(RefusalError):
    """Text that is not a unit id."""

    def __init__(self, text: str) -> None:
        words = Words(
            vi=f"“{text[:40]}” không phải mã địa bàn. Viết như vn-2021:52 (cây đơn vị:mã).",
            en=f"“{text[:40]}” is not a unit id. Write it like vn-2021:52 (tree:code).",
        )
        super().__init__("locations.bad_unit_id", words, field="unit")


class UnknownUnitError(RefusalError):
    """A well-formed id of a unit that is not in the tree."""

    status = 404

    def __init__(self, unit_id: str) -> None:
        words = Words(
            vi=f"Không có địa bàn nào mang mã {unit_id}. Kiểm lại mã và năm của cây đơn vị.",
            en=f"No unit has the id {unit_id}. Check the code and the year of the tree.",
        )
        super().__init__("locations.unknown_unit", words, field="unit")


def unit_id(tree: str, code: str) -> UnitId:
    """`vn-2021` and `52` as the id `vn-2021:52`; anything else is refused."""
    return parse_unit_id(f"{tree}:{code}")


def parse_unit_id(text: str) -> UnitId:
    """The id that `text` writes, spaces around it ignored."""
    written = text.strip()
    if _UNIT_ID.fullmatch(written) is None:
        raise BadUnitIdError(written)
    return UnitId(written)


def split_unit_id(text: str) -> tuple[str, str]:
    """Tree and code of an id: `vn-2021:52` is (`vn-2021`, `52`)."""
    tree, _, code = parse_unit_id(text).partition(":")
    return tree, code


def level_of(text: str) -> Level:
    """The level that a code's length tells (two, three or five digits)."""
    _, code = split_unit_id(text)
    return Level.COUNTRY if code == "vn" else _LEVEL_OF_LENGTH[len(code)]


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit of one tree.

    `name` is official ("Thành phố Quy Nhơn"), `bare_name` without its type word ("Quy Nhơn"),
    `short_name` for dense tables ("TP. Quy Nhơn"). `sort_key` orders by the Vietnamese alphabet
    when compared as bytes. `valid_from` is included, `valid_to` excluded; None is not known.
    `path` holds the codes from the country down to this unit ("vn/52/540"), empty for
    a unit that was not read from a tree.
    """

    id: UnitId
    tree: str
    code: str
    parent_id: UnitId | None
    level: Level
    name: str
    type_word: str
    short_name: str
    bare_name: str
    sort_key: str
    valid_from: date | None = None
    valid_to: date | None = None
    path: str = ""

    @property
    def chain(self) -> tuple[UnitId, ...]:
        """The ids from the country down to this unit."""
        codes = self.path.split("/") if self.path else [self.code]
        return tuple(UnitId(f"{self.tree}:{code}") for code in codes)


@dataclass(frozen=True, slots=True)
class Located:
    """A unit and the units above it but the country, the nearest first."""

    unit: Unit
    above: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A stretch of a list of units and how many the whole list has."""

    total: int
    units: tuple[Unit, ...]


class MatchKind(StrEnum):
    """How a written name was found."""

    EXACT = "exact"
    FOLDED = "folded"
    CANDIDATES = "candidates"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name means inside a parent; `unit` only when nothing else is possible."""

    text: str
    kind: MatchKind
    unit: Unit | None
    candidates: tuple[Unit, ...]
    reason: Words


class Side(StrEnum):
    """The margin of a sheet in which a label stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a sheet, in its drawing units: x to the right, y down."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class MapLabel:
    """Where a name stands and the line that leads to it.

    `at` is the baseline of the first of two lines: text ends there on the left side
    (`text-anchor="end"`) and begins there on the right. `lead` runs from the shape to the text.
    """

    side: Side
    at: Point
    lead: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MapShape:
    """One unit's outline: `d` of an SVG path, a point inside it, and its label if it has one."""

    unit_id: UnitId
    name: str
    d: str
    anchor: Point
    label: MapLabel | None


@dataclass(frozen=True, slots=True)
class MapInset:
    """Islands too far away for the sheet, drawn in a box of their own scale.

    `title` and `owner` are to be written above the box: "Hoàng Sa", "Đà Nẵng".
    """

    unit_id: UnitId
    title: str
    owner: str
    corner: Point
    width: int
    height: int
    d: str


class MapQuality(StrEnum):
    """Whether the cells lie where the districts do; `rough` sheets say so."""

    FAIR = "fair"
    ROUGH = "rough"


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A drawing of a unit's children; one drawing unit is one CSS pixel at natural size.

    `note` always accompanies the drawing.
    """

    unit_id: UnitId
    width: int
    height: int
    shapes: tuple[MapShape, ...]
    insets: tuple[MapInset, ...]
    quality: MapQuality
    note: Words


def sheet_from_wire(tree: str, row: Mapping[str, Any]) -> MapSheet:
    """A sheet as `tools/build_maps.py` wrote it, codes made ids of the tree."""
    return MapSheet(
        unit_id=unit_id(tree, row["code"]),
        width=row["width"],
        height=row["height"],
        shapes=tuple(_shape(tree, one) for one in row["shapes"]),
        insets=tuple(_inset(tree, one) for one in row["insets"]),
        quality=MapQuality(row["quality"]),
        note=rules.MAP_NOTES["country" if row["code"] == "vn" else row["quality"]],
    )


def _shape(tree: str, row: Mapping[str, Any]) -> MapShape:
    label = row.get("label")
    return MapShape(
        unit_id=unit_id(tree, row["code"]),
        name=row["name"],
        d=row["d"],
        anchor=Point(*row["anchor"]),
        label=_label(label) if label else None,
    )


def _label(row: Mapping[str, Any]) -> MapLabel:
    lead = tuple(Point(*corner) for corner in row["lead"])
    return MapLabel(Side(row["side"]), Point(*row["at"]), lead)


def _inset(tree: str, row: Mapping[str, Any]) -> MapInset:
    return MapInset(
        unit_id=unit_id(tree, row["code"]),
        title=row["title"],
        owner=row["owner"],
        corner=Point(*row["corner"]),
        width=row["width"],
        height=row["height"],
        d=row["d"],
    )


@lru_cache(maxsize=1)
def units_2021() -> tuple[Unit, ...]:
    """The country, its provinces, districts and communes, parents before children.

    Read from the file that the package carries: no database and no Django is needed.
    """
    with gzip.open(VENDORED / "vn-2021.csv.gz", "rt", encoding="utf-8", newline="") as text:
        return tuple(_units(csv.DictReader(text)))


@lru_cache(maxsize=1)
def upper_units_2021() -> tuple[Unit, ...]:
    """The country, its provinces and districts; a tenth of the time that all units take."""
    with gzip.open(VENDORED / "vn-2021.csv.gz", "rt", encoding="utf-8", newline="") as text:
        return tuple(_units(csv.DictReader(line for line in text if ",commune," not in line)))


def _units(rows: Iterable[Mapping[str, str]]) -> Iterator[Unit]:
    """Units with their paths; a parent stands before its children."""
    paths: dict[str, str] = {}
    for row in rows:
        above = paths.get(row["parent"])
        paths[row["code"]] = f"{above}/{row['code']}" if above else row["code"]
        yield _unit(row, paths[row["code"]])


def _unit(row: Mapping[str, str], path: str) -> Unit:
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
        path=path,
    )
