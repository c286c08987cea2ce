"""What this room would forget now; counted, nothing is deleted."""

from datetime import datetime

from django.db.models import Q

from vungxanh.messaging.models import (
    CAME,
    KEPT,
    REPORTS_KEPT,
    WORDS_KEPT,
    EarlyReceipt,
    IncomingMail,
    IncomingSms,
    Message,
)


def overdue(at: datetime) -> dict[str, int]:
    """How many rows are past their time, by table; a message whose words are past it is one."""
    says = Q(ended_at__lte=at - WORDS_KEPT.period, text__isnull=False)
    found = (
        Message.objects.filter(Q(ended_at__lt=at - KEPT.period) | says),
        IncomingMail.objects.filter(ended_at__lt=at - CAME.period),
        IncomingSms.objects.filter(ended_at__lt=at - CAME.period),
        EarlyReceipt.objects.filter(came_at__lt=at - REPORTS_KEPT.period),
    )
    return {rows.model._meta.db_table: rows.count() for rows in found}
