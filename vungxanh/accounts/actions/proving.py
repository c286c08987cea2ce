"""Proving who one is: the second step of sign-in, a passkey alone, and again before a change."""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from vungxanh.accounts.actions.attempts import Attempt, count, forgive, record_refusal
from vungxanh.accounts.actions.refusals import OwnPasswordError, WrongCodeError
from vungxanh.accounts.actions.signing_in import may_enter
from vungxanh.accounts.actions.telling import PASSKEY_COPIED, tell
from vungxanh.accounts.gateways import codes, passkeys
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import ref_of, viewer_for
from vungxanh.audit.actions import record
from vungxanh.core.viewer import PUBLIC

PASSKEY = "passkey"


def sign_in_with_code(*, staff: Staff, code: str, address: str, at: datetime) -> str:
    """Finish a sign-in by the code of an app or a recovery code; returns which.

    Records accounts.signed_in or accounts.factor_refused; wrong codes count like wrong passwords.
    """
    attempt = Attempt(staff.email, address, at)
    return _prove(staff, attempt, show=lambda: codes.take(staff, code, at), event=_ENTERED)


def sign_in_with_passkey(*, staff: Staff, answer: str, address: str, at: datetime) -> str:
    """Finish a sign-in by a passkey; records what `sign_in_with_code` does.

    A passkey whose counter went back is refused; that records accounts.passkey_copied and tells
    the account's owner. So it is wherever a passkey is shown.
    """
    attempt = Attempt(staff.email, address, at)
    return _prove(staff, attempt, show=lambda: _shown(staff, answer, at), event=_ENTERED)


def sign_in_by_passkey_alone(*, answer: str, address: str, at: datetime) -> Staff:
    """The staff member whose passkey a device has shown, without a password.

    Failures count for the address alone: an answer names whose account it likes, and must not
    lock out its owner. Records accounts.signed_in or accounts.factor_refused.
    """
    attempt = Attempt(None, address, at)
    try:
        staff = passkeys.owner_of(answer)
    except passkeys.NotShownError as damaged:
        count(attempt)
        record_refusal("accounts.factor_refused", None, attempt)
        raise WrongCodeError from damaged
    _prove(staff, attempt, show=lambda: _shown(staff, answer, at), event=_ENTERED)
    return staff


def confirm_with_code(*, staff: Staff, code: str, address: str, at: datetime) -> str:
    """Prove again who is signed in, by a code; records accounts.confirmed or factor_refused."""
    attempt = Attempt(staff.email, address, at)
    return _prove(staff, attempt, show=lambda: codes.take(staff, code, at), event=_CONFIRMED)


def confirm_with_passkey(*, staff: Staff, answer: str, address: str, at: datetime) -> str:
    """Prove again who is signed in, by a passkey; records what `confirm_with_code` does."""
    attempt = Attempt(staff.email, address, at)
    return _prove(staff, attempt, show=lambda: _shown(staff, answer, at), event=_CONFIRMED)


def confirm_with_password(*, staff: Staff, password: str, address: str, at: datetime) -> None:
    """Prove again who is signed in, where there is no second factor yet.

    Records accounts.confirmed or accounts.password_refused.
    """
    attempt = Attempt(staff.email, address, at)
    count(attempt)
    if not staff.check_password(password):
        record_refusal("accounts.password_refused", staff, attempt)
        raise OwnPasswordError
    with transaction.atomic():
        forgive(attempt)
        _record(_CONFIRMED, staff, factor="password", at=at)


_ENTERED = ("accounts.signed_in", "factor")
_CONFIRMED = ("accounts.confirmed", "with")


def _prove(
    staff: Staff, attempt: Attempt, *, show: Callable[[], str | None], event: tuple[str, str]
) -> str:
    """Count the attempt, look at what was shown, and record how it went, all in one transaction."""
    count(attempt)
    with transaction.atomic():
        factor = show() if may_enter(staff, attempt.at) else None
        if factor is not None:
            forgive(attempt)
            _record(event, staff, factor=factor, at=attempt.at)
            return factor
    record_refusal("accounts.factor_refused", staff, attempt)
    raise WrongCodeError


def _shown(staff: Staff, answer: str, at: datetime) -> str | None:
    try:
        passkey = passkeys.shown(staff, answer)
    except passkeys.CopiedError as copied:
        _note_copied(staff, copied, at)
        return None
    except passkeys.NotShownError:
        return None
    Authenticator.objects.filter(pk=passkey.pk).update(last_used_at=at)
    return PASSKEY


def _note_copied(staff: Staff, copied: passkeys.CopiedError, at: datetime) -> None:
    """Keep what was seen, although the sign-in is refused: the transaction goes on."""
    detail = {"known": copied.known, "shown": copied.said}
    event, subject = "accounts.passkey_copied", ref_of(staff)
    record(event=event, by=PUBLIC, at=at, subject=subject, detail=detail)
    tell(staff=staff, notice=PASSKEY_COPIED, by=PUBLIC, at=at)


def _record(event: tuple[str, str], staff: Staff, *, factor: str, at: datetime) -> None:
    name, word = event
    detail = {word: factor}
    record(event=name, by=viewer_for(staff), at=at, subject=ref_of(staff), detail=detail)
