"""Units as people type them: a line each, by id, by name or by address."""

import re
from collections.abc import Iterable

from vungxanh.accounts.queries.listing import units_within
from vungxanh.accounts.values import era_of
from vungxanh.engines.names import Why
from vungxanh.locations.values import Unit, UnitId, find_address, registry
from vungxanh.refusals import RefusalError, Words

_ID = re.compile(r"vn-[0-9]{4}:(?:vn|[0-9]{2,5})")
_MOST_NAMED = 5
# Of what several places bear, the area leaves the one that is meant; a doubt stays a doubt.
_SETTLED_BY_AREA = (Why.SEVERAL, Why.ERAS)


class UnitTextError(RefusalError):
    """A line names no unit of the area, or may mean several: those are told."""

    def __init__(self, line: str, fitting: list[Unit]) -> None:
        super().__init__("accounts.unit_text", _unclear(line[:60], fitting), field="units")


def _unclear(line: str, fitting: list[Unit]) -> Words:
    if not fitting:
        return Words(
            vi=f"Không có “{line}” trong địa bàn của bạn. Ghi tên đầy đủ, địa chỉ hoặc mã.",
            en=f"There is no “{line}” in your area. Write the full name, the address or the id.",
        )
    shown, n_more = fitting[:_MOST_NAMED], len(fitting[_MOST_NAMED:])
    vi, en = ("; ".join(_placed(one, language) for one in shown) for language in ("vi", "en"))
    return Words(
        vi=f"“{line}” có thể là: {vi}{f' và {n_more} nơi nữa' if n_more else ''}. "
        "Ghi thêm đơn vị cấp trên, hoặc chép một dòng trên vào đây.",
        en=f"“{line}” may be: {en}{f' and {n_more} more' if n_more else ''}. "
        "Add the unit above it, or copy one of these into the line.",
    )


def units_of_text(text: str, *, held: frozenset[str]) -> tuple[str, ...]:
    """The ids of the units named line by line; what is named must lie in the area held, no query.

    An address is written as people write it, "P. Lê Lợi, Quy Nhơn", with or without accents.
    """
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
    meant = find_address(line)
    fitting = _of_area(meant.candidates, held)
    is_settled = meant.unit is not None or meant.why in _SETTLED_BY_AREA
    if len(fitting) != 1 or not is_settled:
        raise UnitTextError(line, fitting)
    return fitting[0].id


def _of_area(units: Iterable[Unit], held: frozenset[str]) -> list[Unit]:
    if any(one.endswith(":vn") for one in held):
        return list(units)
    inside = units_within(held)
    return [unit for unit in units if unit.id in inside]


def _placed(unit: Unit, language: str) -> str:
    """A unit with what lies above it, its era and its id, so that it can be copied."""
    named = (unit.name, *(one.short_name for one in registry().above(unit)))
    return f"{', '.join(named)}, {era_of(unit.id).in_language(language)} [{unit.id}]"
