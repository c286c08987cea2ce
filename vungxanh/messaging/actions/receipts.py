"""What gateways report later: that a message came to the phone, or did not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from vungxanh.messaging.actions.sending import note_outcome
from vungxanh.messaging.gateways import Receipt
from vungxanh.messaging.models import REPORTS_KEPT, EarlyReceipt, Message
from vungxanh.messaging.rules import State


def take_receipts(*, receipts: Iterable[Receipt], at: datetime) -> int:
    """Note delivery reports, each in a transaction of its own; how many said something new.

    A report on what is known already says nothing; one on what is not known yet waits. Records
    messaging.delivered and messaging.undelivered.
    """
    return sum(_take(receipt, at) for receipt in receipts)


@transaction.atomic
def _take(receipt: Receipt, at: datetime) -> bool:
    rows = Message.objects.select_for_update()
    found = rows.filter(provider_id=receipt.provider_id, state=State.SENT).first()
    if found is None:
        _keep_early(receipt, at)
        return False
    note_outcome(message=found, outcome=receipt.state, at=at)
    return True


def _keep_early(receipt: Receipt, at: datetime) -> None:
    """A report may be faster than the note that its message was sent; it is kept two days."""
    if Message.objects.filter(provider_id=receipt.provider_id).exists():
        return
    row = EarlyReceipt(provider_id=receipt.provider_id, outcome=receipt.state.value, came_at=at)
    EarlyReceipt.objects.bulk_create([row], ignore_conflicts=True)


def forget_reports(*, at: datetime) -> int:
    """Delete reports for which no message came; returns how many."""
    return int(EarlyReceipt.objects.filter(came_at__lt=at - REPORTS_KEPT.period).delete()[0])
