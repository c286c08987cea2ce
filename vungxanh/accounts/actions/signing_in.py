"""Signing in and out, and passwords."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vungxanh.accounts.actions.attempts import (
    Attempt,
    count,
    forgive,
    record_refusal,
    take_back,
)
from vungxanh.accounts.actions.refusals import OwnPasswordError, WrongPasswordError
from vungxanh.accounts.actions.staff import refuse_weak
from vungxanh.accounts.actions.telling import PASSWORD_CHANGED, tell
from vungxanh.accounts.models import FailedSignIns, Staff
from vungxanh.accounts.queries import factors_of, ref_of, viewer_for
from vungxanh.audit.actions import record
from vungxanh.core.privacy import A_DAY
from vungxanh.core.viewer import Viewer


def sign_in(*, email: str, password: str, address: str, at: datetime) -> Staff:
    """The staff member with this e-mail address and password.

    Records accounts.signed_in or accounts.sign_in_refused; where a second step follows, that step
    records the sign-in. An attempt is counted before the password is looked at, so that many at
    once cannot outrun the count. A hash of an older kind is renewed.
    """
    attempt = Attempt(email, address, at)
    count(attempt)
    staff = _staff_with(email)
    if not _is_right(staff, password, at) or staff is None:
        record_refusal("accounts.sign_in_refused", staff, attempt)
        raise WrongPasswordError
    with transaction.atomic():
        if factors_of(staff).is_any:
            take_back(attempt)
            return staff
        forgive(attempt)
        record(event="accounts.signed_in", by=viewer_for(staff), at=at, subject=ref_of(staff))
    return staff


def sign_out(*, by: Viewer, at: datetime) -> None:
    """Record accounts.signed_out; the view ends the session."""
    with transaction.atomic():
        record(event="accounts.signed_out", by=by, at=at, subject=by.id)


def change_password(*, staff: Staff, old: str, new: str, address: str, at: datetime) -> None:
    """Give the account a new password, which ends its other sessions; wrong old ones count.

    Records accounts.password_changed or accounts.password_refused and tells its owner.
    """
    attempt = Attempt(staff.email, address, at)
    count(attempt)
    if not check_password(old, staff.password):
        record_refusal("accounts.password_refused", staff, attempt)
        raise OwnPasswordError
    refuse_weak(new, staff)
    with transaction.atomic():
        forgive(attempt)
        staff.password = make_password(new)
        staff.save(update_fields=["password"])
        by = viewer_for(staff)
        record(event="accounts.password_changed", by=by, at=at, subject=ref_of(staff))
        tell(staff=staff, notice=PASSWORD_CHANGED, by=by, at=at)


def forget_failures(*, at: datetime) -> int:
    """Delete counts of failed sign-ins past their retention; returns how many."""
    return FailedSignIns.objects.filter(last_at__lt=at - A_DAY.period).delete()[0]


def may_enter(staff: Staff, at: datetime) -> bool:
    """Whether the account is in use: neither locked nor past its end."""
    return staff.is_active and (staff.ends_at is None or at < staff.ends_at)


def _staff_with(email: str) -> Staff | None:
    try:
        return Staff.objects.get_by_natural_key(email)
    except Staff.DoesNotExist:
        return None


def _is_right(staff: Staff | None, password: str, at: datetime) -> bool:
    """Whether the password fits; as much work for an unknown account as for a known one."""
    if staff is None:
        make_password(password)
        return False
    return staff.check_password(password) and may_enter(staff, at)
