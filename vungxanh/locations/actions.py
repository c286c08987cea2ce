"""Writing units: the trees that the package carries, put into the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from vungxanh.audit import actions as audit
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.values import Unit, units_2021

_WRITTEN = [field.name for field in AdminUnit._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def load_units(*, by: Viewer, at: datetime) -> int:
    """Put the tree of 2021 into the database and return how many units are new or changed.

    Repeating it changes nothing. Audit event: `locations.loaded`, only if something changed.
    """
    units = units_2021()
    rows = _rows(units)
    changed = _changed(rows)
    AdminUnit.objects.bulk_create(
        changed,
        batch_size=3000,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_WRITTEN,
    )
    if changed:
        audit.record(
            event="locations.loaded",
            by=by,
            at=at,
            subject=f"tree:{units[0].tree}",
            detail={"n_changed": len(changed), "n_units": len(units)},
        )
    return len(changed)


def _rows(units: Iterable[Unit]) -> list[AdminUnit]:
    return [
        AdminUnit(
            id=unit.id,
            tree=unit.tree,
            code=unit.code,
            parent_id=unit.parent_id,
            level=unit.level.value,
            name=unit.name,
            type_word=unit.type_word,
            short_name=unit.short_name,
            bare_name=unit.bare_name,
            sort_key=unit.sort_key,
            folded=fold(unit.bare_name),
            path=unit.path,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
        )
        for unit in units
    ]


def _changed(rows: Sequence[AdminUnit]) -> list[AdminUnit]:
    tree = rows[0].tree
    columns = ("id", *(_column(name) for name in _WRITTEN))
    stored = set(AdminUnit.objects.filter(tree=tree).order_by().values_list(*columns))
    return [row for row in rows if tuple(getattr(row, name) for name in columns) not in stored]


def _column(name: str) -> str:
    return "parent_id" if name == "parent" else name
