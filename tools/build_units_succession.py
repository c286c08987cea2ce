"""Which new units each unit of 2021 passed into, made from vietnamadminunits' converter.

The converter knows the communes of early 2025. Those of 2021 that are no longer among them
merged into neighbours from 2023 on; they are found by the names that a neighbour bears.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from tools.build_units_sources import Row, Wheels
from vungxanh.engines.names import fold

WHOLE = "1"
# New commune → whether it is where a thing of unknown place belongs.
Parts = dict[str, bool]


class Heir(NamedTuple):
    """One row of the vendored succession; codes without their trees."""

    old: str
    new: str
    share: str
    is_default: str
    certainty: str
    source: str


class Bridge(NamedTuple):
    """Communes of early 2025 that stand for one of 2021, and how they were found."""

    communes: list[str]
    source: str


def succession(wheels: Wheels, old: list[Row], new: list[Row]) -> list[Heir]:
    """The heirs of every unit of 2021, ordered by old unit, its default first."""
    parts = parts_before_reform(wheels)
    communes = _communes(wheels, old, parts)
    districts = list(_districts(old, parts, communes))
    provinces = list(_provinces(old, new, communes))
    country = Heir("vn", "vn", WHOLE, "1", "sure", "merged")
    found = [country, *provinces, *districts, *communes]
    return sorted(
        found, key=lambda heir: (len(heir.old), heir.old, heir.is_default != "1", heir.new)
    )


def parts_before_reform(wheels: Wheels) -> dict[str, Parts]:
    """The new communes of each commune of early 2025, districts without communes too."""
    old = {_old_key(row): row["wardCode"] or row["districtCode"] for row in wheels.units_before}
    new = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in wheels.units_2025}
    found: dict[str, Parts] = defaultdict(dict)
    for province, heirs in wheels.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for heir, keys in heirs.items():
            for key in keys:
                found[old[key]][new[province, heir]] = True
    for province, split in wheels.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, heirs in split.items():
            for heir in heirs:
                found[old[key]][new[province, heir["newWardKey"]]] = heir["isDefaultNewWard"]
    return found


def _old_key(row: dict[str, Any]) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _communes(wheels: Wheels, old: list[Row], parts: dict[str, Parts]) -> list[Heir]:
    bridges = Bridges(wheels, old)
    found: list[Heir] = []
    for row in old:
        if row.level == "commune" and row.code in parts:
            found += _straight(row.code, parts[row.code])
        elif row.level == "commune":
            found += _bridged(row.code, bridges.find(row), parts)
    return found


def _straight(old: str, parts: Parts) -> Iterator[Heir]:
    if len(parts) == 1:
        yield Heir(old, next(iter(parts)), WHOLE, "1", "sure", "whole")
        return
    for new, is_default in parts.items():
        yield Heir(old, new, "", "1" if is_default else "0", "uncertain", "split")


def _bridged(old: str, bridge: Bridge, parts: dict[str, Parts]) -> Iterator[Heir]:
    heirs: Parts = {}
    for code in bridge.communes:
        heirs |= parts[code]
    is_whole = len(heirs) == 1
    is_sure = is_whole and bridge.source in ("alias", "name")
    for new, is_default in sorted(heirs.items()):
        chosen = is_whole or (is_default and bridge.source != "district")
        yield Heir(
            old,
            new,
            WHOLE if is_sure else "",
            "1" if chosen else "0",
            "sure" if is_sure else "uncertain",
            bridge.source,
        )


class Bridges:
    """Looks for the neighbours that took in the communes merged before."""

    def __init__(self, wheels: Wheels, old: list[Row]) -> None:
        self._named = {
            row["wardCode"]: _names(row) for row in wheels.units_before if row["wardCode"]
        }
        self._in_district: dict[str, list[str]] = defaultdict(list)
        for row in wheels.units_before:
            if row["wardCode"]:
                self._in_district[row["districtCode"]].append(row["wardCode"])
        district_of = {c: d for d, codes in self._in_district.items() for c in codes}
        self._survivors: dict[str, list[str]] = defaultdict(list)
        self._moved: dict[str, set[str]] = defaultdict(set)
        for unit in old:
            if unit.code in district_of:
                self._survivors[unit.parent].append(unit.code)
                self._moved[unit.parent].add(district_of[unit.code])

    def find(self, row: Row) -> Bridge:
        """The one commune that bears the name, else all that remained of the district."""
        own = self._in_district[row.parent]
        near = [
            code
            for district in sorted(self._moved[row.parent] - {row.parent})
            for code in self._in_district[district]
        ]
        full, bare = _key(row), _plain(fold(row.name))
        for source, codes, key, place in (
            ("alias", own, full, 1),
            ("name", own, full, 0),
            ("moved", near, full, 1),
            ("alias", own, bare, 1),
        ):
            found = [code for code in codes if key in self._named[code][place]]
            if len(found) == 1:
                return Bridge(found, source)
        return Bridge(self._survivors[row.parent], "district")


def _names(row: dict[str, Any]) -> tuple[set[str], set[str]]:
    """A commune's own key, and the keys of the communes it took in."""
    aliases = json.loads(row["wardAlias"] or "[]")
    return {_plain(row["wardKey"])}, {_plain(key) for key in aliases}


def _key(row: Row) -> str:
    return _plain(fold(f"{row.type_word} {row.name}"))


def _plain(key: str) -> str:
    """Letters and digits alone, numbers without leading noughts: `phuong01` is `phuong1`."""
    return re.sub(r"(?<=[a-z])0+(?=\d)", "", re.sub(r"[^a-z0-9]", "", key))


def _districts(old: list[Row], parts: dict[str, Parts], communes: list[Heir]) -> Iterator[Heir]:
    parent = {row.code: row.parent for row in old}
    heirs: dict[str, list[Heir]] = defaultdict(list)
    for heir in communes:
        heirs[parent[heir.old]].append(heir)
    for row in old:
        if row.level == "district" and row.code in heirs:
            yield from _summed(row.code, heirs[row.code], lambda heir: heir.new, "communes")
        elif row.level == "district":
            yield from _straight(row.code, parts[row.code])


def _provinces(old: list[Row], new: list[Row], communes: list[Heir]) -> Iterator[Heir]:
    above = {row.code: row.parent for row in old}
    province = {row.code: row.parent for row in new if row.level == "commune"}
    heirs: dict[str, list[Heir]] = defaultdict(list)
    for heir in communes:
        heirs[above[above[heir.old]]].append(heir)
    for code in sorted(heirs):
        yield from _summed(code, heirs[code], lambda heir: province[heir.new], "merged")


def _summed(
    old: str, heirs: Iterable[Heir], place: Callable[[Heir], str], source: str
) -> Iterator[Heir]:
    """One row for each new unit that the communes of a larger one passed into."""
    sure: dict[str, bool] = defaultdict(bool)
    for heir in heirs:
        sure[place(heir)] |= heir.certainty == "sure"
    for new in sorted(sure):
        is_whole = len(sure) == 1
        certainty = "sure" if sure[new] else "uncertain"
        yield Heir(old, new, WHOLE if is_whole else "", "1" if is_whole else "0", certainty, source)
