"""Writes of organisations: add, change, close with a successor, merge, and take the last back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold
from vungxanh.locations import queries, rules
from vungxanh.locations.models.organisations import (
    Organisation,
    OrganisationChange,
    OrganisationImport,
)
from vungxanh.locations.queries import organisations as found
from vungxanh.locations.values import Unit
from vungxanh.locations.values import organisation_refusals as refused
from vungxanh.locations.values.entries import Fault, written_day
from vungxanh.locations.values.hours import wire_of_hours
from vungxanh.locations.values.organisations import (
    MAY_WRITE,
    Entry,
    OrganisationId,
    entry_of,
    wire_of,
)
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.locations.values.similar import exact_name, same_name_key
from vungxanh.refusals import Words

Batch = OrganisationImport | None


def add_organisation(*, entry: Entry, by: Viewer, at: datetime) -> OrganisationId:
    """Add an organisation. Audit event: `locations.organisation_added`."""
    with transaction.atomic():
        hold_others_off()
        must_write(by=by, unit_id=entry.unit_id)
        Checks(at).check(entry)
        row = write(row=None, entry=entry, mark=Mark("added", by, at))
        _audit("locations.organisation_added", row, by=by, at=at)
    return OrganisationId(row.id)


def change_organisation(
    *, organisation_id: UUID, entry: Entry, n_changes: int, by: Viewer, at: datetime
) -> None:
    """Write an organisation anew; refused if others wrote it since `n_changes` was read.

    Nothing is written when nothing differs. Audit event: `locations.organisation_changed`.
    """
    with transaction.atomic():
        row = _locked(organisation_id, by)
        if row.n_changes != n_changes:
            raise refused.changed_since()
        if found.entry_of_row(row) == entry:
            return
        must_write(by=by, unit_id=entry.unit_id)
        Checks(at).check(entry, row.id)
        write(row=row, entry=entry, mark=Mark("changed", by, at))
        _audit("locations.organisation_changed", row, by=by, at=at)


def close_organisation(
    *, organisation_id: UUID, on: date, successor_id: UUID | None, by: Viewer, at: datetime
) -> None:
    """Say that an organisation is no more from a day, and who follows it.

    Audit event: `locations.organisation_closed`.
    """
    with transaction.atomic():
        row = _locked(organisation_id, by)
        _close(row, on=on, successor_id=successor_id, mark=Mark("closed", by, at))
        _audit("locations.organisation_closed", row, by=by, at=at)


def merge_organisations(
    *, organisation_ids: Sequence[UUID], into: UUID, on: date, by: Viewer, at: datetime
) -> None:
    """Close several organisations on one day with one successor, all or none.

    Audit event: `locations.organisations_merged`, once, about the successor.
    """
    if len(set(organisation_ids)) < 2:
        raise refused.merge_needs_two()
    with transaction.atomic():
        target = _locked(into, by)
        for one in dict.fromkeys(organisation_ids):
            _close(_locked(one, by), on=on, successor_id=into, mark=Mark("merged", by, at))
        n_merged = len(set(organisation_ids))
        _audit("locations.organisations_merged", target, by=by, at=at, n_merged=n_merged)


def undo_change(*, organisation_id: UUID, n_changes: int, by: Viewer, at: datetime) -> bool:
    """Take the last change of an organisation back; returns whether it still stands afterwards.

    What was added is taken off the list; its history stays. Audit event:
    `locations.organisation_undone`.
    """
    with transaction.atomic():
        row = _locked(organisation_id, by)
        last = found.latest_change(row.id)
        if last is None or row.n_changes != n_changes:
            raise refused.changed_since()
        _take_back(row, last, Mark("undone", by, at))
        _audit("locations.organisation_undone", row, by=by, at=at)
    return row.removed_at is None


def _take_back(row: Organisation, change: OrganisationChange, mark: "Mark") -> None:
    """Write what stood before a change; an organisation that stood not is removed."""
    if change.before is not None:
        restore(row=row, before=entry_of(change.before), mark=mark, checks=Checks(mark.at))
        return
    _must_be_unused(row)
    row.removed_at = row.changed_at = mark.at
    row.n_changes += 1
    row.save(force_update=True)
    _keep_change(row, mark, wire_of(found.entry_of_row(row)), None)


def restore(*, row: Organisation, before: Entry, mark: "Mark", checks: "Checks") -> None:
    """Write what stood before, if it still may stand."""
    checks.check(before, row.id)
    write(row=row, entry=before, mark=mark)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a write is, by whom, when, and of which list."""

    action: str
    by: Viewer
    at: datetime
    batch: Batch = None


class Checks:
    """What an entry must satisfy beside its own fields; reads the relations of all once."""

    def __init__(self, at: datetime) -> None:
        self._today = at.astimezone(clock.TZ).date()
        self._parents, self._successors = _links("parent"), _links("successor")
        self._units: dict[tuple[str, date], Unit] = {}

    def check(self, entry: Entry, own_id: UUID | None = None) -> None:
        """Refuse an entry that contradicts its unit, its relatives or what is there already."""
        self.check_days(entry)
        self.check_unit(entry)
        self._check_parent(entry, own_id)
        self._check_successor(entry, own_id)
        if entry.valid_to is None:
            twin = found.exact_twin(entry, found.twins(entry))
            if twin is not None and twin.id != own_id and twin.valid_to is None:
                raise refused.exists(entry)

    def check_days(self, entry: Entry) -> None:
        """The day that it speaks of has come."""
        if entry.as_of > self._today:
            raise OrganisationError(
                "locations.as_of_in_future",
                Words(
                    f"Ngày {written_day(entry.as_of)} ở tương lai. Xem lại ngày, tháng, năm.",
                    f"{written_day(entry.as_of)} lies in the future. Check day, month and year.",
                ),
                field="as_of",
            )

    def check_unit(self, entry: Entry) -> Unit:
        """The unit exists, and on the day that the entry speaks of."""
        key = (entry.unit_id, day_spoken_of(entry))
        if key not in self._units:
            self._units[key] = queries.unit_on(*key)
        return self._units[key]

    def check_relations(
        self, entries: Mapping[UUID, Entry], faults: Mapping[UUID, list[Fault]]
    ) -> None:
        """Loops and ends of many entries that would stand together; each fault to its entry."""
        self._parents |= {key: one.parent_id for key, one in entries.items()}
        self._successors |= {key: one.successor_id for key, one in entries.items()}
        for key, entry in entries.items():
            for check, name in ((self._check_parent, "parent"), (self._check_links, "successor")):
                try:
                    check(entry, key)
                except OrganisationError as error:
                    faults[key].append(Fault(name, error.code, error.words))

    def _check_parent(self, entry: Entry, own_id: UUID | None) -> None:
        if entry.parent_id is None:
            return
        if entry.parent_id not in self._parents:
            raise found.unknown_organisation()
        if own_id is not None and own_id in _chain(self._parents, entry.parent_id):
            raise refused.loop()

    def _check_links(self, entry: Entry, own_id: UUID | None) -> None:
        if entry.successor_id is None:
            return
        if entry.successor_id not in self._successors:
            raise found.unknown_organisation()
        if entry.valid_to is None:
            raise refused.successor_without_end()
        if own_id is not None and own_id in _chain(self._successors, entry.successor_id):
            raise refused.own_successor()

    def _check_successor(self, entry: Entry, own_id: UUID | None) -> None:
        self._check_links(entry, own_id)
        if entry.successor_id is None or entry.valid_to is None:
            return
        successor = found.organisation(entry.successor_id)
        if not found.entry_of_row(successor).is_valid_on(entry.valid_to):
            raise refused.successor_not_then(successor.name, entry.valid_to)


def day_spoken_of(entry: Entry) -> date:
    """The day on which the unit must exist: the as-of, or the nearest day of its own validity."""
    if entry.valid_from is not None and entry.as_of < entry.valid_from:
        return entry.valid_from
    if entry.valid_to is not None and entry.as_of >= entry.valid_to:
        return entry.valid_to - timedelta(days=1)
    return entry.as_of


def must_write(*, by: Viewer, unit_id: str) -> None:
    """Refuse who may not write here: without the right, or of another area."""
    by.require(MAY_WRITE)
    if not found.may_write(by, unit_id):
        queries.unit(unit_id)
        raise OrganisationError(
            "locations.outside_area",
            Words(
                "Địa bàn này không thuộc đơn vị của bạn. Chọn địa bàn của mình, hoặc báo người "
                "quản trị của địa bàn đó.",
                "This area is not your unit's. Choose your own, or tell that area's administrator.",
            ),
            field="unit",
        )


def write(*, row: Organisation | None, entry: Entry, mark: Mark) -> Organisation:
    """Put an entry that was checked into a row, new or old, with its change."""
    before = None if row is None else wire_of(found.entry_of_row(row))
    row = filled(row or Organisation(changed_at=mark.at), entry)
    row.n_changes, row.changed_at = row.n_changes + 1, mark.at
    row.save(force_insert=before is None)
    _keep_change(row, mark, before, wire_of(entry))
    return row


def filled(row: Organisation, entry: Entry) -> Organisation:
    """The row with everything that an entry says, its keys for search and order made anew."""
    row.kind, row.name, row.unit_id = entry.kind, entry.name, entry.unit_id
    row.folded, row.name_key = fold(entry.name), same_name_key(entry.name)
    row.exact_name, row.sort_key = exact_name(entry.name), rules.sort_key(entry.name)[:600]
    row.parent_id, row.successor_id = entry.parent_id, entry.successor_id
    row.address, row.telephone = entry.address, entry.telephone
    row.email, row.website, row.tax_code = entry.email, entry.website, entry.tax_code
    row.lat = None if entry.at is None else entry.at.lat
    row.lon = None if entry.at is None else entry.at.lon
    row.hours = wire_of_hours(entry.hours)
    row.valid_from, row.valid_to = entry.valid_from, entry.valid_to
    row.source, row.as_of, row.is_invented = entry.source, entry.as_of, entry.is_invented
    return row


def _close(row: Organisation, *, on: date, successor_id: UUID | None, mark: Mark) -> None:
    entry = found.entry_of_row(row)
    if entry.valid_to is not None:
        raise refused.closed_already(entry)
    if entry.valid_from is not None and on <= entry.valid_from:
        raise refused.end_before_start(entry.valid_from, on)
    closed = replace(entry, valid_to=on, successor_id=successor_id)
    Checks(mark.at).check(closed, row.id)
    write(row=row, entry=closed, mark=mark)


def _keep_change(row: Organisation, mark: Mark, *sides: Mapping[str, object] | None) -> None:
    """The change of a row that was written: what stood before and what stands after."""
    before, after = sides
    OrganisationChange.objects.create(
        organisation=row,
        number=row.n_changes,
        action=mark.action,
        before=before,
        after=after,
        batch=mark.batch,
        at=mark.at,
        by=mark.by.id,
    )


def _locked(organisation_id: UUID, by: Viewer) -> Organisation:
    hold_others_off()
    rows = Organisation.objects.select_for_update().filter(removed_at__isnull=True)
    row = rows.filter(id=organisation_id).first()
    if row is None:
        raise found.unknown_organisation()
    must_write(by=by, unit_id=row.unit_id)
    return row


def hold_others_off() -> None:
    """One writer at a time: relations of all rows are checked, so no two may close a loop."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('locations_organisation'))")


def _links(field: str) -> dict[UUID, UUID | None]:
    rows = Organisation.objects.filter(removed_at__isnull=True).order_by()
    return dict(rows.values_list("id", f"{field}_id"))


def _chain(links: Mapping[UUID, UUID | None], start: UUID) -> set[UUID]:
    """Everything that links lead to, the start included; a loop ends it."""
    seen: set[UUID] = set()
    here: UUID | None = start
    while here is not None and here not in seen:
        seen.add(here)
        here = links.get(here)
    return seen


def _must_be_unused(row: Organisation) -> None:
    if found.children(row.id) or found.came_from(row.id):
        raise refused.in_use(row.name)


def _audit(event: str, row: Organisation, *, by: Viewer, at: datetime, **counts: int) -> None:
    detail: Detail = {"unit": row.unit_id, "kind": row.kind, **counts}
    record(event=event, by=by, at=at, subject=f"organisation:{row.id}", detail=detail)
