"""Lists of premises: kept as they were read, taken in whole, dropped, undone as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.models import Inspection, Premises, PremisesList, Reminder
from vungxanh.checkins.queries import premises as queries
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.core import files
from vungxanh.core.viewer import Viewer

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class NewList:
    """A list that was read: what is said of it, its file, its columns and rows."""

    title: str
    source: str
    basis: str
    as_of: date
    file_name: str
    content: bytes
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewPremises:
    """One place of a list; `parent` is the name of what it is affiliated to."""

    name: str
    same_key: str
    kind: str
    unit: str
    address: str = ""
    tax_code: str = ""
    organisation: UUID | None = None
    parent_key: str = ""
    n_staff: int | None = None


def keep_list(*, new: NewList, by: Viewer, at: datetime) -> PremisesList:
    """Keep a list that was read, and its file; nothing counts yet.

    Audit event: `checkins.premises_read`.
    """
    by.require(MAY_MANAGE)
    with transaction.atomic():
        name = new.file_name or "bang-dan.tsv"
        original = files.keep(
            new.content, name=name, media_type="application/octet-stream", by=by, at=at
        )
        kept = PremisesList.objects.create(
            title=new.title,
            source=new.source,
            basis=new.basis,
            as_of=new.as_of,
            original_id=original.id,
            plan=new.plan,
            at=at,
            by=by.id,
        )
        _audit("checkins.premises_read", kept, by=by, at=at, n=len(new.plan["rows"]))
    return kept


def accept_list(
    *, list_id: UUID, rows: Sequence[NewPremises], by: Viewer, at: datetime
) -> PremisesList:
    """Take a list in, all of its rows that are given or nothing.

    Audit event: `checkins.premises_imported`.
    """
    with transaction.atomic():
        kept = _locked(list_id, by, "draft")
        if not rows:
            raise refused.nothing_to_take()
        made = Premises.objects.bulk_create([_row(kept, one) for one in rows], batch_size=_AT_ONCE)
        _affiliate(made, rows)
        kept.plan = {}
        _settle(kept, "accepted", at)
        _audit("checkins.premises_imported", kept, by=by, at=at, n=len(made))
    return kept


def drop_list(*, list_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a list that was only read. Audit event: `checkins.premises_import_dropped`."""
    with transaction.atomic():
        kept = _locked(list_id, by, "draft")
        kept.plan = {}
        _settle(kept, "dropped", at)
        _audit("checkins.premises_import_dropped", kept, by=by, at=at, n=0)


def undo_list(*, list_id: UUID, by: Viewer, at: datetime) -> int:
    """Take a list's premises away again; how many. Refused once one was reminded or inspected.

    Points that were joined stay, without premises. Audit: `checkins.premises_import_undone`.
    """
    with transaction.atomic():
        kept = _locked(list_id, by, "accepted")
        rows = Premises.objects.select_for_update().filter(list=kept)
        seen = Exists(Inspection.objects.filter(premises=OuterRef("pk")))
        told = Exists(Reminder.objects.filter(premises=OuterRef("pk")))
        n_used = Premises.objects.filter(Q(seen) | Q(told), list=kept).count()
        if n_used:
            raise refused.in_use(n_used)
        n = len(rows)
        Premises.objects.filter(list=kept).delete()
        _settle(kept, "undone", at)
        _audit("checkins.premises_import_undone", kept, by=by, at=at, n=n)
    return n


def _locked(list_id: UUID, by: Viewer, state: str) -> PremisesList:
    by.require(MAY_MANAGE)
    queries.own_list(by, list_id)
    kept = PremisesList.objects.select_for_update().get(pk=list_id)
    if kept.state != state:
        raise refused.wrong_state()
    return kept


def _settle(kept: PremisesList, state: str, at: datetime) -> None:
    kept.state, kept.closed_at = state, at
    kept.save(update_fields=["state", "closed_at", "plan"])


def _row(kept: PremisesList, one: NewPremises) -> Premises:
    return Premises(
        list=kept,
        name=one.name,
        same_key=one.same_key,
        kind=one.kind,
        address=one.address,
        unit_id=one.unit,
        tax_code=one.tax_code,
        organisation_id=one.organisation,
        n_staff=one.n_staff,
    )


def _affiliate(made: Sequence[Premises], rows: Sequence[NewPremises]) -> None:
    """What each is affiliated to, where exactly one other of the list bears that name."""
    named: dict[str, list[Premises]] = {}
    for row in made:
        named.setdefault(row.same_key, []).append(row)
    changed = []
    for row, said in zip(made, rows, strict=True):
        above = [one for one in named.get(said.parent_key, ()) if one is not row]
        if said.parent_key and len(above) == 1:
            row.parent = above[0]
            changed.append(row)
    Premises.objects.bulk_update(changed, ["parent"], batch_size=_AT_ONCE)


def _audit(event: str, kept: PremisesList, *, by: Viewer, at: datetime, n: int) -> None:
    record(event=event, by=by, at=at, subject=f"premises-list:{kept.pk}", detail={"n": n})
