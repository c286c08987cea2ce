"""Which units a letter's table lists, and whether they are all of their whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vungxanh.engines.checks import KnownUnit, Row, Table
from vungxanh.engines.names import fold, without_type

Children = Mapping[str, Mapping[str, list[KnownUnit]]]


def identified(table: Table, known: Sequence[KnownUnit] | None) -> Table:
    """The table with the identifier of each line that names one child of one parent.

    The parent is the unit that has the most of the names; other lines stay as they are.
    """
    plain = {row.number: _plain(row.name) for row in table.rows if row.name and not row.unit}
    children = _children(known or ())
    if not plain or not children:
        return table
    parent = max(children, key=lambda key: sum(name in children[key] for name in plain.values()))
    found = {
        number: units[0].id
        for number, name in plain.items()
        if len(units := children[parent].get(name, [])) == 1
    }
    rows = tuple(_with_unit(row, found.get(row.number)) for row in table.rows)
    return replace(table, rows=rows)


def is_part(table: Table, known: Sequence[KnownUnit] | None) -> bool:
    """Whether siblings of the listed units are missing and no total line says otherwise."""
    listed = {row.unit for row in table.rows if row.unit}
    parents = {unit.parent_id for unit in known or () if unit.id in listed}
    siblings = {unit.id for unit in known or () if unit.parent_id in parents}
    return not table.totals and bool(listed) and bool(siblings - listed)


def _with_unit(row: Row, unit: str | None) -> Row:
    return replace(row, unit=unit) if unit else row


def _children(known: Sequence[KnownUnit]) -> Children:
    """The children of each unit by their plain names."""
    found: dict[str, dict[str, list[KnownUnit]]] = defaultdict(lambda: defaultdict(list))
    for unit in known:
        if unit.parent_id:
            found[unit.parent_id][_plain(unit.name)].append(unit)
    return {parent: dict(names) for parent, names in found.items()}


def _plain(name: str) -> str:
    """A name without accents and type word, i and y alike."""
    return fold(without_type(name)).replace("y", "i")
