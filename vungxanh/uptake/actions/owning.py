"""Who may act on what: one's own area, and of guests the tables that they brought."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from vungxanh.accounts.queries import Place, authorised
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions import refusals
from vungxanh.uptake.models import Submission
from vungxanh.uptake.rules import SubmissionState, may_handle

IMPORT = "uptake.import"
Row = TypeVar("Row")


def must_own(*, by: Viewer, unit_id: str, capability: str) -> None:
    """Refuse who lacks the capability, and who works for another area."""
    by.require(capability)
    if "system" not in by.roles and not locations.within(by.units, UnitId(unit_id)):
        raise refusals.outside_area()


def locked(submission_id: UUID, *, by: Viewer, needs: str) -> Submission:
    """A table of the viewer's own area, held until the transaction ends."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("scope")
    row = rows.filter(id=submission_id).first()
    found = own(row, by=by, needs=needs, unit=lambda one: one.scope)
    must_handle(found, by=by)
    return found


def own(found: Row | None, *, by: Viewer, needs: str, unit: Callable[[Row], Place]) -> Row:
    """What was found, for whoever holds the capability and works for all of its unit."""
    by.require(needs)
    return authorised(found, viewer=by, needs=needs, unit=unit, acting=True)


def must_handle(submission: Submission, *, by: Viewer) -> None:
    """Refuse a guest who did not bring this table, though they may see it."""
    if not may_handle(by.roles, by.id, brought_by=submission.created_by):
        raise ForbiddenError(IMPORT)


def must_be(submission: Submission, state: SubmissionState) -> None:
    """Refuse a table that is in another state by now."""
    if submission.state != state:
        raise refusals.wrong_state()
