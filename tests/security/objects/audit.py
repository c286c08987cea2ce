"""Days of the log: whoever may read it may read each."""

from datetime import timedelta

from django.db import transaction

from tests.factories.people import Colleague
from tests.security.doors import Thing
from vungxanh.audit import actions
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM


def things(owner: Colleague) -> list[Thing]:
    """Yesterday, sealed and signed."""
    now = clock.now()
    before = now - timedelta(days=1)
    with transaction.atomic():
        actions.record(event="audit.seen", by=SYSTEM, at=before, subject="audit")
    actions.seal_due(at=before)
    actions.sign_days(at=now)
    day = before.astimezone(clock.TZ).date()
    return [Thing("/nhat-ky/ngay/", "day", day.isoformat(), is_secret=False)]
