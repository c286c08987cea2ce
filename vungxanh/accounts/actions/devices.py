"""Enrolling devices and machines, renewing them, and taking their access away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vungxanh.accounts.actions.device_refusals import (
    DeviceUnknownError,
    RefusedDeviceError,
    ScopeNotForKindError,
    ScopeTooWideError,
    WrongCodeError,
    refusal_of,
)
from vungxanh.accounts.actions.organisations import organisation_for
from vungxanh.accounts.models.devices import (
    DEVICE_KEPT,
    LINKS,
    TOKENS,
    EnrolledDevice,
    ref_of_device,
)
from vungxanh.accounts.queries.authorising import authorised
from vungxanh.accounts.queries.devices import (
    device_with,
    devices_within,
    managed,
    managed_unit,
    viewer_of_device,
)
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.rules.devices import Ending, Kind
from vungxanh.accounts.values.devices import Granted, Link, NewDevice
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer


def invite_device(*, new: NewDevice, by: Viewer, at: datetime) -> Link:
    """Make a device and a link by which it enrols once, within ten minutes.

    Records accounts.device_invited.
    """
    _refuse_unfit(new.kind, new.scope, by)
    row = _unsaved(new, by, at)
    with transaction.atomic():
        link = linked(row, at)
        row.save(force_insert=True)
        note("accounts.device_invited", row, by=by, at=at)
    return link


def make_key(*, new: NewDevice, by: Viewer, at: datetime) -> Granted:
    """Make an API key and tell it once. Records accounts.key_made."""
    _refuse_unfit(new.kind, new.scope, by)
    row = _unsaved(new, by, at)
    with transaction.atomic():
        granted = granted_to(row, at)
        row.save(force_insert=True)
        note("accounts.key_made", row, by=by, at=at)
    return granted


def renew_device(*, device_id: UUID, by: Viewer, at: datetime) -> Link | Granted:
    """Give a device a new link, or a machine a new key; an ended one may come in again by it.

    What a living device holds goes on until the link is used; a new key ends the old one at once.
    Records accounts.device_invited or accounts.key_made.
    """
    with transaction.atomic():
        row = _locked(device_id, by)
        _refuse_unfit(Kind(row.kind), row.scope, by)
        row.invited_by, row.invited_at = by.id, at
        is_key = row.kind == Kind.API_KEY
        told = granted_to(row, at) if is_key else linked(row, at)
        row.save()
        note("accounts.key_made" if is_key else "accounts.device_invited", row, by=by, at=at)
    return told


def enrol_device(*, code: str, at: datetime) -> Granted:
    """The token of the device that holds this code; the code is used up.

    Records accounts.device_enrolled, by the device itself.
    """
    with transaction.atomic():
        row = _with_code(rules.plain_code(code))
        if row is None or row.link_until is None or at >= row.link_until:
            raise WrongCodeError
        granted = granted_to(row, at)
        row.save()
        note("accounts.device_enrolled", row, by=viewer_of_device(row), at=at)
    return granted


def change_token(*, by: Viewer, at: datetime) -> Granted:
    """Give a device that asks a new token; the old one ends when the new one is first used.

    So an answer that is lost on the way locks nobody out. Records accounts.device_token_changed.
    """
    with transaction.atomic():
        row = EnrolledDevice.objects.select_for_update().filter(pk=_own_id(by), ending="").first()
        if row is None:
            raise MissingError
        token = rules.written_token(row.pk, rules.new_secret())
        row.next_digest, row.last_contact_at = TOKENS.digest(token), at
        row.save(update_fields=["next_digest", "last_contact_at"])
        note("accounts.device_token_changed", row, by=by, at=at)
    return Granted(row.pk, token, at + rules.LAPSES_AFTER)


def revoke_device(*, device_id: UUID, by: Viewer, at: datetime) -> None:
    """End a device's access from its next request on. Records accounts.device_revoked."""
    with transaction.atomic():
        end_access(_locked(device_id, by), Ending.REVOKED, by=by, at=at)


def revoke_devices_of(*, unit: str, by: Viewer, at: datetime) -> int:
    """End the access of every device of a unit and of those below; returns of how many.

    Records accounts.device_revoked for each.
    """
    place = managed_unit(unit, by)
    with transaction.atomic():
        rows = devices_within(place).exclude(ending=Ending.REVOKED).select_for_update(of=("self",))
        found = list(rows)
        for row in found:
            end_access(row, Ending.REVOKED, by=by, at=at)
    return len(found)


def leave(*, by: Viewer, at: datetime) -> None:
    """A device gives itself up. Records accounts.device_revoked, by the device itself."""
    with transaction.atomic():
        row = EnrolledDevice.objects.select_for_update().filter(pk=_own_id(by)).first()
        if row is None:
            raise MissingError
        end_access(row, Ending.REVOKED, by=by, at=at)


def refuse_device(*, token: str, at: datetime) -> RefusedDeviceError:
    """Why a token does not come in.

    Records accounts.device_refused for a device that was enrolled once, at most once an hour; the
    tries of strangers are not written down.
    """
    row = device_with(token)
    if row is None:
        return DeviceUnknownError()
    if row.refused_at is None or at - row.refused_at >= rules.REFUSAL_STEP:
        with transaction.atomic():
            EnrolledDevice.objects.filter(pk=row.pk).update(refused_at=at)
            note("accounts.device_refused", row, by=viewer_of_device(row), at=at)
    return refusal_of(row.ending)


def lapse_devices(*, at: datetime) -> int:
    """Note which devices have lapsed, which ended by itself 72 hours after their last contact.

    Returns how many. Records accounts.device_lapsed for each.
    """
    silent = EnrolledDevice.objects.filter(
        ending="", last_contact_at__lte=at - rules.LAPSES_AFTER
    ).order_by("pk")
    with transaction.atomic():
        found = list(silent.select_for_update(skip_locked=True))
        for row in found:
            end_access(row, Ending.LAPSED, by=SYSTEM, at=at)
    return len(found)


def forget_devices(*, at: datetime) -> int:
    """Delete devices whose end, or whose unused link, is past its retention; returns how many."""
    since = at - DEVICE_KEPT.period
    unused = Q(ending="", enrolled_at__isnull=True, link_until__lt=since)
    return EnrolledDevice.objects.filter(Q(ended_at__lt=since) | unused).delete()[0]


def _unsaved(new: NewDevice, by: Viewer, at: datetime) -> EnrolledDevice:
    named = organisation_for(new.organisation, by=by, at=at)
    return EnrolledDevice(
        name=new.name.strip(),
        kind=new.kind,
        scope=new.scope,
        unit_id=managed_unit(new.unit, by).id,
        organisation_id=UUID(named) if named else None,
        invited_by=by.id,
        invited_at=at,
    )


def _refuse_unfit(kind: Kind, scope: str, by: Viewer) -> None:
    by.require(rules.MANAGES)
    if not rules.may_give(by.capabilities, scope):
        raise ScopeTooWideError
    if kind not in rules.SCOPES[scope].kinds:
        raise ScopeNotForKindError


def _locked(device_id: UUID, by: Viewer) -> EnrolledDevice:
    """A device that the viewer may act on, locked until the transaction ends."""
    rows = EnrolledDevice.objects.select_related("unit").select_for_update(of=("self",))
    found = rows.filter(pk=device_id).first()
    return authorised(
        found,
        viewer=managed(by),
        needs=rules.MANAGES,
        unit=lambda row: row.unit,
        acting=True,
    )


def _with_code(code: str) -> EnrolledDevice | None:
    if not code:
        return None
    rows = EnrolledDevice.objects.select_for_update()
    return rows.filter(link_digest__in=LINKS.digests(code)).first()


def linked(row: EnrolledDevice, at: datetime) -> Link:
    code, until = rules.new_code(), at + rules.LINK_LIVES
    row.link_digest, row.link_until = LINKS.digest(code), until
    return Link(row.pk, code, until)


def granted_to(row: EnrolledDevice, at: datetime) -> Granted:
    """A fresh token; link, older tokens and an earlier end are gone."""
    token = rules.written_token(row.pk, rules.new_secret())
    row.token_digest, row.next_digest = TOKENS.digest(token), None
    row.link_digest = row.link_until = None
    row.enrolled_at = row.last_contact_at = at
    row.ending, row.ended_at, row.ended_by, row.refused_at = "", None, "", None
    return Granted(row.pk, token, at + rules.LAPSES_AFTER)


def end_access(row: EnrolledDevice, ending: Ending, *, by: Viewer, at: datetime) -> None:
    if row.ending == Ending.REVOKED:
        return
    if ending is Ending.REVOKED:
        row.link_digest = row.link_until = None
    row.ending, row.ended_at, row.ended_by = ending, at, by.id
    row.save(update_fields=["link_digest", "link_until", "ending", "ended_at", "ended_by"])
    note(f"accounts.device_{ending}", row, by=by, at=at)


def note(event: str, row: EnrolledDevice, *, by: Viewer, at: datetime) -> None:
    detail = {"kind": row.kind, "scope": row.scope, "unit": row.unit_id}
    if row.organisation_id:
        detail["organisation"] = str(row.organisation_id)
    record(event=event, by=by, at=at, subject=ref_of_device(row.pk), detail=detail)


def _own_id(by: Viewer) -> UUID:
    """The device that the viewer is; whoever is none finds nothing."""
    if not by.id.startswith(rules.DEVICE):
        raise MissingError
    return UUID(by.id.removeprefix(rules.DEVICE))
