"""Reading boundaries that were brought in."""

from uuid import UUID

from vungxanh.locations import rules
from vungxanh.locations.models.boundaries import BoundaryImport
from vungxanh.locations.values import MapSheet, UnitId, sheet_from_wire, split_unit_id
from vungxanh.locations.values.geojson import MissingBoundariesError
from vungxanh.refusals import Words


def own_sheet(unit_id: UnitId) -> MapSheet | None:
    """The map drawn from the newest accepted boundaries below a unit; one query."""
    accepted = BoundaryImport.objects.filter(unit_id=unit_id, state="accepted")
    found = accepted.order_by("-closed_at", "id").first()
    return sheet_of(found) if found else None


def sheet_of(kept: BoundaryImport) -> MapSheet:
    """The map of an import, whatever its state, with its own note."""
    tree, _ = split_unit_id(kept.unit_id)
    note = rules.own_note(kept.source, kept.licence, kept.as_of)
    return sheet_from_wire(tree, kept.sheet, note=note)


def boundaries(import_id: UUID) -> BoundaryImport:
    """One import; one that is not there is refused."""
    found = BoundaryImport.objects.select_related("unit").filter(id=import_id).first()
    if found is None:
        raise MissingBoundariesError(
            "locations.unknown_boundaries",
            Words("Không có lần nhập ranh giới này.", "No such import of boundaries exists."),
        )
    return found


def all_boundaries(limit: int = 50) -> tuple[BoundaryImport, ...]:
    """The newest imports, newest first; one query."""
    return tuple(BoundaryImport.objects.select_related("unit").defer("sheet")[:limit])
