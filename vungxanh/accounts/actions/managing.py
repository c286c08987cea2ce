"""Giving and taking rights: what an administrator does with the accounts of the own area."""

import re
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from vungxanh.accounts.actions import managing_refusals as refused
from vungxanh.accounts.actions.organisations import check_organisations
from vungxanh.accounts.actions.room_devices import end_own_browsers
from vungxanh.accounts.actions.sessions import end_sessions
from vungxanh.accounts.actions.telling import LOCKED, UNLOCKED, rights_changed, tell
from vungxanh.accounts.models import Invitation, Staff
from vungxanh.accounts.queries import place_of, reached, ref_of, staff_in_reach
from vungxanh.accounts.rules import Why, capabilities, needs_second_factor, specs
from vungxanh.accounts.values import MANAGE, Preview, Rights, Standing, area_of
from vungxanh.audit.actions import record
from vungxanh.core.viewer import CAPABILITIES, Viewer
from vungxanh.locations.values import UnitId, registry
from vungxanh.refusals import Words

_SCOPE = re.compile(r"(list|team|point|organisation):[A-Za-z0-9-]{1,50}")
_LEVELS = {
    "country": Words(vi="cả nước", en="country"),
    "province": Words(vi="cấp tỉnh", en="province"),
    "district": Words(vi="cấp huyện", en="district"),
    "commune": Words(vi="cấp xã", en="commune"),
}


def change_staff(*, ref: str, rights: Rights, by: Viewer, at: datetime) -> None:
    """Give an account other roles, units, scopes and another end; they hold from its next request.

    Records accounts.staff_changed and tells the account's owner, if anything differs.
    """
    rights = checked(rights=rights, by=by, at=at)
    with transaction.atomic():
        staff = _locked(ref, by)
        if rights == rights_of(staff=staff):
            return
        if "admin" not in rights.roles or rights.ends_at is not None:
            _must_not_be_last(staff, at)
        staff.roles, staff.units = list(rights.roles), list(rights.units)
        staff.scopes, staff.ends_at = list(rights.scopes), rights.ends_at
        staff.save(update_fields=["roles", "units", "scopes", "ends_at"])
        record(
            event="accounts.staff_changed",
            by=by,
            at=at,
            subject=ref_of(staff),
            detail=in_codes(rights),
        )
        tell(staff=staff, notice=rights_changed(staff), by=by, at=at)


def lock_staff(*, ref: str, by: Viewer, at: datetime) -> None:
    """Close an account: its sessions end at once, and invitations that it made are withdrawn.

    Browsers that it enrolled as its own are out too; devices that it gave to others stay.
    Records accounts.staff_locked and tells the account's owner.
    """
    with transaction.atomic():
        staff = _locked(ref, by)
        if not staff.is_active:
            return
        _must_not_be_last(staff, at)
        staff.is_active, staff.closed_at = False, at
        staff.save(update_fields=["is_active", "closed_at"])
        end_sessions(staff=staff, why=Why.CLOSED, by=by, at=at)
        _withdraw_invitations(staff, by, at)
        end_own_browsers(ref=ref_of(staff), by=by, at=at)
        record(event="accounts.staff_locked", by=by, at=at, subject=ref_of(staff))
        tell(staff=staff, notice=LOCKED, by=by, at=at)


def unlock_staff(*, ref: str, by: Viewer, at: datetime) -> None:
    """Open a locked account again; its old sessions stay ended.

    Records accounts.staff_unlocked and tells the account's owner.
    """
    with transaction.atomic():
        staff = _locked(ref, by)
        if staff.is_active:
            return
        staff.is_active, staff.closed_at = True, None
        staff.save(update_fields=["is_active", "closed_at"])
        record(event="accounts.staff_unlocked", by=by, at=at, subject=ref_of(staff))
        tell(staff=staff, notice=UNLOCKED, by=by, at=at)


def checked(*, rights: Rights, by: Viewer, at: datetime) -> Rights:
    """The rights in their plain order, if `by` may give them: within the own area alone."""
    by.require(MANAGE)
    known = specs(rights.roles)
    if not known or len(known) != len(set(rights.roles)):
        raise refused.UnknownRoleError
    _check_units(rights, by)
    _check_levels(rights)
    _check_end(rights, at)
    for scope in rights.scopes:
        if not _SCOPE.fullmatch(scope):
            raise refused.BadScopeError(scope)
    check_organisations(rights, by=by, at=at)
    return replace(
        rights,
        roles=tuple(spec.role for spec in known),
        units=tuple(sorted(set(rights.units))),
        scopes=tuple(sorted(set(rights.scopes))),
    )


def preview(*, ref: str, rights: Rights, by: Viewer, at: datetime) -> Preview:
    """What an account could do with these rights, beside what it may do now; changes nothing."""
    new = capabilities(checked(rights=rights, by=by, at=at).roles)
    old = capabilities(staff_in_reach(ref, viewer=by).roles) if ref else frozenset()
    return Preview(
        gained=_words(new - old),
        lost=_words(old - new),
        kept=_words(new & old),
        needs_factor=needs_second_factor(rights.roles),
    )


def rights_of(*, staff: Staff) -> Rights:
    """What an account holds now."""
    held = tuple(spec.role for spec in specs(staff.roles))
    return Rights(held, tuple(sorted(staff.units)), tuple(sorted(staff.scopes)), staff.ends_at)


def in_codes(rights: Rights) -> dict[str, str | int | None]:
    """Rights as the log writes them."""
    return {
        "roles": ",".join(rights.roles),
        "units": ",".join(rights.units),
        "scopes": ",".join(rights.scopes),
        "ends": rights.ends_at.isoformat() if rights.ends_at else None,
    }


def _words(held: frozenset[str]) -> tuple[Words, ...]:
    return tuple(CAPABILITIES[one] for one in sorted(held))


def _locked(ref: str, by: Viewer) -> Staff:
    """Somebody else's account in the own area, held against others who change it."""
    if ref == by.id and by.may(MANAGE):
        raise refused.OwnAccountError
    found = staff_in_reach(ref, viewer=by)
    held = Staff.objects.select_for_update().get(pk=found.pk)
    return reached(held, viewer=by)


def _must_not_be_last(staff: Staff, at: datetime) -> None:
    """Refuse where no other administrator could open accounts; all of them are held meanwhile."""
    if "admin" not in staff.roles:
        return
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    held = Staff.objects.select_for_update().filter(lasting, roles__contains=["admin"])
    others = [one for one in held.order_by("id") if one.pk != staff.pk and one.is_active]
    if staff.is_active and not others:
        raise refused.LastAdministratorError


def _withdraw_invitations(staff: Staff, by: Viewer, at: datetime) -> None:
    mine = Invitation.objects.filter(made_by=ref_of(staff), used_at=None, withdrawn_at=None)
    for invitation_id in list(mine.values_list("id", flat=True)):
        mine.filter(id=invitation_id).update(withdrawn_at=at)
        subject = f"invitation:{invitation_id}"
        record(event="accounts.invitation_withdrawn", by=by, at=at, subject=subject)


def _check_units(rights: Rights, by: Viewer) -> None:
    if not rights.units:
        raise refused.UnitOutsideError
    area = area_of(by.units)
    for unit in rights.units:
        place = place_of(unit)
        if not place.path or area.standing(place.id, place.path) is not Standing.WHOLE:
            raise refused.UnitOutsideError(unit)


def _check_levels(rights: Rights) -> None:
    """Each role holds for units of its own level only, so that none reaches further than meant."""
    levels = {str(registry().unit(UnitId(unit)).level) for unit in rights.units}
    for spec in specs(rights.roles):
        if spec.level != "any" and levels != {spec.level}:
            raise refused.RoleLevelError(spec.words, _LEVELS[spec.level])


def _check_end(rights: Rights, at: datetime) -> None:
    is_missing = rights.ends_at is None and any(spec.ends for spec in specs(rights.roles))
    if is_missing or (rights.ends_at is not None and rights.ends_at <= at):
        raise refused.EndNeededError
