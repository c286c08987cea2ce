"""What the viewer may do with an occurrence or a duty; actions ask again, with the row locked."""

from dataclasses import dataclass

from vungxanh.accounts.queries.acting import acts_for
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.viewer import Viewer
from vungxanh.duties.rules import HolderKind
from vungxanh.duties.values import MANAGE, VIEW, Holder
from vungxanh.locations.values import UnitId, registry
from vungxanh.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class Rights:
    """`meets`: say that it came, and take that back. `settles`: let it be, answer, end it."""

    meets: bool
    settles: bool


def rights(held: Holder, owed_to: str, *, viewer: Viewer) -> Rights:
    """What the viewer may do with what a holder owes to a unit; no query."""
    settles = viewer.may(MANAGE) and _is_of(viewer, owed_to)
    return Rights(settles or (viewer.may(VIEW) and _acts_for(held, viewer)), settles)


def _acts_for(held: Holder, viewer: Viewer) -> bool:
    if held.role and held.role not in viewer.roles:
        return False
    acting = acts_for(viewer)
    if held.kind is HolderKind.UNIT:
        return bool(acting.units) and _is_of(viewer, held.id)
    return held.id in acting.organisations


def _is_of(viewer: Viewer, unit_id: str) -> bool:
    if "system" in viewer.roles:
        return True
    try:
        path = registry().unit(UnitId(unit_id)).path
    except RefusalError:
        path = ""
    return area_of(viewer.units).standing(unit_id, path) is Standing.WHOLE
