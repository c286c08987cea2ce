"""Reading accounts: the viewer behind a session, and cards of staff."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries.authorising import authorised
from vungxanh.accounts.queries.organisations import names
from vungxanh.accounts.rules import capabilities, must_name_organisation, specs
from vungxanh.accounts.values import MANAGE, STAFF, StaffCard, StaffRef
from vungxanh.accounts.values.acting import organisations_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import CAPABILITIES, Viewer
from vungxanh.locations.values import (
    COUNTRY,
    BadUnitIdError,
    UnitId,
    UnknownUnitError,
    registry,
)


def ref_of(staff: Staff) -> StaffRef:
    """The text by which other rooms and the log refer to a staff member."""
    return StaffRef(f"{STAFF}{staff.pk}")


def viewer_for(staff: Staff) -> Viewer:
    """The viewer that a member of staff is, by the roles and units of the account alone."""
    return Viewer(
        id=ref_of(staff),
        name=staff.name,
        roles=frozenset(staff.roles),
        units=frozenset(staff.units),
        scopes=frozenset(staff.scopes),
        capabilities=capabilities(staff.roles),
    )


def own_card(viewer: Viewer) -> StaffCard:
    """The viewer's own account."""
    return card_of(account_behind(viewer.id))


def staff_card(ref: str, *, viewer: Viewer) -> StaffCard:
    """Somebody's account, for its owner and for administrators and auditors of its units."""
    for needs in (MANAGE, "audit.view"):
        if ref == viewer.id or viewer.may(needs):
            return card_of(staff_in_reach(ref, viewer=viewer, needs=needs, acting=False))
    raise MissingError


def staff_in_reach(ref: str, *, viewer: Viewer, needs: str = MANAGE, acting: bool = True) -> Staff:
    """An account, if it is the viewer's own or all its units lie in the viewer's area.

    Nobody else finds it; an account without any unit is found by those who hold the whole country.
    """
    if ref == viewer.id:
        return account_behind(ref)
    viewer_may = viewer.may(needs)
    found = account_behind(ref) if viewer_may else None
    return reached(found, viewer=viewer, needs=needs, acting=acting)


def reached(
    staff: Staff | None, *, viewer: Viewer, needs: str = MANAGE, acting: bool = True
) -> Staff:
    """The account that was found, if all its units lie in the viewer's area; no query."""
    places = [place_of(one) for one in staff.units] if staff else []
    for place in places or [place_of(COUNTRY)]:
        authorised(staff, viewer=viewer, needs=needs, unit=partial(_always, place), acting=acting)
    if staff is None:
        raise MissingError
    return staff


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a unit lies, as far as it is known: its id and the codes down to it."""

    id: str
    path: str


def place_of(unit_id: str) -> Spot:
    """Where a unit lies; one that the package does not know stands for itself alone."""
    try:
        unit = registry().unit(UnitId(unit_id))
    except (BadUnitIdError, UnknownUnitError):
        return Spot(unit_id, "")
    return Spot(unit.id, unit.path)


def _always(place: Spot, _staff: Staff) -> Spot:
    return place


def account_behind(ref: str) -> Staff:
    """The account that a reference stands for; the caller answers for who may know of it."""
    if not ref.startswith(STAFF):
        raise MissingError
    try:
        found: Staff = Staff.objects.get(pk=UUID(ref.removeprefix(STAFF)))
    except (Staff.DoesNotExist, ValueError):
        raise MissingError from None
    return found


def card_of(staff: Staff) -> StaffCard:
    """An account as its owner and its administrators see it; one query where a scope is named."""
    return StaffCard(
        ref=ref_of(staff),
        name=staff.name,
        email=staff.email,
        roles=tuple(spec.words for spec in specs(staff.roles)),
        units=tuple(staff.units),
        is_demo=staff.is_demo,
        is_active=staff.is_active,
        created_at=staff.created_at,
        ends_at=staff.ends_at,
        capabilities=tuple(CAPABILITIES[held] for held in sorted(capabilities(staff.roles))),
        organisations=names(staff.scopes),
        lacks_organisation=must_name_organisation(staff.roles)
        and not organisations_of(staff.scopes),
    )
