"""Writing units: the trees and the succession of the package, put into the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from vungxanh.audit import actions as audit
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold
from vungxanh.locations.models import AdminUnit, UnitSuccession
from vungxanh.locations.values import TREES, Succession, Unit, UnitId, successions, units_of

_WRITTEN = [field.name for field in AdminUnit._meta.concrete_fields if not field.primary_key]
_TOLD = ("old_id", "new_id", "share", "is_default", "certainty", "source")


@transaction.atomic
def load_units(*, by: Viewer, at: datetime) -> int:
    """Put the trees and the succession into the database; how many rows are new or changed.

    Repeating it changes nothing. Audit event: `locations.loaded`, for each tree and for
    the succession, only where something changed.
    """
    n_changed = 0
    for tree in TREES:
        units = units_of(tree)
        n_mended = _mend(rows_of(units))
        _tell(f"tree:{tree}", {"n_changed": n_mended, "n_units": len(units)}, by=by, at=at)
        n_changed += n_mended
    told = successions()
    n_replaced = _replace(told)
    _tell("succession:vn-2021", {"n_changed": n_replaced, "n_successions": len(told)}, by=by, at=at)
    return n_changed + n_replaced


def _tell(subject: str, detail: dict[str, int], *, by: Viewer, at: datetime) -> None:
    if detail["n_changed"]:
        audit.record(event="locations.loaded", by=by, at=at, subject=subject, detail=dict(detail))


def _mend(rows: Sequence[AdminUnit]) -> int:
    changed = _changed(rows)
    AdminUnit.objects.bulk_create(
        changed,
        batch_size=3000,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_WRITTEN,
    )
    return len(changed)


def _replace(told: Iterable[Succession]) -> int:
    """Delete successions that are told no more and add the new ones."""
    wanted = set(told)
    stored = {
        Succession(UnitId(old), UnitId(new), *rest): key
        for key, old, new, *rest in UnitSuccession.objects.order_by().values_list("id", *_TOLD)
    }
    gone = [stored[one] for one in stored.keys() - wanted]
    UnitSuccession.objects.filter(id__in=gone).delete()
    missing = sorted(wanted - stored.keys(), key=lambda one: (one.old, one.new))
    UnitSuccession.objects.bulk_create(successions_of(missing), batch_size=5000)
    return len(gone) + len(missing)


def successions_of(told: Iterable[Succession]) -> list[UnitSuccession]:
    """Successions as rows not yet stored."""
    return [
        UnitSuccession(
            old_id=one.old,
            new_id=one.new,
            share=one.share,
            is_default=one.is_default,
            certainty=one.certainty,
            source=one.source,
        )
        for one in told
    ]


def rows_of(units: Iterable[Unit]) -> list[AdminUnit]:
    """Units as rows not yet stored."""
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
