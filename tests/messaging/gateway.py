"""Messages and ways out for tests of the outbox."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging import actions
from vungxanh.messaging.actions.ways import Ways
from vungxanh.messaging.gateways import (
    MemoryGateway,
    MemoryPushGateway,
    MemorySmsGateway,
    NotSentError,
)
from vungxanh.messaging.models import Message
from vungxanh.messaging.values import Channel, NewMessage

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)  # 12:00 in Vietnam
NIGHT = NOON + timedelta(hours=11)  # 23:00
MORNING = NOON + timedelta(hours=19)  # 07:00
PHONE = "+84900000001"
OTHER_PHONE = "+84900000002"
REFUSED = NotSentError("refused", is_final=True)
CODE: Mapping[str, str] = {"code": "482913", "minutes": "5"}


def sms(**said: Any) -> NewMessage:
    """A message by SMS, by default an ordinary one."""
    usual = {"kind": "test.kind", "to": PHONE, "text": "Tin", "about": "person:x"}
    return NewMessage(**(usual | {"channel": Channel.SMS} | said))


def otp(**said: Any) -> NewMessage:
    """A code that somebody asked for."""
    return sms(**({"text": "", "template": "people.otp", "values": CODE} | said))


def posted(message: NewMessage, at: datetime = NOON) -> Message:
    """A message in the outbox."""
    with transaction.atomic():
        found = actions.post(message=message, by=SYSTEM, at=at)
    assert found is not None
    return Message.objects.get(id=found)


def ways(*failures: NotSentError) -> Ways:
    """Ways into memory; the one by SMS fails as told."""
    return Ways(
        mail=MemoryGateway(),
        sms=MemorySmsGateway(failures=list(failures)),
        push=MemoryPushGateway(),
        oa=MemorySmsGateway(),
    )


def texts(way: Ways) -> list[str]:
    """What left by SMS."""
    assert isinstance(way.sms, MemorySmsGateway)
    return [one.text for one in way.sms.sent]
