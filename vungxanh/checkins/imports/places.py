"""The commune of today that a row means: by its id, or by names from the top down."""

from collections.abc import Mapping

from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.core import clock
from vungxanh.engines.names import fold
from vungxanh.locations.values import (
    CURRENT_TREE,
    Level,
    Unit,
    find_address,
    parse_unit_id,
    registry,
    same_level,
)
from vungxanh.refusals import RefusalError, Words

FIELDS = ("unit_id", "province", "district", "commune", "area")


class CommuneFinder:
    """Communes of rows; what a text means is found once. No query: units come with the package.

    `within` helps where rows leave out what lies above: the area that the list is of.
    """

    def __init__(self, within: Unit | None = None) -> None:
        self._within = within if within and within.level is not Level.COUNTRY else None
        self._said: dict[tuple[str, ...], Unit | Fault] = {}
        self._named = _names_of_today()

    def find(self, texts: Mapping[str, str]) -> Unit | Fault:
        """The commune of a row, or what is wrong and in which column."""
        key = tuple(texts.get(field, "") for field in FIELDS)
        if key not in self._said:
            self._said[key] = self._found(key)
        return self._said[key]

    def _found(self, key: tuple[str, ...]) -> Unit | Fault:
        unit_id, *names = key
        if unit_id:
            return _by_id(unit_id)
        if not any(names):
            return self._only_one() or Fault("commune", _MISSING)
        province, _district, commune, area = names
        exact = self._named.get((fold(province), fold(commune))) if commune and province else None
        return exact or self._by_address(", ".join(one for one in reversed(names) if one), area)

    def _only_one(self) -> Unit | None:
        is_one = self._within is not None and self._within.level is Level.COMMUNE
        found = of_today(self._within) if is_one and self._within else None
        return found if isinstance(found, Unit) else None

    def _by_address(self, written: str, area: str) -> Unit | Fault:
        field = "area" if area else "commune"
        inside = self._within.id if self._within else None
        today = find_address(written, on=clock.today(), within=inside)
        found = today if today.unit else find_address(written)
        if found.unit is None:
            return Fault(field, today.reason)
        return of_today(registry().unit(found.unit.id), field)


def of_today(unit: Unit, field: str = "commune") -> Unit | Fault:
    """A commune of today's map for a unit of either era, or why there is not one."""
    if unit.level is not Level.COMMUNE:
        return Fault(field, _not_a_commune(unit))
    if unit.tree == CURRENT_TREE:
        return unit
    known = registry()
    heirs = same_level(unit, [known.unit(one.new) for one in known.successors(unit.id)])
    return heirs[0] if len(heirs) == 1 else Fault(field, _parted(unit, heirs))


def _by_id(written: str) -> Unit | Fault:
    code = written.strip()
    wanted = code if ":" in code else f"{CURRENT_TREE}:{code.zfill(5)}"
    try:
        return of_today(registry().unit(parse_unit_id(wanted)), "unit_id")
    except RefusalError as refusal:
        return Fault("unit_id", refusal.words)


def _names_of_today() -> dict[tuple[str, str], Unit]:
    """Communes of today by the names of province and commune, with and without their kind."""
    known = registry()
    found: dict[tuple[str, str], Unit] = {}
    for unit in known.units(CURRENT_TREE):
        if unit.level is Level.COMMUNE and unit.parent_id:
            province = known.unit(unit.parent_id)
            for above in {province.name, province.bare_name}:
                found[fold(above), fold(unit.name)] = unit
    return found


def _not_a_commune(unit: Unit) -> Words:
    return Words(
        f"“{unit.name}” không phải xã, phường. Ghi thêm tên xã, phường, đặc khu.",
        f"“{unit.name}” is no commune. Add the name of the commune or ward.",
    )


def _parted(unit: Unit, heirs: list[Unit]) -> Words:
    names = ", ".join(one.name for one in heirs) or "–"
    return Words(
        f"{unit.name} nay thuộc nhiều xã, phường: {names}. Ghi tên xã, phường hiện nay.",
        f"{unit.name} was parted between {names}. Write the commune of today.",
    )


_MISSING = Words(
    "Dòng này không ghi xã, phường. Ghi tên xã, phường và tỉnh, hoặc mã địa bàn.",
    "This row names no commune. Write commune and province, or the id of the unit.",
)
