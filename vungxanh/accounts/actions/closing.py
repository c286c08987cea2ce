"""Particulars of staff whose account was closed long ago go; the account stays as a reference."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from vungxanh.accounts.models import EMAIL_INDEX, Staff
from vungxanh.accounts.models.staff import EMPTIED
from vungxanh.accounts.queries.overdue import closed_long_ago

# What the log says of their acts still leads to an account, and no longer to a name.
GONE = "(đã xóa)"


def forget_particulars(*, at: datetime) -> int:
    """Take name, address, password and second steps from accounts past their time; how many."""
    with transaction.atomic():
        past = list(closed_long_ago(at).select_for_update())
        Authenticator.objects.filter(user__in=past).delete()
        for staff in past:
            _empty(staff)
    return len(past)


def _empty(staff: Staff) -> None:
    """The address becomes one that cannot be (RFC 2606), since no two accounts may share one."""
    staff.email = f"{staff.pk}@closed.invalid"
    staff.email_index = EMAIL_INDEX.digest(staff.email)
    staff.name, staff.password, staff.last_login = GONE, EMPTIED, None
    staff.save(update_fields=["email", "email_index", "name", "password", "last_login"])
