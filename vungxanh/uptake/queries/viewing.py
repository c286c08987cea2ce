"""Who may see figures that are not published yet, and who works on them."""

from collections.abc import Sequence

from vungxanh.accounts.queries import Place, may_read
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake import rules
from vungxanh.uptake.models import Submission
from vungxanh.uptake.queries.rebasing import Counterparts

VIEW = "uptake.view"


def sees_unpublished(viewer: Viewer, unit: Place) -> bool:
    """Whether figures that are not public yet may be shown: to staff of the unit or above it.

    And for a limited time to whoever has broken the glass there; no query.
    """
    return viewer.may(VIEW) and may_read(viewer, unit, ref=f"figures:{unit.id}", wholly=True)


def sees_all_unpublished(viewer: Viewer, others: Counterparts) -> bool:
    """Whether unpublished figures of the other era may be shown: to staff above all of them."""
    return sees_all(viewer, others.units)


def sees_all(viewer: Viewer, units: Sequence[Unit]) -> bool:
    """The same of any units; who sees one sees those below it, so only the highest are asked."""
    ids = {unit.id for unit in units}
    highest = (unit for unit in units if ids.isdisjoint(unit.chain[:-1]))
    return bool(units) and all(sees_unpublished(viewer, unit) for unit in highest)


def may_work_on(viewer: Viewer, unit: Unit, capability: str) -> bool:
    """Whether the viewer holds the capability and works for the unit or one above it."""
    is_own = area_of(viewer.units).standing(unit.id, unit.path) is Standing.WHOLE
    return viewer.may(capability) and (is_own or "system" in viewer.roles)


def may_handle(viewer: Viewer, found: Submission, unit: Unit, *, capability: str) -> bool:
    """Whether the viewer may act so on a table about `unit`; guests on their own tables only."""
    is_theirs = rules.may_handle(viewer.roles, viewer.id, brought_by=found.created_by)
    return is_theirs and may_work_on(viewer, unit, capability)
