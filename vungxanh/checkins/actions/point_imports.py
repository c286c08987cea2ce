"""Tables of points: kept as they came, then written whole in one transaction."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from vungxanh.accounts.values.acting import organisations_of
from vungxanh.audit.actions import record
from vungxanh.checkins.actions.copying import copy_in, new_keys
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.actions.issuing import Door, new_short_codes, signed_codes
from vungxanh.checkins.actions.registering import filled, hold_all_places
from vungxanh.checkins.models import Entrance, Point, PointChange, PointImport
from vungxanh.checkins.queries.imports import alike, table_of
from vungxanh.checkins.queries.purging import past_imports
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.checkins.values.kinds import State, Via
from vungxanh.checkins.values.points import PointEntry
from vungxanh.checkins.values.words import same_key
from vungxanh.core import files
from vungxanh.core.viewer import ForbiddenError, Viewer

AT_ONCE: Final = 2_000
SILENT: Final = timedelta(minutes=3)
"""A job that gave no sign of life for so long was ended in the middle."""
_BEFORE: Final = {"writing": "draft", "undoing": "accepted"}
"""What a table is again that was being written or undone."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Read:
    """What a job made of a table: how many rows of which sort, and what the preview shows."""

    n_rows: int
    n_new: int
    n_suspected: int
    n_faulty: int
    plan: dict[str, Any]


def must_import(by: Viewer) -> None:
    """Refuse who neither manages points nor acts for an organisation."""
    if not by.may(MAY_MANAGE) and not organisations_of(by.scopes):
        raise ForbiddenError(MAY_MANAGE)


def keep_table(*, name: str, content: bytes, by: Viewer, at: datetime) -> PointImport:
    """Keep a table as it came; a job or the caller reads it. Audit: `checkins.points_read`."""
    must_import(by)
    with transaction.atomic():
        original = files.keep(
            content, name=name, media_type="application/octet-stream", by=by, at=at
        )
        kept = PointImport.objects.create(
            file_name=name[:200],
            original_id=original.id,
            plan="{}",
            state="reading",
            step_at=at,
            at=at,
            by=by.id,
        )
        _audit("checkins.points_read", kept, by=by, at=at, n=0)
    return kept


def defer(kept: PointImport, *, task: str, **said: Any) -> None:
    """Let a job do the work; its row commits with the caller's.

    Without a lock, which a job that was killed would hold: the state of the table lets one win.
    """
    app.configure_task(name=task).defer(import_id=str(kept.pk), **said)


def tell_read(*, import_id: UUID, read: Read, at: datetime) -> None:
    """What reading made of a table that still waits for it."""
    PointImport.objects.filter(pk=import_id, state="reading").update(
        n_rows=read.n_rows,
        n_new=read.n_new,
        n_suspected=read.n_suspected,
        n_faulty=read.n_faulty,
        plan=json.dumps(read.plan, ensure_ascii=False),
        state="draft",
        n_done=read.n_rows,
        step_at=at,
    )


def tell_seen_anew(*, import_id: UUID, read: Read, sentence: str, at: datetime) -> None:
    """Back to a draft that shows the register as it stands now, and why nothing was written."""
    PointImport.objects.filter(pk=import_id, state="writing").update(
        n_new=read.n_new,
        n_suspected=read.n_suspected,
        n_faulty=read.n_faulty,
        plan=json.dumps(read.plan, ensure_ascii=False),
        state="draft",
        refusal=sentence[:500],
        n_done=0,
        step_at=at,
    )


def tell_refused(*, import_id: UUID, sentence: str, at: datetime) -> None:
    """Why a table could not be read or taken in at all."""
    PointImport.objects.filter(pk=import_id, state__in=["reading", "writing"]).update(
        state="refused", refusal=sentence[:500], closed_at=at
    )


def claim(*, import_id: UUID, by: Viewer, at: datetime) -> PointImport:
    """Begin to write a table: one that waits, or one whose writer was ended in the middle."""
    must_import(by)
    kept = table_of(by, import_id)
    stopped = Q(state="writing", step_at__lt=at - SILENT)
    free = PointImport.objects.filter(Q(state="draft") | stopped, pk=kept.pk)
    if not free.update(state="writing", n_done=0, step_at=at, refusal=""):
        raise refused.wrong_state()
    kept.refresh_from_db()
    return kept


def read_again(*, import_id: UUID, by: Viewer, at: datetime) -> PointImport:
    """Begin to read a table again whose reader was ended in the middle."""
    must_import(by)
    kept = table_of(by, import_id)
    stopped = PointImport.objects.filter(pk=kept.pk, state="reading", step_at__lt=at - SILENT)
    if not stopped.update(step_at=at, n_done=0):
        raise refused.wrong_state()
    return kept


def write_points(
    *,
    kept: PointImport,
    entries: Sequence[PointEntry],
    may_repeat: bool = False,
    by: Viewer,
    at: datetime,
    tell: Progress,
) -> int:
    """Write all entries with entrances, codes and history in one transaction, or nothing.

    Nothing too where one may be a point that others registered meanwhile, unless `may_repeat`:
    `MeanwhileError`. An officer's points stand approved, an organisation's wait. Audit event:
    `checkins.points_imported`.
    """
    must_import(by)
    if not entries:
        raise refused.nothing_to_take()
    with transaction.atomic():
        ids: list[int] = []
        for start in range(0, len(entries), AT_ONCE):
            ids += _write(entries[start : start + AT_ONCE], by=by, at=at)
            tell(len(ids))
        hold_all_places()
        if not may_repeat:
            _must_be_others(entries, by=by, at=at)
        done = PointImport.objects.filter(pk=kept.pk, state="writing").update(
            state="accepted", closed_at=at, plan=json.dumps({"points": ids}), n_new=len(ids)
        )
        if not done:
            raise refused.wrong_state()
        _audit("checkins.points_imported", kept, by=by, at=at, n=len(ids))
    return len(ids)


def drop_table(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a table that was read, or is being read.

    Audit event: `checkins.points_import_dropped`.
    """
    kept = table_of(by, import_id)
    with transaction.atomic():
        left = PointImport.objects.filter(pk=kept.pk, state__in=["reading", "draft", "refused"])
        if not left.update(state="dropped", closed_at=at, plan="{}"):
            raise refused.wrong_state()
        _audit("checkins.points_import_dropped", kept, by=by, at=at, n=0)


def stop(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Stop writing or undoing a table, by a job that goes on or was killed: nothing of it was done.

    It is a draft, or taken in, again. Audit event: `checkins.points_import_stopped`.
    """
    must_import(by)
    kept = table_of(by, import_id)
    with transaction.atomic():
        left = PointImport.objects.filter(pk=kept.pk, state=kept.state)
        before = _BEFORE.get(kept.state)
        if before is None or not left.update(state=before, n_done=0, step_at=at):
            raise refused.wrong_state()
        _audit("checkins.points_import_stopped", kept, by=by, at=at, n=0)


def forget_tables(*, at: datetime) -> int:
    """Delete tables past their time with the files that were brought; how many."""
    gone = 0
    for kept in past_imports(at).defer("plan"):
        if kept.original_id is not None:
            files.destroy(kept.original_id)
        kept.delete()
        gone += 1
    return gone


def _must_be_others(entries: Sequence[PointEntry], *, by: Viewer, at: datetime) -> None:
    """Refuse entries that may be living points other than those just written by `by` at `at`."""
    n = 0
    for start in range(0, len(entries), AT_ONCE):
        part = entries[start : start + AT_ONCE]
        n += len(alike(part, [same_key(one.name) for one in part], but=(by.id, at)))
    if n:
        raise refused.MeanwhileError(n)


def _write(entries: Sequence[PointEntry], *, by: Viewer, at: datetime) -> list[int]:
    keys = new_keys(Point._meta.db_table, len(entries))
    named = zip(entries, _free_codes(len(entries)), keys, strict=True)
    points = [_point(entry, code, key, by=by, at=at) for entry, code, key in named]
    doors = [
        Door(row.pk, row.code, number)
        for row, entry in zip(points, entries, strict=True)
        for number in range(len(entry.entrances) + 1)
    ]
    copy_in(points)
    copy_in(
        [one for row, entry in zip(points, entries, strict=True) for one in _doors(row, entry)],
        leave_out=frozenset({"id"}),
    )
    copy_in(signed_codes(doors=doors, by=by, at=at))
    copy_in([_registered(row, by=by, at=at) for row in points])
    return keys


def _point(entry: PointEntry, code: str, key: int, *, by: Viewer, at: datetime) -> Point:
    own = sorted(organisations_of(by.scopes))
    is_officer = by.may(MAY_MANAGE)
    row = Point(
        id=key,
        code=code,
        organisation_id=None if is_officer or not own else UUID(own[0]),
        via=Via.OFFICER if is_officer else Via.ORGANISATION,
        state=State.APPROVED if is_officer else State.REGISTERED,
        registered_at=at,
        registered_by=by.id,
        decided_at=at if is_officer else None,
        decided_by=by.id if is_officer else "",
    )
    return filled(row, entry)


def _doors(row: Point, entry: PointEntry) -> Iterator[Entrance]:
    yield Entrance(point=row, number=0)
    for number, one in enumerate(entry.entrances, start=1):
        yield Entrance(point=row, number=number, kind=one.kind, label=one.label)


def _registered(row: Point, *, by: Viewer, at: datetime) -> PointChange:
    after = {"name": row.name, "kind": str(row.kind), "unit": row.unit_id}
    return PointChange(point=row, action="registered", after=after, at=at, by=by.id)


def _free_codes(n: int) -> list[str]:
    """So many codes that no point has and that differ from each other."""
    found: set[str] = set()
    while len(found) < n:
        drawn = set(new_short_codes(n - len(found))) - found
        found |= drawn - set(
            Point.objects.filter(code__in=drawn).order_by().values_list("code", flat=True)
        )
    return sorted(found)


def _audit(event: str, kept: PointImport, *, by: Viewer, at: datetime, n: int) -> None:
    record(event=event, by=by, at=at, subject=f"point-import:{kept.pk}", detail={"n": n})
