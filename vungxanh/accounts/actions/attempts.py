"""Counting attempts to prove who one is: passwords, codes and passkeys alike."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vungxanh.accounts import rules
from vungxanh.accounts.actions.refusals import TooManyFailuresError
from vungxanh.accounts.actions.telling import tell_locked_out
from vungxanh.accounts.models import FailedSignIns, Staff
from vungxanh.accounts.queries import ref_of
from vungxanh.audit.actions import record
from vungxanh.core.viewer import PUBLIC


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: at which account (None where a passkey will say), from which address, when."""

    email: str | None
    address: str
    at: datetime


def count(attempt: Attempt) -> None:
    """Count the attempt as failed until it has succeeded; refuse while a wait runs."""
    with transaction.atomic():
        if attempt.email is not None:
            key = FailedSignIns.key_of_account(attempt.email)
            _count_one(key, rules.FREE_FAILURES_OF_ACCOUNT, attempt.at)
        key = FailedSignIns.key_of_address(attempt.address)
        _count_one(key, rules.FREE_FAILURES_OF_ADDRESS, attempt.at)


def forgive(attempt: Attempt) -> None:
    """A success clears the account's count and takes only itself from the address's.

    Otherwise one known password would open the way to guessing all others from the same address.
    """
    if attempt.email is not None:
        FailedSignIns.objects.filter(key=FailedSignIns.key_of_account(attempt.email)).delete()
    _take_one(FailedSignIns.key_of_address(attempt.address), attempt.at)


def take_back(attempt: Attempt) -> None:
    """A right password before the second step takes only itself from both counts.

    Otherwise who knows the password could clear the count and guess codes for ever.
    """
    if attempt.email is not None:
        _take_one(FailedSignIns.key_of_account(attempt.email), attempt.at)
    _take_one(FailedSignIns.key_of_address(attempt.address), attempt.at)


def record_refusal(event: str, staff: Staff | None, attempt: Attempt) -> None:
    """Record that an attempt failed, with the keyed digest of where it came from.

    Its owner is told when the account waits from now on.
    """
    subject = ref_of(staff) if staff else "unknown"
    with transaction.atomic():
        if staff is not None and staff.is_active and _waits(attempt):
            tell_locked_out(staff=staff, by=PUBLIC, at=attempt.at)
        detail = {"from": FailedSignIns.key_of_address(attempt.address).hex()[:16]}
        record(event=event, by=PUBLIC, at=attempt.at, subject=subject, detail=detail)


def _waits(attempt: Attempt) -> bool:
    """Whether the account has to wait, held against others who find the same at once."""
    if attempt.email is None:
        return False
    key = FailedSignIns.key_of_account(attempt.email)
    row = FailedSignIns.objects.select_for_update().filter(key=key).first()
    return row is not None and row.blocked_until > attempt.at


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


def _take_one(key: bytes, at: datetime) -> None:
    row = FailedSignIns.objects.select_for_update().filter(key=key).first()
    if row is not None:
        row.n_failures = max(0, row.n_failures - 1)
        row.blocked_until = at
        row.save()
