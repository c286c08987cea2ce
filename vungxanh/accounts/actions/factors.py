"""Second factors of an account: added, named, removed."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from vungxanh.accounts.actions.refusals import (
    AppAlreadyThereError,
    DemoFactorError,
    NoFactorError,
    PasskeyNotMadeError,
    TooManyPasskeysError,
    WrongCodeError,
)
from vungxanh.accounts.actions.telling import Notice, factor_added, factor_removed, tell
from vungxanh.accounts.gateways import codes, passkeys
from vungxanh.accounts.models import Staff
from vungxanh.accounts.models.factors import sealed
from vungxanh.accounts.queries import factors_of, ref_of, viewer_for
from vungxanh.accounts.queries.factors import KINDS
from vungxanh.accounts.rules import MOST_PASSKEYS
from vungxanh.accounts.values import Factors
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer


def add_app(*, staff: Staff, secret: str, code: str, at: datetime) -> None:
    """Enrol an authenticator app that has shown a code of this secret; the code is used up.

    Records accounts.factor_added and tells the account's owner.
    """
    with transaction.atomic():
        held = _locked(staff)
        if held.totp:
            raise AppAlreadyThereError
        step = codes.step_of(secret, code, at)
        if step is None:
            raise WrongCodeError
        codes.add_app(staff, secret, step)
        _record("accounts.factor_added", staff, at, kind="totp")
        _tell(staff, factor_added("totp"), at)


def add_passkey(*, staff: Staff, name: str, answer: str, at: datetime) -> None:
    """Enrol the passkey that a device has made.

    Records accounts.factor_added and tells the account's owner.
    """
    with transaction.atomic():
        held = _locked(staff)
        if held.n_passkeys >= MOST_PASSKEYS:
            raise TooManyPasskeysError(MOST_PASSKEYS)
        try:
            passkeys.add(staff, name, answer)
        except passkeys.NotShownError as refused:
            raise PasskeyNotMadeError from refused
        _record("accounts.factor_added", staff, at, kind="passkey")
        _tell(staff, factor_added("passkey"), at)


def rename_passkey(*, staff: Staff, factor_id: int, name: str, at: datetime) -> None:
    """Give one of the account's passkeys another name; records accounts.factor_renamed."""
    with transaction.atomic():
        passkey = _own(staff, factor_id)
        if passkey.type != Authenticator.Type.WEBAUTHN:
            raise MissingError
        passkey.data["name"] = sealed(name)
        passkey.save(update_fields=["data"])
        _record("accounts.factor_renamed", staff, at)


def remove_factor(*, staff: Staff, factor_id: int, at: datetime) -> int:
    """Remove an app or a passkey, and the recovery codes with the last one.

    Returns how many remain. Records accounts.factor_removed and tells the account's owner.
    """
    with transaction.atomic():
        _locked(staff)
        factor = _own(staff, factor_id)
        kind = KINDS[factor.type]
        factor.delete()
        left = _own_factors(staff).count()
        if not left:
            Authenticator.objects.filter(user_id=staff.pk).delete()
        _record("accounts.factor_removed", staff, at, kind=kind, left=left)
        _tell(staff, factor_removed(kind), at)
    return left


def make_recovery_codes(*, staff: Staff, at: datetime) -> list[str]:
    """New recovery codes, to be shown this once; older ones end.

    Records accounts.recovery_codes_made.
    """
    with transaction.atomic():
        if not _locked(staff).is_any:
            raise NoFactorError
        made = codes.new_recovery_codes(staff)
        _record("accounts.recovery_codes_made", staff, at, codes=len(made))
    return made


def reset_factors(*, staff: Staff, by: Viewer, at: datetime) -> int:
    """Remove all second factors of an account, recovery codes too; returns how many there were.

    Who may ask for it is decided by the caller. Records accounts.factors_reset.
    """
    with transaction.atomic():
        n_removed: int = Authenticator.objects.filter(user_id=staff.pk).delete()[0]
        detail = {"factors": n_removed}
        record(event="accounts.factors_reset", by=by, at=at, subject=ref_of(staff), detail=detail)
    return n_removed


def _locked(staff: Staff) -> Factors:
    """The account's factors, which stay as they are until the transaction ends."""
    if staff.is_demo:
        raise DemoFactorError
    Staff.objects.select_for_update().get(pk=staff.pk)
    return factors_of(staff)


def _own(staff: Staff, factor_id: int) -> Authenticator:
    found = _own_factors(staff).filter(pk=factor_id).first()
    if found is None:
        raise MissingError
    return found


def _own_factors(staff: Staff) -> QuerySet[Authenticator]:
    own: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=staff.pk, type__in=KINDS)
    return own


def _tell(staff: Staff, notice: Notice, at: datetime) -> None:
    tell(staff=staff, notice=notice, by=viewer_for(staff), at=at)


def _record(event: str, staff: Staff, at: datetime, **detail: str | int) -> None:
    record(event=event, by=viewer_for(staff), at=at, subject=ref_of(staff), detail=detail)
