"""Reading units, names and map sheets. Units are public: no query here takes a viewer."""

import gzip
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from vungxanh.engines import names
from vungxanh.locations import rules
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.values import (
    VENDORED,
    Level,
    Listing,
    Located,
    MapSheet,
    Match,
    MatchKind,
    Unit,
    UnitId,
    UnknownUnitError,
    parse_unit_id,
    sheet_from_wire,
)

MAPS = VENDORED / "maps-2021.json.gz"


def unit(unit_id: str) -> Unit:
    """The unit of an id; one query."""
    return _unit(_row(unit_id))


def units(unit_ids: Iterable[str]) -> dict[UnitId, Unit]:
    """Units by id, unknown ones left out; one query."""
    found = AdminUnit.objects.filter(id__in={parse_unit_id(one) for one in unit_ids})
    return {UnitId(row.id): _unit(row) for row in found}


def children(unit_id: str, level: Level | None = None) -> tuple[Unit, ...]:
    """The units right below, in Vietnamese order; one query."""
    return _units(_at(AdminUnit.objects.filter(parent_id=parse_unit_id(unit_id)), level))


def descendants(unit_id: str, level: Level | None = None) -> tuple[Unit, ...]:
    """All units below, or those of one level, in Vietnamese order; two queries."""
    return _units(_below(_row(unit_id), level))


def subtree(top: Unit, levels: Iterable[Level]) -> tuple[Unit, ...]:
    """The units of some levels below a unit already read, in Vietnamese order; one query."""
    below = AdminUnit.objects.filter(tree=top.tree, path__startswith=f"{top.path}/")
    return _units(below.filter(level__in=list(levels)))


def ancestors(unit_id: str) -> tuple[Unit, ...]:
    """The units above, the country first; two queries."""
    row = _row(unit_id)
    above = AdminUnit.objects.filter(tree=row.tree, code__in=row.path.split("/")[:-1])
    return tuple(sorted(_units(above), key=lambda one: list(Level).index(one.level)))


def within(units: frozenset[str], unit_id: str) -> bool:
    """Whether a unit is one of `units` or lies below one of them; one query."""
    row = _row(unit_id)
    return any(f"{row.tree}:{code}" in units for code in row.path.split("/"))


def search(text: str, limit: int = 10) -> tuple[Unit, ...]:
    """Units with a word that begins with `text`, typed with or without accents; one query.

    A type word before the name is dropped. Whole names come first, then beginnings, then the
    rest, each from the top of the tree down.
    """
    return tuple(_unit(row) for row in _named(AdminUnit.objects.all(), text)[:limit])


def search_located(text: str, limit: int = 10) -> tuple[Located, ...]:
    """The units that `search` finds with the units above them; one query."""
    rows = _named(AdminUnit.objects.select_related("parent__parent__parent"), text)[:limit]
    return tuple(Located(_unit(row), _above(row)) for row in rows)


def listed(
    *,
    within: str | None = None,
    level: Level | None = None,
    text: str = "",
    limit: int,
    offset: int,
) -> Listing:
    """A stretch of the units below `within`, of a level and with a name; at most three queries."""
    rows = _below(_row(within), level) if within else _at(AdminUnit.objects.all(), level)
    found = _named(rows, text) if text else rows
    return Listing(found.count(), _units(found[offset : offset + limit]))


def match(text: str, parent_id: str, level: Level | None = None) -> Match:
    """What a written name means among all units below a parent, or those of one level.

    Never chooses between two: "An Lão" below Bình Định is a district and a commune, so without a
    level both are candidates. For many names of one parent use `matcher`.
    """
    return matcher(parent_id, level).match(text)


def matcher(parent_id: str, level: Level | None = None) -> "Matcher":
    """Names below a parent, ready for many look-ups without further queries; two queries."""
    return Matcher(descendants(parent_id, level))


class Matcher:
    """Look-ups of written names among some units."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {one.id: one for one in units}
        self._index = names.NameIndex(_place(one) for one in self._units.values())

    def match(self, text: str) -> Match:
        """What `text` means among these units."""
        found = self._index.find(text)
        hits = [self._units[UnitId(key)] for key in found.keys]
        hits.sort(key=lambda one: (one.sort_key, one.id))
        is_one = found.kind in (names.Kind.EXACT, names.Kind.FOLDED)
        return Match(
            text=text,
            kind=MatchKind(found.kind.value),
            unit=hits[0] if is_one else None,
            candidates=tuple(hits),
            reason=rules.reason(found.why, text, [one.name for one in hits]),
        )


def sheet(unit_id: str) -> MapSheet | None:
    """The map of a unit's children, None where there is none (districts, communes); no query."""
    return sheets().get(parse_unit_id(unit_id))


_COLUMNS = (
    "id",
    "tree",
    "code",
    "parent_id",
    "level",
    "name",
    "type_word",
    "short_name",
    "bare_name",
    "sort_key",
    "valid_from",
    "valid_to",
    "path",
)


@lru_cache(maxsize=1)
def sheets() -> Mapping[UnitId, MapSheet]:
    """The maps of the country and its provinces by the unit they show, from the package's file."""
    with gzip.open(MAPS, "rt", encoding="utf-8") as text:
        found = [sheet_from_wire("vn-2021", row) for row in json.load(text).values()]
    return {one.unit_id: one for one in found}


def _place(one: Unit) -> names.Place:
    own = rules.own_name(one.name, one.type_word)
    return names.Place(one.id, own, one.type_word, one.level, rules.ALIASES.get(own, ()))


def _row(unit_id: str) -> AdminUnit:
    wanted = parse_unit_id(unit_id)
    found = AdminUnit.objects.filter(id=wanted).first()
    if found is None:
        raise UnknownUnitError(wanted)
    return found


def _below(row: AdminUnit, level: Level | None) -> "QuerySet[AdminUnit]":
    return _at(AdminUnit.objects.filter(tree=row.tree, path__startswith=f"{row.path}/"), level)


def _at(rows: "QuerySet[AdminUnit]", level: Level | None) -> "QuerySet[AdminUnit]":
    return rows.filter(level=level) if level else rows


def _named(rows: "QuerySet[AdminUnit]", text: str) -> "QuerySet[AdminUnit]":
    whole, wanted = names.fold(text), names.fold(names.without_type(text))
    if not wanted:
        return rows.none()
    order = (_nearness(whole, wanted), _height(), "sort_key", "id")
    at_a_word = Q(folded__startswith=wanted) | Q(folded__contains=f" {wanted}")
    return rows.filter(at_a_word).order_by(*order)


def _above(row: AdminUnit) -> tuple[Unit, ...]:
    found = []
    while row.parent is not None and row.parent.level != Level.COUNTRY:
        row = row.parent
        found.append(_unit(row))
    return tuple(found)


def _nearness(whole: str, wanted: str) -> Case:
    return Case(
        When(folded__in=(whole, wanted), then=Value(0)),
        When(folded__startswith=wanted, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _height() -> Case:
    steps = [When(level=level, then=Value(place)) for place, level in enumerate(Level)]
    return Case(*steps, default=Value(len(steps)), output_field=IntegerField())


def _units(rows: "QuerySet[AdminUnit]") -> tuple[Unit, ...]:
    """Units straight from their columns: pages read hundreds at a time."""
    return tuple(
        Unit(UnitId(key), tree, code, parent and UnitId(parent), Level(level), *rest)
        for key, tree, code, parent, level, *rest in rows.values_list(*_COLUMNS)
    )


def _unit(row: AdminUnit) -> Unit:
    return Unit(
        id=UnitId(row.id),
        tree=row.tree,
        code=row.code,
        parent_id=UnitId(row.parent_id) if row.parent_id else None,
        level=Level(row.level),
        name=row.name,
        type_word=row.type_word,
        short_name=row.short_name,
        bare_name=row.bare_name,
        sort_key=row.sort_key,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        path=row.path,
    )
