"""Units as people type them: a line each, by id or by name."""

import re

from vungxanh.accounts.queries.listing import units_within
from vungxanh.accounts.values import era_of
from vungxanh.engines.names import fold
from vungxanh.locations.values import TREES, Unit, UnitId, registry
from vungxanh.refusals import RefusalError, Words

_ID = re.compile(r"vn-[0-9]{4}:(?:vn|[0-9]{2,5})")
_MOST_NAMED = 5


class UnitTextError(RefusalError):
    """A line names no unit of the area, or several."""

    def __init__(self, line: str, several: list[Unit]) -> None:
        named = [written(unit.id, "vi") for unit in several[:_MOST_NAMED]]
        words = Words(
            vi=f"Không có “{line[:60]}” trong địa bàn của bạn. Ghi tên đầy đủ hoặc mã.",
            en=f"There is no “{line[:60]}” in your area. Write the full name or the id.",
        )
        if several:
            words = Words(
                vi=f"Có nhiều đơn vị “{line[:60]}”. Ghi một trong: {'; '.join(named)}.",
                en=f"There are several “{line[:60]}”. Write one of: {'; '.join(named)}.",
            )
        super().__init__("accounts.unit_text", words, field="units")


def units_of_text(text: str, *, held: frozenset[str]) -> tuple[str, ...]:
    """The ids of the units named line by line; names are looked up in the area held, no query."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return tuple(_unit_of(line, held) for line in lines if line)


def written(unit_id: str, language: str) -> str:
    """A unit as `units_of_text` reads it back: its name, its era and its id."""
    try:
        unit = registry().unit(UnitId(unit_id))
    except RefusalError:
        return unit_id
    return f"{unit.name}, {era_of(unit_id).in_language(language)} [{unit_id}]"


def _unit_of(line: str, held: frozenset[str]) -> str:
    found = _ID.search(line)
    if found:
        return found[0]
    asked = fold(line)
    named = [unit for unit in _units_in(held) if asked in _names(unit)]
    if len(named) != 1:
        raise UnitTextError(line, named)
    return named[0].id


def _units_in(held: frozenset[str]) -> list[Unit]:
    everywhere = any(one.endswith(":vn") for one in held)
    inside = frozenset() if everywhere else units_within(held)
    known = (unit for tree in TREES for unit in registry().units(tree))
    return [unit for unit in known if everywhere or unit.id in inside]


def _names(unit: Unit) -> set[str]:
    return {fold(unit.name), fold(unit.short_name), fold(unit.bare_name)}
