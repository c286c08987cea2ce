"""Inspections: what an officer found at a place, and what its owner answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.actions.photos import keep_photos, read_photos
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.actions.suspensions import (
    end_suspension,
    let_proposal_fall,
    meet_reminders,
)
from vungxanh.checkins.models import Inspection, Point, Premises
from vungxanh.checkins.queries import inspections as queries
from vungxanh.checkins.rules.letters import plain_text
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.door_refusals import AnsweredError, NoWordsError, no_such_result
from vungxanh.checkins.values.inspections import (
    LONGEST_ANSWER,
    OF_POINTS,
    OF_PREMISES,
    Finding,
    Place,
    Result,
)
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.people.queries.holders import holder_id


def inspect_place(*, place: Place, finding: Finding, by: Viewer, at: datetime) -> UUID:
    """Write down what was found. Where all is in order, reminders are met and a suspension ends.

    Audit events: `checkins.place_inspected`, and `.place_mended`, `.suspension_ended`.
    """
    results = OF_POINTS if place.point_id else OF_PREMISES
    if finding.result not in results:
        raise no_such_result()
    photos = read_photos(finding.photos)
    with transaction.atomic():
        hold_place(place, by=by)
        row = Inspection.objects.create(
            point_id=place.point_id,
            premises_id=place.premises_id,
            result=finding.result,
            note=plain_text(finding.note)[:1000],
            at=at,
            by=by.id,
        )
        keep_photos(photos, by=by, at=at, inspection=row)
        detail: Detail = {"result": str(row.result), "photos": len(photos)}
        record(event="checkins.place_inspected", by=by, at=at, subject=place.ref, detail=detail)
        if finding.result is Result.FINE:
            mend_place(place=place, by=by, at=at)
    return row.pk


def mend_place(*, place: Place, by: Viewer, at: datetime) -> None:
    """What was asked for is done: open reminders are met, a proposal that waits falls.

    A suspension that holds ends, with new codes. Inside the caller's transaction, for a place that
    the caller authorised. Audit events: `checkins.place_mended`, `checkins.suspension_rejected`,
    `checkins.suspension_ended`.
    """
    meet_reminders(place=place, by=by, at=at)
    let_proposal_fall(place=place, by=by, at=at)
    if end_suspension(place=place, by=by, at=at):
        _open_again(place, by=by, at=at)


def answer_inspection(*, inspection_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """What the owner of a point says to an inspection, once.

    Audit event: `checkins.inspection_answered`.
    """
    said = plain_text(words)[:LONGEST_ANSWER]
    if not said:
        raise NoWordsError
    owner = holder_id(by)
    with transaction.atomic():
        rows = Inspection.objects.select_for_update(of=("self",)).select_related("point")
        row = rows.filter(pk=inspection_id, point__isnull=False).first()
        if row is None or row.point is None or owner is None or row.point.owner_id != owner:
            raise refusals.NoSuchPointError
        if row.answered_at is not None:
            raise AnsweredError
        row.answer, row.answered_at = said, at
        row.save(update_fields=["answer", "answered_at"])
        place = queries.place_in(row)
        record(event="checkins.inspection_answered", by=by, at=at, subject=place.ref)


def hold_place(place: Place, *, by: Viewer) -> Point | Premises:
    """The place, of the officer's own area, held until the caller's transaction ends."""
    if place.point_id is not None:
        Point.objects.select_for_update().filter(pk=place.point_id).first()
    if place.premises_id is not None:
        Premises.objects.select_for_update().filter(pk=place.premises_id).first()
    return queries.place_row(place, viewer=by, acting=True)


def _open_again(place: Place, *, by: Viewer, at: datetime) -> None:
    """A point that was suspended opens with new codes; an inspector may not decide, so we do."""
    point = Point.objects.filter(pk=place.point_id or 0).first()
    if point is not None and point.state == State.SUSPENDED:
        decider = by if by.may(MAY_MANAGE) else SYSTEM
        decide_point(point=point, state=State.APPROVED, by=decider, at=at)
