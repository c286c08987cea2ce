"""Requests of those whose second factor is lost, as colleagues see them who may vouch."""

from datetime import datetime
from uuid import UUID

from vungxanh.accounts.models import Recovery, Staff
from vungxanh.accounts.queries.staff import place_of, ref_of, viewer_for
from vungxanh.accounts.rules import Limit, specs
from vungxanh.accounts.values import Asker, Standing, area_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer


def may_vouch(viewer: Viewer, staff: Staff) -> bool:
    """Whether somebody may confirm to know a person: of the same units, or of units above.

    Never for oneself; not with a role that is limited to one list, team or point; not while the
    own second factor is still to be shown. No query.
    """
    is_of_area = any(spec.limit is Limit.AREA for spec in specs(viewer.roles))
    if viewer.id == ref_of(staff) or not viewer.capabilities or not is_of_area:
        return False
    area = area_of(viewer.units)
    places = [place_of(unit) for unit in staff.units]
    standings = {area.standing(place.id, place.path) for place in places}
    return standings == {Standing.WHOLE}


def colleagues(staff: Staff, *, at: datetime) -> list[Staff]:
    """Those who may vouch for somebody, of the same units first; one query."""
    chains = {f"{one.partition(':')[0]}:{code}" for one in staff.units for code in _path(one)}
    found = Staff.objects.filter(is_active=True, units__overlap=sorted({*chains, *staff.units}))
    able = [one for one in found if _is_there(one, at) and may_vouch(viewer_for(one), staff)]
    return sorted(able, key=lambda one: set(one.units).isdisjoint(staff.units))


def askers(*, viewer: Viewer, at: datetime) -> tuple[Asker, ...]:
    """The open requests of those whom the viewer may vouch for, and the viewer's own; one query."""
    waiting = Recovery.objects.select_related("staff").filter(
        done_at=None, dropped_at=None, expires_at__gt=at, staff__is_active=True
    )
    return tuple(_asker(row, viewer) for row in waiting if _may_see(viewer, row))


def asker(recovery_id: UUID, *, viewer: Viewer, at: datetime) -> Asker:
    """One open request; it does not exist for anybody else."""
    for one in askers(viewer=viewer, at=at):
        if one.id == recovery_id:
            return one
    raise MissingError


def _path(unit_id: str) -> list[str]:
    return place_of(unit_id).path.split("/")


def _is_there(staff: Staff, at: datetime) -> bool:
    return staff.ends_at is None or staff.ends_at > at


def _may_see(viewer: Viewer, row: Recovery) -> bool:
    is_own = viewer.id == ref_of(row.staff) and bool(viewer.capabilities)
    return is_own or may_vouch(viewer, row.staff)


def _asker(row: Recovery, viewer: Viewer) -> Asker:
    return Asker(
        id=row.id,
        ref=ref_of(row.staff),
        name=row.staff.name,
        email=row.staff.email,
        roles=tuple(spec.words for spec in specs(row.staff.roles)),
        units=tuple(row.staff.units),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        n_confirmed=int(bool(row.first_by)),
        is_mine=viewer.id in {row.first_by, ref_of(row.staff)},
    )
