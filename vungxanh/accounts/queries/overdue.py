"""What this room would forget now; counted, nothing is deleted."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from vungxanh.accounts.models import EnrolledDevice, PersonExport
from vungxanh.accounts.models.devices import DEVICE_KEPT
from vungxanh.accounts.models.exports import KEPT as EXPORT_KEPT
from vungxanh.accounts.models.failures import FailedSignIns
from vungxanh.accounts.models.glass import KEPT as GLASS_KEPT
from vungxanh.accounts.models.glass import BrokenGlass
from vungxanh.accounts.models.invitations import KEPT as INVITATION_KEPT
from vungxanh.accounts.models.invitations import Invitation
from vungxanh.accounts.models.recovery import KEPT as RECOVERY_KEPT
from vungxanh.accounts.models.recovery import Recovery
from vungxanh.accounts.models.sessions import KEPT as SESSION_KEPT
from vungxanh.accounts.models.sessions import StaffSession
from vungxanh.accounts.models.staff import EMPTIED, Staff
from vungxanh.accounts.rules import LONGEST
from vungxanh.core.privacy import A_DAY, WHILE_EMPLOYED


def overdue(at: datetime) -> dict[str, int]:
    """How many rows are past their time, by table; files of exports by their rows."""
    since = at - DEVICE_KEPT.period
    unused = Q(ending="", enrolled_at__isnull=True, link_until__lt=since)
    closed = closed_long_ago(at)
    glass, session = at - GLASS_KEPT.period, at - SESSION_KEPT.period
    found = (
        closed,
        Authenticator.objects.filter(user__in=closed),
        FailedSignIns.objects.filter(last_at__lt=at - A_DAY.period),
        PersonExport.objects.filter(
            Q(file__isnull=False, opens_until__lte=at) | Q(asked_at__lt=at - EXPORT_KEPT.period)
        ),
        BrokenGlass.objects.filter(_since("ended_at", glass) | Q(ended_at=None, until__lt=glass)),
        Invitation.objects.filter(expires_at__lt=at - INVITATION_KEPT.period),
        Recovery.objects.filter(asked_at__lt=at - RECOVERY_KEPT.period),
        StaffSession.objects.filter(
            _since("ended_at", session) | Q(ended_at=None, started_at__lt=session - LONGEST)
        ),
        EnrolledDevice.objects.filter(_since("ended_at", since) | unused),
    )
    return {rows.model._meta.db_table: rows.count() for rows in found}


def closed_long_ago(at: datetime) -> "QuerySet[Staff]":
    """Accounts closed, or at their end, so long ago that their particulars are no longer kept."""
    since = at - WHILE_EMPLOYED.period
    return Staff.objects.filter(_since("closed_at", since) | _since("ends_at", since)).exclude(
        password=EMPTIED
    )


def _since(event: str, moment: datetime) -> Q:
    return Q((f"{event}__lt", moment))
