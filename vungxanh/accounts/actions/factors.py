"""Second factors: shown, added, removed."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import ref_of
from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer


def reset_factors(*, staff: Staff, by: Viewer, at: datetime) -> int:
    """Remove all second factors of an account, recovery codes too; returns how many there were.

    Who may ask for it is decided by the caller. Records accounts.factors_reset.
    """
    with transaction.atomic():
        n_removed: int = Authenticator.objects.filter(user_id=staff.pk).delete()[0]
        detail = {"factors": n_removed}
        record(event="accounts.factors_reset", by=by, at=at, subject=ref_of(staff), detail=detail)
    return n_removed
