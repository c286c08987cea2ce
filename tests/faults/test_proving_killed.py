"""A process that is killed while a number is proved loses nothing and counts nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.factories.register import AT, NUMBER, TRAN_PHU, a_device, sent_code
from tests.messaging.gateway import texts, ways
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.actions import deliver
from vungxanh.messaging.models import Message
from vungxanh.messaging.rules import State, leased_until
from vungxanh.people import actions, queries
from vungxanh.people.actions.refusals import WrongCodeError
from vungxanh.people.models import Device, Person, Phone, PhoneProof
from vungxanh.people.rules import codes
from vungxanh.people.values import Residence
from vungxanh.people.values.counts import Element

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
MINUTE = timedelta(minutes=1)


def killed(where: str, what: str, *given: object) -> None:
    """What a process did until it was killed there, and that it was."""
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.faults.dying", name, where, what, *map(str, given)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ended = subprocess.run(command, env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL


def ask(device: Device, at: datetime = AT) -> str:
    actions.ask_code(device=device, phone=NUMBER, network="", by=SYSTEM, at=at)
    return sent_code()


def confirm(device: Device, code: str, at: datetime) -> Person:
    row, home = Device.objects.get(pk=device.pk), Residence(TRAN_PHU)
    return actions.confirm_code(device=row, code=code, residence=home, by=SYSTEM, at=at)


def counted() -> int:
    return queries.total([TRAN_PHU], Element.WITH_PHONE)


def n_kept() -> tuple[int, int, int]:
    return counted(), Person.objects.count(), Phone.objects.count()


def test_killed_before_the_commit_the_code_is_as_it_was_and_counts_once_when_typed_again() -> None:
    device, _ = a_device()
    code = ask(device)
    killed("before commit", "confirm", device.pk, code, AT + MINUTE)
    proof = PhoneProof.objects.get()
    assert (n_kept(), proof.n_tries, proof.ended_at) == ((0, 0, 0), 0, None)
    confirm(device, code, AT + 2 * MINUTE)
    assert n_kept() == (1, 1, 1)


def test_killed_after_the_commit_the_number_is_proved_though_nobody_was_told() -> None:
    device, _ = a_device()
    code = ask(device)
    killed("after commit", "confirm", device.pk, code, AT + MINUTE)
    assert n_kept() == (1, 1, 1)
    assert Device.objects.get(pk=device.pk).person == Phone.objects.get().person


def test_who_was_not_told_goes_on_as_the_same_person_and_is_not_counted_again() -> None:
    device, _ = a_device()
    code = ask(device)
    killed("after commit", "confirm", device.pk, code, AT + MINUTE)
    with pytest.raises(WrongCodeError):
        confirm(device, code, AT + 2 * MINUTE)
    again = ask(device, AT + 10 * MINUTE)
    assert confirm(device, again, AT + 11 * MINUTE) == Person.objects.get()
    assert n_kept() == (1, 1, 1)


def test_killed_before_the_commit_no_code_is_sent_and_another_may_be_asked_for() -> None:
    device, _ = a_device()
    killed("before commit", "ask", device.pk, NUMBER, AT)
    assert (PhoneProof.objects.count(), Message.objects.count()) == (0, 0)
    confirm(device, ask(device, AT + MINUTE), AT + 2 * MINUTE)
    assert n_kept() == (1, 1, 1)


def test_killed_between_outbox_and_sending_the_code_leaves_once_and_opens() -> None:
    device, _ = a_device()
    killed("after commit", "ask", device.pk, NUMBER, AT)
    code, way = sent_code(), ways()
    for second in range(3):
        deliver(at=AT + timedelta(seconds=second), ways=way)
    assert [code in text for text in texts(way)] == [True]
    confirm(device, code, AT + MINUTE)
    assert n_kept() == (1, 1, 1)


def test_a_code_whose_sender_was_killed_goes_out_again_in_time_and_opens() -> None:
    device, _ = a_device()
    code = ask(device)
    message, way = Message.objects.get(), ways()
    killed("while sending", "send", message.pk, AT)
    message.refresh_from_db()
    assert (message.state, message.n_tries) == (State.SENDING, 1)
    free_at = leased_until(AT, message.until_at)
    assert free_at <= AT + codes.LIVES / 4
    deliver(at=free_at - timedelta(seconds=1), ways=way)
    assert texts(way) == []
    deliver(at=free_at, ways=way)
    message.refresh_from_db()
    assert (message.state, message.problem, len(texts(way))) == (State.SENT, "", 1)
    assert code in texts(way)[0]
    confirm(device, code, free_at + MINUTE)
    assert n_kept() == (1, 1, 1)
