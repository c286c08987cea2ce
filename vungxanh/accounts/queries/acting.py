"""Who acts for a unit or an organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries.staff import ref_of
from vungxanh.accounts.rules import ROLES

ORGANISATION = "organisation:"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can be written to: the reference and the address."""

    ref: str
    email: str


def acting_for_unit(
    unit_id: str, *, at: datetime, role: str = "", needs: str = ""
) -> tuple[Reader, ...]:
    """Staff who hold this very unit, not one above; one query.

    `role` limits them to a role, `needs` to roles with a capability.
    """
    return _readers(_standing(at).filter(units__contains=[unit_id]), role, needs)


def acting_for_organisation(
    organisation_id: object, *, at: datetime, role: str = ""
) -> tuple[Reader, ...]:
    """Staff whose scope is this organisation; one query."""
    scope = f"{ORGANISATION}{organisation_id}"
    return _readers(_standing(at).filter(scopes__contains=[scope]), role, "")


def organisations_of(scopes: Iterable[str]) -> frozenset[str]:
    """The ids of the organisations that somebody acts for.

    >>> organisations_of({"organisation:5", "list:7"})
    frozenset({'5'})
    """
    return frozenset(
        scope.removeprefix(ORGANISATION) for scope in scopes if scope.startswith(ORGANISATION)
    )


def _standing(at: datetime) -> QuerySet[Staff]:
    open_ended = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return Staff.objects.filter(open_ended, is_active=True).order_by("created_at", "id")


def _readers(found: QuerySet[Staff], role: str, needs: str) -> tuple[Reader, ...]:
    if role:
        found = found.filter(roles__contains=[role])
    if needs:
        able = [one for one, spec in ROLES.items() if needs in spec.capabilities]
        found = found.filter(roles__overlap=able)
    return tuple(Reader(str(ref_of(one)), one.email) for one in found)
