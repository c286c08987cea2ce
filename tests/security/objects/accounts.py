"""Accounts of staff."""

from tests.factories.people import Colleague
from tests.security.attacks import SHORT_PAYLOAD
from tests.security.doors import Thing
from vungxanh.accounts.models import Staff


def things(owner: Colleague) -> list[Thing]:
    """The owner's own account, under a hostile name."""
    Staff.objects.filter(pk=owner.staff.pk).update(name=SHORT_PAYLOAD)
    return [Thing("/can-bo/", "staff_id", str(owner.staff.pk), is_secret=False)]
