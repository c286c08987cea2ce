"""Writes of boundaries: keep what was read, draw it, drop it, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.locations.models.boundaries import BoundaryImport
from vungxanh.locations.queries.boundaries import boundaries
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.geojson import BoundaryError
from vungxanh.refusals import Words

# Boundaries are drawn for everyone who reads this installation.
MAY_DRAW: Final = "locations.manage"


@dataclass(frozen=True, slots=True)
class NewBoundaries:
    """Boundaries that were read: below which unit, from where, and the drawing made of them."""

    unit_id: UnitId
    file_name: str
    original_id: UUID
    source: str
    licence: str
    as_of: date
    sheet: Mapping[str, Any]
    remarks: tuple[Mapping[str, str], ...] = ()


def keep_boundaries(*, new: NewBoundaries, by: Viewer, at: datetime) -> BoundaryImport:
    """Keep a draft; nothing is drawn of it yet. Audit event: `locations.boundaries_read`."""
    by.require(MAY_DRAW)
    with transaction.atomic():
        kept = BoundaryImport.objects.create(
            unit_id=new.unit_id,
            file_name=new.file_name[:200],
            original_id=new.original_id,
            source=new.source,
            licence=new.licence,
            as_of=new.as_of,
            sheet=dict(new.sheet),
            remarks=[dict(remark) for remark in new.remarks],
            created_at=at,
            created_by=by.id,
        )
        _audit("read", kept, by=by, at=at)
    return kept


def accept_boundaries(*, import_id: UUID, by: Viewer, at: datetime) -> BoundaryImport:
    """Draw them instead of what was drawn. Audit event: `locations.boundaries_accepted`."""
    return _close(import_id, "accepted", by=by, at=at)


def drop_boundaries(*, import_id: UUID, by: Viewer, at: datetime) -> BoundaryImport:
    """Leave a draft aside. Audit event: `locations.boundaries_dropped`."""
    return _close(import_id, "dropped", by=by, at=at)


def undo_boundaries(*, import_id: UUID, by: Viewer, at: datetime) -> BoundaryImport:
    """Draw again what was drawn before. Audit event: `locations.boundaries_undone`."""
    with transaction.atomic():
        kept = _locked(import_id, "accepted", by)
        kept.state, kept.undone_at, kept.undone_by = "undone", at, by.id
        kept.save(update_fields=["state", "undone_at", "undone_by"])
        _audit("undone", kept, by=by, at=at)
    return kept


def _close(import_id: UUID, state: str, *, by: Viewer, at: datetime) -> BoundaryImport:
    with transaction.atomic():
        kept = _locked(import_id, "draft", by)
        kept.state, kept.closed_at, kept.closed_by = state, at, by.id
        kept.save(update_fields=["state", "closed_at", "closed_by"])
        _audit(state, kept, by=by, at=at)
    return kept


def _locked(import_id: UUID, state: str, by: Viewer) -> BoundaryImport:
    by.require(MAY_DRAW)
    kept = BoundaryImport.objects.select_for_update().filter(id=import_id).first()
    if kept is None:
        return boundaries(import_id)
    if kept.state != state:
        raise BoundaryError(
            "locations.boundaries_state",
            Words(
                "Lần nhập này đã được xử lý. Tải lại trang để xem nó nay ra sao.",
                "This import was dealt with already. Reload the page to see how it stands.",
            ),
        )
    return kept


_EVENTS: Final = {
    "read": "locations.boundaries_read",
    "accepted": "locations.boundaries_accepted",
    "dropped": "locations.boundaries_dropped",
    "undone": "locations.boundaries_undone",
}


def _audit(done: str, kept: BoundaryImport, *, by: Viewer, at: datetime) -> None:
    record(
        event=_EVENTS[done],
        by=by,
        at=at,
        subject=f"boundaries:{kept.id}",
        detail={"unit": kept.unit_id, "n_shapes": len(kept.sheet["shapes"])},
    )
