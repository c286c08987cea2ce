"""Reading units of both eras. Units are public: no query here takes a viewer."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from vungxanh.engines import names
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.values import (
    Level,
    Listing,
    Located,
    OtherTreeError,
    Unit,
    UnitId,
    UnknownUnitError,
    parse_unit_id,
    split_unit_id,
)


def unit(unit_id: str) -> Unit:
    """The unit of an id; one query."""
    return unit_of_row(_row(unit_id))


def units(unit_ids: Iterable[str]) -> dict[UnitId, Unit]:
    """Units by id, unknown ones left out; one query."""
    found = AdminUnit.objects.filter(id__in={parse_unit_id(one) for one in unit_ids})
    return {UnitId(row.id): unit_of_row(row) for row in found}


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


def search(text: str, limit: int = 10) -> tuple[Unit, ...]:
    """Units with a word that begins with `text`, typed with or without accents; one query.

    A type word before the name is dropped. Whole names come first, then beginnings, then the
    rest, each from the top of the tree down, the units of today before those of the past.
    """
    return tuple(unit_of_row(row) for row in _named(AdminUnit.objects.all(), text)[:limit])


def search_located(text: str, limit: int = 10, tree: str | None = None) -> tuple[Located, ...]:
    """The units that `search` finds, of one tree or both, with those above them; one query."""
    rows = AdminUnit.objects.select_related("parent__parent__parent")
    rows = _named(rows.filter(tree=tree) if tree else rows, text)[:limit]
    return tuple(Located(unit_of_row(row), _above(row)) for row in rows)


def located(unit_ids: Iterable[str]) -> tuple[Located, ...]:
    """Units with those above them, in the order of their ids; one query, none for no id."""
    wanted = [parse_unit_id(one) for one in unit_ids]
    rows = AdminUnit.objects.select_related("parent__parent__parent").filter(id__in=wanted)
    found = {row.id: Located(unit_of_row(row), _above(row)) for row in rows} if wanted else {}
    return tuple(found[one] for one in wanted if one in found)


def listed(
    *,
    within: str | None = None,
    tree: str | None = None,
    level: Level | None = None,
    text: str = "",
    limit: int,
    offset: int,
) -> Listing:
    """A stretch of units: below `within`, of a tree, a level, with a name; at most three queries.

    Without `within` and `tree` the units of both eras; a `within` of another tree is refused.
    """
    rows = _below(_row(within), level) if within else _at(AdminUnit.objects.all(), level)
    if tree:
        if within and split_unit_id(within)[0] != tree:
            raise OtherTreeError(within, tree)
        rows = rows.filter(tree=tree)
    found = _named(rows, text) if text else rows
    return Listing(found.count(), _units(found[offset : offset + limit]))


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
    order = (_nearness(whole, wanted), _height(), "-tree", "sort_key", "id")
    at_a_word = Q(folded__startswith=wanted) | Q(folded__contains=f" {wanted}")
    return rows.filter(at_a_word).order_by(*order)


def _above(row: AdminUnit) -> tuple[Unit, ...]:
    found = []
    while row.parent is not None and row.parent.level != Level.COUNTRY:
        row = row.parent
        found.append(unit_of_row(row))
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


def unit_of_row(row: AdminUnit) -> Unit:
    """A row of the table as the value that leaves the room."""
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
