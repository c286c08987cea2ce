"""Saying of a visit what scans did not: the scans stay, what was said last holds."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.person_visits import let_write_again, moved, visits_of_person
from vungxanh.checkins.models import Scan, VisitCorrection
from vungxanh.checkins.values import visit_refusals as refusals
from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS, ChangeReason
from vungxanh.core.viewer import Viewer

LONGEST: Final = timedelta(days=SCANS_KEPT_DAYS)


def correct_visit(
    *, visit_id: UUID, t_in: datetime, t_out: datetime, reason: str, by: Viewer, at: datetime
) -> VisitCorrection:
    """Say when a visit was instead; `visit_id` is a scan of it. Its day is written again.

    Whoever calls it knows that the viewer may. Audit event: `checkins.visit_corrected`.
    """
    if not reason.strip():
        raise refusals.correction_needs_a_reason()
    if not at - LONGEST <= t_in <= t_out <= at:
        raise refusals.no_times_of_a_visit()
    with transaction.atomic():
        scan = Scan.objects.filter(pk=visit_id).first()
        if scan is None:
            raise refusals.no_such_visit()
        before = visits_of_person(scan.person_id)
        said = VisitCorrection.objects.create(
            visit_id=visit_id,
            person_id=scan.person_id,
            t_in=t_in,
            t_out=t_out,
            reason=reason.strip()[:300],
            by=by.id,
            at=at,
        )
        days = moved(before, visits_of_person(scan.person_id))
        let_write_again(days=days, reason=ChangeReason.CORRECTED, at=at)
        event = "checkins.visit_corrected"
        record(event=event, by=by, at=at, subject=f"visit:{visit_id}", detail={"days": len(days)})
    return said
