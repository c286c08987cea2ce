"""What became of the units of 2021: successions and changes of name, read without a database."""

import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from vungxanh.locations.values.units import VENDORED, Unit, UnitId
from vungxanh.refusals import RefusalError, Words

Certainty = Literal["sure", "uncertain"]


class Source(StrEnum):
    """How a succession is known (`vendored/README.md` says from what).

    `WHOLE`: the old unit passed whole into one new unit. `SPLIT`: it was parted among several.
    `ALIAS` and `NAME`: a commune merged into a neighbour before July 2025, found by the names that
    the neighbour also bears, or because it took the name; both in its own district.
    `MOVED`: as these, but in the district to which its neighbours had passed. `DISTRICT`: known
    only by its district, so every new unit of that district is named. `COMMUNES`: a district, by
    the communes it had. `MERGED`: a province or the country, whole.
    """

    WHOLE = "whole"
    SPLIT = "split"
    ALIAS = "alias"
    NAME = "name"
    MOVED = "moved"
    DISTRICT = "district"
    COMMUNES = "communes"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Succession:
    """One new unit that an old one, or a part of it, passed into on 1 July 2025.

    `share` is the part of the old unit that passed (0-1, 1 is all of it), None where no source
    gives it. `is_default` marks where a thing of the old unit belongs when nothing nearer is
    known; a district in several parts has none, nor has a commune known by its district alone.
    `certainty` is "sure" where all of a commune, or at least one whole commune of a district,
    passed; "uncertain" where a commune was parted or was found by a weaker method.
    `source` is a value of `Source`.
    """

    old: UnitId
    new: UnitId
    share: Decimal | None
    is_default: bool
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Heir:
    """A succession with the unit at its other end and what lies above that unit."""

    succession: Succession
    unit: Unit
    above: Unit | None


class NotValidOnError(RefusalError):
    """A unit asked about on a day on which its tree does not hold; names what stands instead."""

    def __init__(self, unit: Unit, on: date, instead: Sequence[str]) -> None:
        vi, en = (
            ("chưa có", "did not exist yet") if unit.valid_from else ("không còn", "is no more")
        )
        listed = ", ".join(instead[:8]) + (", …" if len(instead) > 8 else "")
        words = Words(
            vi=f"{unit.name} ({unit.id}) {vi} vào ngày {on.day}/{on.month}/{on.year}. "
            f"Ngày đó là: {listed}. Chọn một trong số đó hoặc đổi ngày.",
            en=f"{unit.name} ({unit.id}) {en} on {on.isoformat()}. "
            f"On that day it is: {listed}. Choose one of these or another day.",
        )
        super().__init__("locations.not_valid_on", words, field="on")


class NoSuccessorError(RefusalError):
    """A unit of today, asked what it became."""

    def __init__(self, unit_id: str) -> None:
        words = Words(
            vi=f"{unit_id} đang có hiệu lực, chưa thành đơn vị khác. Hỏi một mã vn-2021.",
            en=f"{unit_id} is valid today and became nothing else. Ask about a vn-2021 id.",
        )
        super().__init__("locations.no_successor", words, field="unit")


class BadDayError(RefusalError):
    """Text that is no day."""

    def __init__(self, text: str) -> None:
        words = Words(
            vi=f"“{text[:20]}” không phải một ngày. Viết như 2025-07-01 (năm-tháng-ngày).",
            en=f"“{text[:20]}” is not a day. Write it like 2025-07-01 (year-month-day).",
        )
        super().__init__("locations.bad_day", words, field="on")


class OtherTreeError(RefusalError):
    """A unit and a tree or a day that do not go together."""

    def __init__(self, unit_id: str, tree: str) -> None:
        words = Words(
            vi=f"{unit_id} không thuộc cây {tree}. Bỏ bớt một điều kiện hoặc chọn đơn vị cùng cây.",
            en=f"{unit_id} is not of the tree {tree}. Leave one out or choose a unit of that tree.",
        )
        super().__init__("locations.other_tree", words, field="tree")


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that changed its type after its tree began: its name before, and by which act.

    `resolved_on` is the day of the resolution; the source does not give the day it took effect.
    """

    unit_id: UnitId
    name_before: str
    resolution: str
    resolved_on: date


@lru_cache(maxsize=1)
def successions() -> tuple[Succession, ...]:
    """All that is known, ordered by old unit, its default first; no database and no Django."""
    with gzip.open(VENDORED / "succession.csv.gz", "rt", encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        next(rows)
        return tuple(_succession(*row) for row in rows)


@lru_cache(maxsize=1)
def changes() -> tuple[Change, ...]:
    """The units of today that changed their type since 1 July 2025, in the order of ids."""
    with (VENDORED / "changes.csv").open(encoding="utf-8", newline="") as text:
        return tuple(
            Change(
                UnitId(row["unit"]),
                row["name_before"],
                row["resolution"],
                date.fromisoformat(row["resolved_on"]),
            )
            for row in csv.DictReader(text)
        )


def _succession(old: str, new: str, *rest: str) -> Succession:
    share, default, certainty, source = rest
    return Succession(
        old=UnitId(f"vn-2021:{old}"),
        new=UnitId(f"vn-2025:{new}"),
        share=Decimal(share) if share else None,
        is_default=default == "1",
        certainty="sure" if certainty == "sure" else "uncertain",
        source=source,
    )
