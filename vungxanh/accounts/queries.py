"""Reading accounts: the viewer behind a session, and cards of staff."""

from uuid import UUID

from django.db.models import Q

from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import ROLE_WORDS, Role, capabilities
from vungxanh.accounts.values import STAFF, Area, StaffCard, StaffRef
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import CAPABILITIES, Viewer


def ref_of(staff: Staff) -> StaffRef:
    """The text by which other rooms and the log refer to a staff member."""
    return StaffRef(f"{STAFF}{staff.pk}")


def viewer_for(staff: Staff) -> Viewer:
    """The viewer that a signed-in staff member is."""
    roles = frozenset({staff.role})
    return Viewer(
        id=ref_of(staff),
        name=staff.name,
        roles=roles,
        units=frozenset({staff.unit} - {""}),
        capabilities=capabilities(roles),
    )


def lies_in(area: Area, unit: str = "unit") -> Q:
    """A condition on a foreign key to a unit: that it counts in the area, wholly or in part."""
    found = Q(**{f"{unit}_id__in": [*area.whole, *area.part]})
    for root in sorted(area.roots):
        tree, _, path = root.partition(":")
        found |= Q(**{f"{unit}__tree": tree, f"{unit}__path__startswith": path})
    return found


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
    role = Role(staff.role)
    held = sorted(capabilities(frozenset({role})))
    return StaffCard(
        ref=ref_of(staff),
        name=staff.name,
        email=staff.email,
        role=role,
        role_words=ROLE_WORDS[role],
        unit=staff.unit,
        is_demo=staff.is_demo,
        is_active=staff.is_active,
        created_at=staff.created_at,
        capabilities=tuple(CAPABILITIES[capability] for capability in held),
    )
