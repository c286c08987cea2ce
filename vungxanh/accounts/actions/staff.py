"""Making accounts."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from vungxanh.accounts.actions.refusals import DemoOnlyError, EmailTakenError, WeakPasswordError
from vungxanh.accounts.models import EMAIL_INDEX, Staff
from vungxanh.accounts.queries import ref_of
from vungxanh.accounts.values import DEMO_ACCOUNTS, NewAccount
from vungxanh.audit.actions import record
from vungxanh.core.index_places import alone_with
from vungxanh.core.viewer import Viewer


def add_staff(*, account: NewAccount, password: str, by: Viewer, at: datetime) -> Staff:
    """Make one account; records accounts.staff_added."""
    staff = _unsaved(account)
    refuse_weak(password, staff)
    staff.password = make_password(password)
    try:
        with transaction.atomic():
            refuse_taken(account.email)
            staff.save(force_insert=True)
            record(event="accounts.staff_added", by=by, at=at, subject=ref_of(staff))
    except IntegrityError as clash:
        raise EmailTakenError from clash
    return staff


def load_demo_staff(*, password: str, by: Viewer, at: datetime) -> int:
    """Make the demo accounts, all with one password; a second run changes only the password.

    Returns how many accounts were made. Records accounts.demo_loaded when anything changed.
    """
    if not settings.DEMO:
        raise DemoOnlyError
    known = {row.email: row for row in Staff.objects.filter(is_demo=True)}
    wanted = [_unsaved(account, is_demo=True) for account in DEMO_ACCOUNTS]
    missing = [staff for staff in wanted if staff.email not in known]
    hashes = {row.password for row in known.values()}
    if not missing and all(check_password(password, one) for one in hashes):
        return 0
    encoded = make_password(password)
    with transaction.atomic():
        Staff.objects.filter(is_demo=True).update(password=encoded)
        for staff in missing:
            staff.password = encoded
        Staff.objects.bulk_create(missing)
        detail = {"accounts": len(missing)}
        record(event="accounts.demo_loaded", by=by, at=at, subject="accounts", detail=detail)
    return len(missing)


def _unsaved(account: NewAccount, *, is_demo: bool = False) -> Staff:
    return Staff(
        email=account.email,
        email_index=EMAIL_INDEX.digest(account.email),
        name=account.name,
        roles=[account.role],
        units=[one for one in (account.unit, *account.also) if one],
        scopes=list(account.scopes),
        ends_at=account.ends_at,
        is_demo=is_demo,
    )


def refuse_taken(email: str) -> None:
    """Refuse an address that has an account, under whichever index key; in a transaction."""
    digests = EMAIL_INDEX.digests(email)
    alone_with(digests)
    if Staff.objects.filter(email_index__in=digests).exists():
        raise EmailTakenError


def refuse_weak(password: str, staff: Staff) -> None:
    """Refuse a password that is easy to guess."""
    try:
        validate_password(password, staff)
    except ValidationError as weak:
        raise WeakPasswordError from weak
