"""Signing in and out, and passwords."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vungxanh.accounts import rules
from vungxanh.accounts.actions.refusals import TooManyFailuresError, WrongPasswordError
from vungxanh.accounts.actions.staff import refuse_weak
from vungxanh.accounts.models import FailedSignIns, Staff
from vungxanh.accounts.queries import ref_of, viewer_for
from vungxanh.audit.actions import record
from vungxanh.core.privacy import A_DAY
from vungxanh.core.viewer import PUBLIC, Viewer


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a password: for which account, from which address, when."""

    email: str
    address: str
    at: datetime


def sign_in(*, email: str, password: str, address: str, at: datetime) -> Staff:
    """The staff member with this e-mail address and password.

    Records accounts.signed_in or accounts.sign_in_refused. An attempt is counted before the
    password is looked at, so that many at once cannot outrun the count.
    """
    attempt = Attempt(email, address, at)
    _count(attempt)
    staff = _staff_with(email)
    if not _is_right(staff, password) or staff is None:
        _record_refusal("accounts.sign_in_refused", staff, attempt)
        raise WrongPasswordError
    with transaction.atomic():
        _forgive(attempt)
        record(event="accounts.signed_in", by=viewer_for(staff), at=at, subject=ref_of(staff))
    return staff


def sign_out(*, by: Viewer, at: datetime) -> None:
    """Record accounts.signed_out; the view ends the session."""
    with transaction.atomic():
        record(event="accounts.signed_out", by=by, at=at, subject=by.id)


def change_password(*, staff: Staff, old: str, new: str, address: str, at: datetime) -> None:
    """Give the account a new password, which ends its other sessions; wrong old ones count."""
    attempt = Attempt(staff.email, address, at)
    _count(attempt)
    if not check_password(old, staff.password):
        _record_refusal("accounts.password_refused", staff, attempt)
        raise WrongPasswordError
    refuse_weak(new, staff)
    with transaction.atomic():
        _forgive(attempt)
        staff.password = make_password(new)
        staff.save(update_fields=["password"])
        record(
            event="accounts.password_changed", by=viewer_for(staff), at=at, subject=ref_of(staff)
        )


def forget_failures(*, at: datetime) -> int:
    """Delete counts of failed sign-ins past their retention; returns how many."""
    return FailedSignIns.objects.filter(last_at__lt=at - A_DAY.period).delete()[0]


def _staff_with(email: str) -> Staff | None:
    try:
        return Staff.objects.get_by_natural_key(email)
    except Staff.DoesNotExist:
        return None


def _is_right(staff: Staff | None, password: str) -> bool:
    """Whether the password fits; as much work for an unknown account as for a known one."""
    if staff is None:
        make_password(password)
        return False
    return check_password(password, staff.password) and staff.is_active


def _record_refusal(event: str, staff: Staff | None, attempt: Attempt) -> None:
    subject = ref_of(staff) if staff else "unknown"
    with transaction.atomic():
        detail = {"from": FailedSignIns.key_of_address(attempt.address).hex()[:16]}
        record(event=event, by=PUBLIC, at=attempt.at, subject=subject, detail=detail)


def _count(attempt: Attempt) -> None:
    """Count the attempt as failed until it has succeeded; refuse while a wait runs."""
    with transaction.atomic():
        _count_one(
            FailedSignIns.key_of_account(attempt.email), rules.FREE_FAILURES_OF_ACCOUNT, attempt.at
        )
        _count_one(
            FailedSignIns.key_of_address(attempt.address),
            rules.FREE_FAILURES_OF_ADDRESS,
            attempt.at,
        )


def _count_one(key: bytes, n_free: int, at: datetime) -> None:
    fresh = {"n_failures": 0, "last_at": at, "blocked_until": at}
    row, _ = FailedSignIns.objects.select_for_update().get_or_create(key=key, defaults=fresh)
    if row.blocked_until > at:
        raise TooManyFailuresError(row.blocked_until - at)
    is_old = at - row.last_at > rules.FORGOTTEN_AFTER
    row.n_failures = 1 if is_old else row.n_failures + 1
    row.last_at = at
    row.blocked_until = at + rules.wait_after(row.n_failures, n_free)
    row.save()


def _forgive(attempt: Attempt) -> None:
    """A success clears the account's count and takes only itself from the address's.

    Otherwise one known password would open the way to guessing all others from the same address.
    """
    FailedSignIns.objects.filter(key=FailedSignIns.key_of_account(attempt.email)).delete()
    address = (
        FailedSignIns.objects.select_for_update()
        .filter(key=FailedSignIns.key_of_address(attempt.address))
        .first()
    )
    if address is not None:
        address.n_failures = max(0, address.n_failures - 1)
        address.blocked_until = attempt.at
        address.save()
