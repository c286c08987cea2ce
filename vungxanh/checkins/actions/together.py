"""Several points approved in one step, and that step taken back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from vungxanh.checkins.actions.points import decide_point, undo_decision
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.desk import decided_together, point_for
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import Viewer

MOST_TOGETHER = 200


def approve_points(*, point_ids: Iterable[int], by: Viewer, at: datetime) -> int:
    """Approve those of the points that wait, all or none; how many.

    Audit event: `checkins.point_approved` for each.
    """
    chosen = sorted(set(point_ids))[:MOST_TOGETHER]
    with transaction.atomic():
        waiting = [
            point
            for point in (point_for(by, one, acting=True) for one in chosen)
            if point.state == State.REGISTERED
        ]
        for point in waiting:
            decide_point(point=point, state=State.APPROVED, by=by, at=at)
    return len(waiting)


def undo_together(*, moment: datetime, by: Viewer, at: datetime) -> int:
    """Take back what the viewer approved at one moment, within ten minutes; how many.

    Audit event: `checkins.point_undone` for each.
    """
    with transaction.atomic():
        taken = decided_together(by, moment, at)
        for point in Point.objects.filter(pk__in=taken).order_by("pk"):
            undo_decision(point=point, by=by, at=at)
    return len(taken)
