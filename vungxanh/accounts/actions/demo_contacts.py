"""For which invented organisations accounts of the demo act."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vungxanh.accounts.actions.managing import in_codes, rights_of
from vungxanh.accounts.actions.refusals import DemoOnlyError
from vungxanh.accounts.models import EMAIL_INDEX, Staff
from vungxanh.accounts.queries import ref_of
from vungxanh.accounts.values import DEMO_ACCOUNTS, NewAccount
from vungxanh.accounts.values.acting import ORGANISATION, organisations_of
from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.locations.queries import organisations


def appoint_demo_contacts(*, by: Viewer, at: datetime) -> int:
    """Let demo accounts act for the invented organisations that bear the names said for them.

    For when accounts and organisations are loaded, in whichever order; a second run, and an
    organisation that is not there, change nothing. Returns how many accounts were changed. Records
    accounts.staff_changed for each.
    """
    if not settings.DEMO:
        raise DemoOnlyError
    wanted = [one for one in DEMO_ACCOUNTS if one.organisation]
    return sum(_appoint(one, by, at) for one in wanted)


def _appoint(account: NewAccount, by: Viewer, at: datetime) -> bool:
    found = organisations.by_name(account.organisation)
    meant = [one for one in found if one.name == account.organisation and one.is_invented]
    with transaction.atomic():
        rows = Staff.objects.select_for_update().filter(is_demo=True)
        staff = rows.filter(email_index__in=EMAIL_INDEX.digests(account.email)).first()
        if staff is None or not meant or organisations_of(staff.scopes):
            return False
        staff.scopes = [*staff.scopes, f"{ORGANISATION}{meant[0].id}"]
        staff.save(update_fields=["scopes"])
        record(
            event="accounts.staff_changed",
            by=by,
            at=at,
            subject=ref_of(staff),
            detail=in_codes(rights_of(staff=staff)),
        )
    return True
