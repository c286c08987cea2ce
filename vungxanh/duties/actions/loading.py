"""Occurrences and duties, locked, for somebody who may act on them."""

from uuid import UUID

from vungxanh.accounts.queries import acting as queries
from vungxanh.accounts.queries import authorised
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions.refusals import reason_needed
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.values import BY_HAND, MANAGE, VIEW

LETTERS = 5


def owed_occurrence(occurrence_id: UUID, *, by: Viewer) -> Occurrence:
    """One that is owed to a unit of the viewer's area."""
    row = _locked(occurrence_id)
    return authorised(row, viewer=by, needs=MANAGE, unit=lambda one: one.duty.owed_to, acting=True)


def own_occurrence(occurrence_id: UUID, *, by: Viewer) -> Occurrence:
    """One that the viewer's unit or organisation owes, or that is owed to the viewer's area."""
    row = _locked(occurrence_id)
    if row is None or not (by.may(VIEW) and acts_for(row.duty, by)):
        return owed_occurrence(occurrence_id, by=by)
    return row


def occurrence_of(occurrence_id: UUID, *, by: Viewer, kind: str) -> Occurrence:
    """One of the sort that the asking room answers for; without a sort, as `own_occurrence`."""
    if not kind:
        return own_occurrence(occurrence_id, by=by)
    row = _locked(occurrence_id)
    if row is None or row.duty.kind != kind or kind == BY_HAND:
        raise MissingError
    return row


def owed_duty(duty_id: UUID, *, by: Viewer) -> Duty:
    """A duty towards a unit of the viewer's area."""
    rows = Duty.objects.select_for_update(of=("self",)).select_related("owed_to")
    row = rows.filter(id=duty_id).first()
    return authorised(row, viewer=by, needs=MANAGE, unit=lambda one: one.owed_to, acting=True)


def acts_for(duty: Duty, viewer: Viewer) -> bool:
    """Whether the viewer may answer for the holder; no query where the holder is loaded.

    Whoever is in charge of the area may for a unit in it: what is told by telephone is entered by
    those above.
    """
    if "system" in viewer.roles:
        return True
    if duty.role and duty.role not in viewer.roles:
        return False
    held = queries.acts_for(viewer)
    if duty.unit is not None:
        standing = area_of(viewer.units).standing(duty.unit.id, duty.unit.path)
        return bool(held.units) and standing is Standing.WHOLE
    return str(duty.organisation_id) in held.organisations


def reasoned(text: str) -> str:
    """A reason with its spaces in order; refuses what says nothing."""
    said = " ".join(text.split())[:300]
    if sum(letter.isalpha() for letter in said) < LETTERS:
        raise reason_needed()
    return said


def _locked(occurrence_id: UUID) -> Occurrence | None:
    rows = Occurrence.objects.select_for_update(of=("self",))
    return rows.select_related("duty__owed_to", "duty__unit").filter(id=occurrence_id).first()
