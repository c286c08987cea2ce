"""Units as the reader of letters asks for them; no Django and no database."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from vungxanh.engines.checks import KnownUnit
from vungxanh.engines.letters.types import Reading, Unit
from vungxanh.engines.names import Kind, NameIndex, Place, Why, fold, without_type
from vungxanh.locations import values as locations

# Names in use beside the official ones, as people write them after "tỉnh" or in an address.
_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "Hồ Chí Minh": ("HCM", "TPHCM"),
    "Bà Rịa - Vũng Tàu": ("BRVT", "Bà Rịa Vũng Tàu"),
    "Thừa Thiên Huế": ("TT Huế", "TTH"),
}
_LABEL: Final = re.compile(r"[a-z0-9]+")
_LONGEST: Final = 80


class KnownPlaces:
    """The provinces of one tree and what lies right below them, matched as people write them.

    Communes of a tree with districts are read from the package when they are first asked for.
    """

    def __init__(self, tree: str, units: Iterable[locations.Unit]) -> None:
        self.tree = tree
        kept = [
            u for u in units if u.level is not locations.Level.COUNTRY and u.path.count("/") < 3
        ]
        self._units = {unit.code: _unit(unit) for unit in kept}
        self._communes: dict[str, dict[str, list[Unit]]] = {}
        self._indexes: dict[str | None, NameIndex] = {}
        self._inside: dict[str | None, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            self._inside[unit.parent].append(unit)
        self._addresses = {
            "".join(fold(name).split()): unit
            for unit in self._inside[None]
            for name in (unit.name, *_ALIASES.get(unit.name, ()))
        }

    def province(self, name: str) -> Unit | None:
        """The province of this name; None if none or several, or for a city that is no province."""
        return self._found(name, inside=None)

    def district(self, name: str, province: str | None) -> Unit | None:
        """The district of this name, in one province or, without its code, in the country."""
        if province is not None:
            return self._found(name, inside=province)
        if "" not in self._inside:
            self._inside[""] = [unit for unit in self._units.values() if unit.parent]
        return self._found(name, inside="")

    def communes(self, name: str, inside: str) -> tuple[Unit, ...]:
        """The communes of this name, type word and accents loose, below a province or district."""
        if inside not in self._communes:
            self._communes[inside] = self._named_below(inside)
        found = self._communes[inside].get(_plain(name), [])
        exact = [unit for unit in found if fold(name).startswith(f"{fold(unit.type_word)} ")]
        return tuple(exact or found)

    def _named_below(self, inside: str) -> dict[str, list[Unit]]:
        named: dict[str, list[Unit]] = defaultdict(list)
        for unit in locations.units_of(self.tree):
            if unit.level is locations.Level.COMMUNE and f"/{inside}/" in unit.path:
                named[_plain(unit.name)].append(_unit(unit))
        return dict(named)

    def by_code(self, code: str) -> Unit | None:
        """The unit of this code; None where there is none."""
        return self._units.get(code)

    def in_address(self, letters: str) -> Unit | None:
        """The province whose name begins or ends a part of an internet name.

        >>> known_places("vn-2021").in_address("ict-binhphuoc.gov.vn").code
        '70'
        """
        labels = _LABEL.findall(fold(letters.replace(".", " ").replace("@", " ")))
        found = {
            unit.code: (len(name), unit)
            for name, unit in self._addresses.items()
            if any(label.startswith(name) or label.endswith(name) for label in labels)
        }
        longest = max((size for size, _ in found.values()), default=0)
        best = [unit for size, unit in found.values() if size == longest]
        return best[0] if len(best) == 1 else None

    def _found(self, name: str, *, inside: str | None) -> Unit | None:
        if len(name) > _LONGEST:
            return None
        if inside not in self._indexes:
            self._indexes[inside] = NameIndex(map(_place, self._inside.get(inside, ())))
        found = self._indexes[inside].find(name)
        if found.kind not in (Kind.EXACT, Kind.FOLDED):
            return None
        is_other_type = inside is None and found.why == Why.TYPE_DIFFERS
        return None if is_other_type else self._units[found.keys[0]]


@lru_cache(maxsize=len(locations.TREES))
def known_places(tree: str) -> KnownPlaces:
    """The units of one tree."""
    is_2021 = tree == "vn-2021"
    upper = locations.upper_units_2021() if is_2021 else locations.units_of(tree)
    return KnownPlaces(tree, upper)


def known_units(reading: Reading) -> tuple[KnownUnit, ...] | None:
    """The units of the letter's province, to know those in its tables; None where nobody asks.

    They are of the tree that the letter was read in.
    """
    province, tree = reading.document.province, reading.document.tree
    if not province or not tree or not any(table.rows for table in reading.tables):
        return None
    return tuple(
        KnownUnit(unit.id, unit.name, unit.parent_id)
        for unit in locations.units_of(tree)
        if province in unit.chain
    )


def _unit(unit: locations.Unit) -> Unit:
    _, _, parent = (unit.parent_id or "").partition(":")
    name = unit.bare_name
    if unit.type_word and name.lower().startswith(f"{unit.type_word} ") and name[-1].isdigit():
        name = name[len(unit.type_word) + 1 :]  # a numbered unit: "Quận 1"
    is_province = unit.level is locations.Level.PROVINCE
    return Unit(
        code=unit.code,
        level=unit.level.value,
        name=name,
        type_word=unit.type_word,
        parent=None if is_province else parent,
    )


def _plain(name: str) -> str:
    """A name without accents and type word, i and y alike."""
    return fold(without_type(name)).replace("y", "i")


def _place(unit: Unit) -> Place:
    aliases = _ALIASES.get(unit.name, ())
    return Place(unit.code, unit.name, unit.type_word, unit.level, aliases)
