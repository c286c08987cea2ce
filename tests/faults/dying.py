"""A process of its own that dies by SIGKILL in the midst of a citizen's proof.

Arguments: the database, where to die ("before commit", "after commit", "while sending"), what to do
("ask", "confirm", "send"), and its device or message, its code and the time.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import django
from django.conf import settings


def main(database: str, where: str, what: str, *given: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    if where != "while sending":
        _die_at_commit(is_done=where == "after commit")
    steps: dict[str, Callable[..., None]] = {"ask": _ask, "confirm": _confirm, "send": _send}
    steps[what](*given)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at_commit(*, is_done: bool) -> None:
    from django.db import connections

    held = connections["default"]
    commit = held.commit

    def last() -> None:
        if is_done:
            commit()
        _die()

    vars(held)["commit"] = last


def _ask(device: str, number: str, at: str) -> None:
    from vungxanh.core.viewer import SYSTEM
    from vungxanh.people import actions
    from vungxanh.people.models import Device

    row = Device.objects.get(pk=UUID(device))
    now = datetime.fromisoformat(at)
    actions.ask_code(device=row, phone=number, network="", by=SYSTEM, at=now)


def _confirm(device: str, code: str, at: str) -> None:
    from tests.factories.register import TRAN_PHU
    from vungxanh.core.viewer import SYSTEM
    from vungxanh.people import actions
    from vungxanh.people.models import Device
    from vungxanh.people.values import Residence

    row = Device.objects.get(pk=UUID(device))
    home, now = Residence(TRAN_PHU), datetime.fromisoformat(at)
    actions.confirm_code(device=row, code=code, residence=home, by=SYSTEM, at=now)


def _send(message: str, at: str) -> None:
    from tests.messaging.gateway import ways
    from vungxanh.messaging import actions
    from vungxanh.messaging.gateways import Handed, MemorySmsGateway, ShortMessage

    class Deadly(MemorySmsGateway):
        def send(self, message: ShortMessage) -> Handed:
            _die()
            return super().send(message)

    deadly = replace(ways(), sms=Deadly())
    actions.send_one(message_id=UUID(message), at=datetime.fromisoformat(at), ways=deadly)


if __name__ == "__main__":
    main(*sys.argv[1:])
