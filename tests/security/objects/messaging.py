"""Messages of the outbox and templates: the installation's, not an area's."""

from django.db import transaction

from tests.factories.people import Colleague
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.messaging import actions
from vungxanh.messaging.values import NewMessage


def things(owner: Colleague) -> list[Thing]:
    """A message that waits, and a template that everybody has."""
    new = NewMessage("test.kind", "ai-do@donvi.example", PAYLOAD[:120], PAYLOAD, "staff:x")
    with transaction.atomic():
        found = actions.post(message=new, by=owner.viewer, at=clock.now())
    return [
        Thing("/hop-thu-di/", "message_id", str(found), is_secret=False, is_shared=True),
        Thing("/hop-thu-di/mau/", "code", "people.otp", is_secret=False, is_shared=True),
    ]
