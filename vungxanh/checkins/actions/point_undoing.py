"""Undoing a table of points: all of them closed in one transaction, at once or by a job."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.copying import copy_in
from vungxanh.checkins.actions.point_imports import SILENT, must_import
from vungxanh.checkins.models import Point, PointChange, PointCode, PointImport
from vungxanh.checkins.queries.imports import table_of
from vungxanh.checkins.values import import_refusals as refused
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import Viewer

AT_ONCE: Final = 2_000
REASON: Final = "Hoàn tác bảng đã nhận"


def claim_undo(*, import_id: UUID, by: Viewer, at: datetime) -> PointImport:
    """Begin to undo a table: one that was taken in, or one whose undoing was ended in the middle.

    Nothing is closed yet.
    """
    must_import(by)
    kept = table_of(by, import_id)
    stopped = Q(state="undoing", step_at__lt=at - SILENT)
    free = PointImport.objects.filter(Q(state="accepted") | stopped, pk=kept.pk)
    if not free.update(state="undoing", n_done=0, step_at=at, refusal=""):
        raise refused.wrong_state()
    kept.refresh_from_db()
    return kept


def undo_table(*, import_id: UUID, by: Viewer, at: datetime) -> int:
    """Undo a small table while its bringer waits; refused, it stays taken in."""
    with transaction.atomic():
        kept = claim_undo(import_id=import_id, by=by, at=at)
        return undo_points(kept=kept, by=by, at=at, tell=lambda n: None)


def undo_points(*, kept: PointImport, by: Viewer, at: datetime, tell: Callable[[int], None]) -> int:
    """Close all points of a table and revoke their codes; refused once one was changed since.

    They are not deleted: a poster that hangs must be refused. Audit: `.points_import_undone`.
    """
    must_import(by)
    ids = sorted(json.loads(kept.plan)["points"])
    _refuse_changed(ids)
    with transaction.atomic():
        for start in range(0, len(ids), AT_ONCE):
            _close(ids[start : start + AT_ONCE], by=by, at=at)
            tell(min(start + AT_ONCE, len(ids)))
        done = PointImport.objects.filter(pk=kept.pk, state="undoing").update(
            state="undone", closed_at=at
        )
        if not done:
            raise refused.wrong_state()
        detail, subject = {"n": len(ids)}, f"point-import:{kept.pk}"
        record(event="checkins.points_import_undone", by=by, at=at, subject=subject, detail=detail)
    return len(ids)


def tell_not_undone(*, import_id: UUID, sentence: str) -> None:
    """Why a table could not be undone; it is taken in as before."""
    PointImport.objects.filter(pk=import_id, state="undoing").update(
        state="accepted", refusal=sentence[:500]
    )


def _refuse_changed(ids: Sequence[int]) -> None:
    n_changed = 0
    for start in range(0, len(ids), AT_ONCE):
        changes = PointChange.objects.filter(point__in=ids[start : start + AT_ONCE]).order_by()
        n_changed += changes.exclude(action="registered").values("point").distinct().count()
    if n_changed:
        raise refused.in_use(n_changed)


def _close(ids: Sequence[int], *, by: Viewer, at: datetime) -> None:
    """Close points that nobody changes from now on, and that nobody changed before."""
    list(Point.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    _refuse_changed(ids)
    Point.objects.filter(pk__in=ids).update(
        state=State.CLOSED, state_reason=REASON, decided_at=at, decided_by=by.id
    )
    PointCode.objects.filter(point__in=ids, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=by.id, revoked_reason=REASON
    )
    after = {"state": "closed"}
    copy_in(
        [
            PointChange(point_id=key, action="closed", after=after, reason=REASON, at=at, by=by.id)
            for key in ids
        ]
    )
