"""Who acts for a unit or an organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries.staff import ref_of
from vungxanh.accounts.rules import ROLES
from vungxanh.accounts.values import counterparts_of, own_units
from vungxanh.refusals import Words

ORGANISATION = "organisation:"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can be written to: the reference and the address."""

    ref: str
    email: str


def acting_for_unit(
    unit_id: str, *, at: datetime, role: str = "", needs: str = ""
) -> tuple[Reader, ...]:
    """Staff who hold this very unit, or what it wholly passed into, not one above; one query.

    `role` limits them to a role, `needs` to roles with a capability.
    """
    near = _limited(_standing(at), role, needs).filter(
        units__overlap=sorted(counterparts_of(unit_id))
    )
    return tuple(
        _reader(one) for one in near if unit_id in own_units(frozenset(map(str, one.units)))
    )


def acting_for_organisation(
    organisation_id: object, *, at: datetime, role: str = ""
) -> tuple[Reader, ...]:
    """Staff whose scope is this organisation; one query."""
    scope = f"{ORGANISATION}{organisation_id}"
    found = _limited(_standing(at), role, "").filter(scopes__contains=[scope])
    return tuple(_reader(one) for one in found)


def organisations_of(scopes: Iterable[str]) -> frozenset[str]:
    """The ids of the organisations that somebody acts for; what is no id names none.

    >>> of = "01890000-0000-7000-8000-000000000005"
    >>> organisations_of({f"organisation:{of}", "organisation:5", "list:7"})
    frozenset({'01890000-0000-7000-8000-000000000005'})
    """
    named = (one.removeprefix(ORGANISATION) for one in scopes if one.startswith(ORGANISATION))
    return frozenset(one for one in named if _is_id(one))


def roles_with(needs: str) -> tuple[tuple[str, Words], ...]:
    """Each role that has a capability, with its words; no query."""
    return tuple((one, spec.words) for one, spec in ROLES.items() if needs in spec.capabilities)


def _standing(at: datetime) -> QuerySet[Staff]:
    open_ended = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return Staff.objects.filter(open_ended, is_active=True).order_by("created_at", "id")


def _limited(found: QuerySet[Staff], role: str, needs: str) -> QuerySet[Staff]:
    if role:
        found = found.filter(roles__contains=[role])
    if needs:
        able = [one for one, spec in ROLES.items() if needs in spec.capabilities]
        found = found.filter(roles__overlap=able)
    return found


def _reader(staff: Staff) -> Reader:
    return Reader(str(ref_of(staff)), staff.email)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
