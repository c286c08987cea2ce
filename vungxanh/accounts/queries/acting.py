"""Who acts for a unit or an organisation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.models import EMAIL_INDEX, Staff
from vungxanh.accounts.queries.staff import ref_of, viewer_for
from vungxanh.accounts.rules import ROLES, must_name_organisation, specs
from vungxanh.accounts.values import STAFF, counterparts_of, own_units
from vungxanh.accounts.values.acting import ORGANISATION, organisations_of
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can be written to: the reference and the address."""

    ref: str
    email: str


@dataclass(frozen=True, slots=True)
class ActsFor:
    """For whom somebody acts: ids of units, the own ones alone, and of organisations."""

    units: frozenset[str]
    organisations: frozenset[str]


def viewer_of_address(email: str, *, at: datetime) -> Viewer | None:
    """The staff member who signs in with this address, whatever its case, as a viewer; one query.

    For what comes by mail. None where nobody does, or the account is locked or has ended.
    """
    found = _standing(at).filter(email_index__in=EMAIL_INDEX.digests(email)).first()
    return viewer_for(found) if found else None


def viewer_of_ref(ref: str, *, at: datetime) -> Viewer | None:
    """The staff member whom a reference names, with the rights of this moment; one query.

    For jobs, which run later than they were asked for. None where there is no such account, or it
    is locked or has ended.
    """
    kind, _, key = ref.rpartition(":")
    try:
        found = _standing(at).filter(pk=UUID(key)).first() if f"{kind}:" == STAFF else None
    except ValueError:
        return None
    return viewer_for(found) if found else None


def acts_for(viewer: Viewer) -> ActsFor:
    """For whom somebody acts; no query.

    Somebody who holds only roles that act for an organisation, or a device that was given one, does
    not act for the units: those only say where. So an operator's contact is not the province.
    """
    organisations = organisations_of(viewer.scopes)
    held = specs(viewer.roles)
    is_contact = all(spec.acts_for for spec in held) if held else bool(organisations)
    return ActsFor(frozenset() if is_contact else own_units(viewer.units), organisations)


def lacks_organisation(viewer: Viewer) -> bool:
    """Whether somebody must act for an organisation and none is named yet; no query."""
    return must_name_organisation(viewer.roles) and not organisations_of(viewer.scopes)


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


def holding(needs: str, *, at: datetime) -> tuple[Reader, ...]:
    """Staff whose roles have a capability, wherever they work; one query."""
    return tuple(_reader(one) for one in _limited(_standing(at), "", needs))


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
