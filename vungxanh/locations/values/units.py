"""Units of both eras: their ids, their frozen form, and the trees that the package carries."""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NewType

from vungxanh.locations import rules
from vungxanh.refusals import RefusalError, Words

UnitId = NewType("UnitId", str)
COUNTRY = UnitId("vn-2021:vn")
VENDORED = Path(__file__).resolve().parent.parent / "vendored"
# Districts ended and provinces merged on this day (Law 72/2025/QH15 and the resolutions under it).
REFORM = date(2025, 7, 1)
END_OF_2021_TREE = REFORM
# The tree that choices of today are made from; history keeps the tree of its own day.
CURRENT_TREE = "vn-2025"
# From which day (included) until which (excluded) a tree holds; None is open.
TREES: Mapping[str, tuple[date | None, date | None]] = {
    "vn-2021": (None, REFORM),
    "vn-2025": (REFORM, None),
}

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


class UnknownTreeError(RefusalError):
    """The name of a tree that the package does not carry."""

    def __init__(self, text: str) -> None:
        words = Words(
            vi=f"Không có cây đơn vị “{text[:20]}”. Chọn vn-2021 (đến 30/6/2025) hoặc vn-2025.",
            en=f"There is no tree “{text[:20]}”. Choose vn-2021 (until 30 June 2025) or vn-2025.",
        )
        super().__init__("locations.unknown_tree", words, field="tree")


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


def tree_on(day: date) -> str:
    """The tree that holds on a day: `vn-2021` until 30 June 2025, `vn-2025` from 1 July."""
    return "vn-2021" if day < REFORM else "vn-2025"


def country_of(tree: str) -> UnitId:
    """The country as a unit of a tree; a tree that is not known is refused."""
    return UnitId(f"{known_tree(tree)}:vn")


def known_tree(text: str) -> str:
    """`text` if it names a tree that the package carries; anything else is refused."""
    if text not in TREES:
        raise UnknownTreeError(text)
    return text


def units_of(tree: str) -> tuple[Unit, ...]:
    """The country, its provinces and all below in one tree, parents before children.

    Read from the file that the package carries: no database and no Django is needed.
    """
    return _read(known_tree(tree))


def units_2021() -> tuple[Unit, ...]:
    """63 provinces, 705 districts, 10,599 communes and the country; until 30 June 2025."""
    return _read("vn-2021")


def units_2025() -> tuple[Unit, ...]:
    """34 provinces, 3,321 communes and the country; from 1 July 2025, with the names of today."""
    return _read("vn-2025")


@lru_cache(maxsize=1)
def upper_units_2021() -> tuple[Unit, ...]:
    """The country, its provinces and districts; a tenth of the time that all units take."""
    with gzip.open(VENDORED / "vn-2021.csv.gz", "rt", encoding="utf-8", newline="") as text:
        return tuple(_units(csv.DictReader(line for line in text if ",commune," not in line)))


@lru_cache(maxsize=len(TREES))
def _read(tree: str) -> tuple[Unit, ...]:
    with gzip.open(VENDORED / f"{tree}.csv.gz", "rt", encoding="utf-8", newline="") as text:
        return tuple(_units(csv.DictReader(text)))


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
    valid_from, valid_to = TREES[tree]
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
        valid_from=valid_from,
        valid_to=valid_to,
        path=path,
    )
