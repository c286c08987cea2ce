"""Reading accounts: the viewer behind a session, and cards of staff."""

from uuid import UUID

from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import capabilities, specs
from vungxanh.accounts.values import STAFF, StaffCard, StaffRef
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import CAPABILITIES, Viewer


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
    return _card(_staff(viewer.id))


def staff_card(ref: str, *, viewer: Viewer) -> StaffCard:
    """Somebody's account, for its owner, administrators and auditors; nobody else finds it."""
    may_see = ref == viewer.id or viewer.may("accounts.manage") or viewer.may("audit.view")
    if not may_see:
        raise MissingError
    return _card(_staff(ref))


def _staff(ref: str) -> Staff:
    if not ref.startswith(STAFF):
        raise MissingError
    try:
        found: Staff = Staff.objects.get(pk=UUID(ref.removeprefix(STAFF)))
    except (Staff.DoesNotExist, ValueError):
        raise MissingError from None
    return found


def _card(staff: Staff) -> StaffCard:
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
    )
