"""Writes of whole lists: keep what was read, take it in or drop it, undo it as one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core.viewer import Viewer
from vungxanh.locations.actions.organisations import (
    Checks,
    Mark,
    filled,
    hold_others_off,
    must_write,
    restore,
)
from vungxanh.locations.models.organisations import (
    Organisation,
    OrganisationChange,
    OrganisationImport,
)
from vungxanh.locations.queries import organisations as found
from vungxanh.locations.values import Unit
from vungxanh.locations.values.organisations import MAY_WRITE, Entry, entry_of, wire_of
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

_AT_ONCE = 1000
Wire = dict[str, object]


@dataclass(frozen=True, slots=True)
class NewList:
    """A list that was read: its scope, its file and what the preview shows."""

    scope: Unit
    file_name: str
    digest: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """One organisation of a list: `before` None is a new one, else it has `n_changes`."""

    id: UUID
    entry: Entry
    before: Entry | None
    n_changes: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a list did: how many went back, and the names of those that stayed."""

    n_undone: int
    kept: tuple[str, ...]


def keep_list(*, new: NewList, by: Viewer, at: datetime) -> OrganisationImport:
    """Keep a list that was read; nothing of it counts yet.

    Audit event: `locations.organisations_read`.
    """
    by.require(MAY_WRITE)
    with transaction.atomic():
        kept = OrganisationImport.objects.create(
            scope_id=new.scope.id,
            file_name=new.file_name[:200],
            digest=new.digest,
            content=new.content,
            created_at=at,
            created_by=by.id,
        )
        _audit("locations.organisations_read", kept, by=by, at=at)
    return kept


def accept_list(
    *, import_id: UUID, writes: Sequence[Write], by: Viewer, at: datetime
) -> OrganisationImport:
    """Take a list in, all of it or nothing; rows that change nothing are not written.

    Audit event: `locations.organisations_imported`.
    """
    with transaction.atomic():
        kept = _locked(import_id, by, "draft")
        hold_others_off()
        units = {one.unit_id for write in writes for one in (write.entry, write.before) if one}
        for unit_id in units:
            must_write(by=by, unit_id=unit_id)
        real = [write for write in writes if write.entry != write.before]
        _write_all(real, Mark("imported", by, at, kept))
        _settle(kept, "accepted", at)
        n_added = sum(write.before is None for write in real)
        counts = {"n_added": n_added, "n_changed": len(real) - n_added}
        _audit("locations.organisations_imported", kept, by=by, at=at, **counts)
    return kept


def drop_list(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a list; nothing of it ever counted. Audit: `locations.organisations_import_dropped`."""
    with transaction.atomic():
        kept = _locked(import_id, by, "draft")
        _settle(kept, "dropped", at)
        _audit("locations.organisations_import_dropped", kept, by=by, at=at)


def undo_list(*, import_id: UUID, by: Viewer, at: datetime) -> Undone:
    """Take a whole list back as one step; what was changed since, or is in use, stays.

    Refused, as taking it in, to whoever does not write in the area of all that it changed.
    Audit event: `locations.organisations_import_undone`.
    """
    with transaction.atomic():
        kept = _locked(import_id, by, "accepted")
        hold_others_off()
        _must_write_there(kept, by)
        stayed = _take_all_back(kept, Mark("import_undone", by, at, kept))
        kept.state, kept.undone_at = "undone", at
        kept.save(update_fields=["state", "undone_at"])
        n_undone = kept.changes.filter(action="imported").count() - len(stayed)
        counts = {"n_undone": n_undone, "n_kept": len(stayed)}
        _audit("locations.organisations_import_undone", kept, by=by, at=at, **counts)
    return Undone(n_undone, tuple(sorted(row.name for row in stayed)))


def _must_write_there(kept: OrganisationImport, by: Viewer) -> None:
    changes = kept.changes.filter(action="imported").values_list("before", "after")
    units = {str(one["unit_id"]) for sides in changes for one in sides if one}
    for unit_id in units:
        must_write(by=by, unit_id=unit_id)


def _write_all(writes: Iterable[Write], mark: Mark) -> None:
    rows, changes = [], []
    there = _there([write for write in writes if write.before is not None])
    for write in writes:
        row = filled(there.get(write.id) or Organisation(id=write.id), write.entry)
        row.n_changes, row.changed_at = row.n_changes + 1, mark.at
        rows.append(row)
        changes.append(_change(row, write, mark))
    new = [row for row in rows if row.id not in there]
    names = [one.name for one in Organisation._meta.concrete_fields if not one.primary_key]
    Organisation.objects.bulk_create(new, batch_size=_AT_ONCE)
    Organisation.objects.bulk_update(list(there.values()), names, batch_size=200)
    OrganisationChange.objects.bulk_create(changes, batch_size=_AT_ONCE)


def _there(writes: Sequence[Write]) -> dict[UUID, Organisation]:
    """The rows that are written anew, as they were when the list was compared; else refused."""
    rows = Organisation.objects.select_for_update().filter(id__in=[one.id for one in writes])
    found_rows = {row.id: row for row in rows}
    for write in writes:
        row = found_rows.get(write.id)
        if row is None or row.removed_at is not None or row.n_changes != write.n_changes:
            raise _stale()
    return found_rows


def _change(row: Organisation, write: Write, mark: Mark) -> OrganisationChange:
    before = None if write.before is None else wire_of(write.before)
    return _change_of(row, before, wire_of(write.entry), mark=mark)


def _change_of(
    row: Organisation, before: Wire | None, after: Wire | None, *, mark: Mark
) -> OrganisationChange:
    return OrganisationChange(
        organisation=row,
        number=row.n_changes,
        action=mark.action,
        before=before,
        after=after,
        batch=mark.batch,
        at=mark.at,
        by=mark.by.id,
    )


def _take_all_back(kept: OrganisationImport, mark: Mark) -> list[Organisation]:
    """Take back all that can be; returns what stays: changed since, or in use by what stays."""
    changes = kept.changes.filter(action="imported").select_related("organisation")
    there = [one for one in changes if one.organisation.removed_at is None]
    last = [one for one in there if one.organisation.n_changes == one.number]
    checks = Checks(mark.at)
    restored = {one.id for one in last if one.before is not None and _restored(one, mark, checks)}
    removable = _unused({one.organisation.id for one in last if one.before is None})
    removed = [one for one in last if one.organisation.id in removable]
    _remove_all([one.organisation for one in removed], mark)
    gone = restored | {one.id for one in removed}
    return [one.organisation for one in there if one.id not in gone]


def _restored(change: OrganisationChange, mark: Mark, checks: Checks) -> bool:
    try:
        with transaction.atomic():
            before = entry_of(change.before)
            restore(row=change.organisation, before=before, mark=mark, checks=checks)
    except OrganisationError:
        return False
    return True


def _unused(ids: set[UUID]) -> set[UUID]:
    """Those that nothing which stays names as parent or successor."""
    rows = Organisation.objects.filter(removed_at__isnull=True).order_by()
    links = list(rows.values_list("id", "parent_id", "successor_id"))
    free, before = ids, set[UUID]()
    while free != before:
        before = free
        used = {other for key, *others in links if key not in free for other in others}
        free = free - used
    return free


def _remove_all(rows: Sequence[Organisation], mark: Mark) -> None:
    changes = []
    for row in rows:
        row.n_changes += 1
        changes.append(_change_of(row, wire_of(found.entry_of_row(row)), None, mark=mark))
    Organisation.objects.filter(id__in=[row.id for row in rows]).update(
        removed_at=mark.at, changed_at=mark.at, n_changes=F("n_changes") + 1
    )
    OrganisationChange.objects.bulk_create(changes, batch_size=_AT_ONCE)


def _locked(import_id: UUID, by: Viewer, state: str) -> OrganisationImport:
    by.require(MAY_WRITE)
    found.waiting(by, import_id)
    kept = OrganisationImport.objects.select_for_update().get(id=import_id)
    if kept.state != state:
        raise OrganisationError(
            "locations.import_wrong_state",
            Words(
                "Danh sách này đã được xử lý trước đó, có thể ở một cửa sổ khác. Tải lại trang.",
                "This list was dealt with before, perhaps in another window. Reload the page.",
            ),
        )
    return kept


def _settle(kept: OrganisationImport, state: str, at: datetime) -> None:
    kept.state, kept.closed_at = state, at
    kept.save(update_fields=["state", "closed_at"])


def _audit(
    event: str, kept: OrganisationImport, *, by: Viewer, at: datetime, **counts: int
) -> None:
    detail: Detail = {"scope": kept.scope_id, **counts}
    record(event=event, by=by, at=at, subject=f"organisation-list:{kept.id}", detail=detail)


def _stale() -> OrganisationError:
    return OrganisationError(
        "locations.import_stale",
        Words(
            "Có tổ chức trong danh sách vừa được người khác sửa. Tải lại trang để so lại.",
            "An organisation of this list has just been changed. Reload the page to compare anew.",
        ),
    )
