"""What this room would forget now; counted, nothing is deleted."""

from datetime import datetime

from django.db.models import Q

from vungxanh.accounts.models import EnrolledDevice, PersonExport
from vungxanh.accounts.models.devices import DEVICE_KEPT
from vungxanh.accounts.models.failures import FailedSignIns
from vungxanh.accounts.models.glass import KEPT as GLASS_KEPT
from vungxanh.accounts.models.glass import BrokenGlass
from vungxanh.accounts.models.invitations import KEPT as INVITATION_KEPT
from vungxanh.accounts.models.invitations import Invitation
from vungxanh.accounts.models.recovery import KEPT as RECOVERY_KEPT
from vungxanh.accounts.models.recovery import Recovery
from vungxanh.accounts.models.sessions import KEPT as SESSION_KEPT
from vungxanh.accounts.models.sessions import StaffSession
from vungxanh.core.privacy import A_DAY


def overdue(at: datetime) -> dict[str, int]:
    """How many rows are past their time, by table; files of exports by their rows."""
    since = at - DEVICE_KEPT.period
    unused = Q(ending="", enrolled_at__isnull=True, link_until__lt=since)
    found = (
        FailedSignIns.objects.filter(last_at__lt=at - A_DAY.period),
        PersonExport.objects.filter(file__isnull=False, opens_until__lte=at),
        BrokenGlass.objects.filter(ended_at__lt=at - GLASS_KEPT.period),
        Invitation.objects.filter(expires_at__lt=at - INVITATION_KEPT.period),
        Recovery.objects.filter(asked_at__lt=at - RECOVERY_KEPT.period),
        StaffSession.objects.filter(ended_at__lt=at - SESSION_KEPT.period),
        EnrolledDevice.objects.filter(Q(ended_at__lt=since) | unused),
    )
    return {rows.model._meta.db_table: rows.count() for rows in found}
