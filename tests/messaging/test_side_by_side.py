"""Workers beside each other, and the job that commits with its message."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Lock

import pytest
from django.conf import settings as real
from django.db import connection, transaction
from pytest_django import Settings

from tests.messaging.gateway import NOON, PHONE, otp, posted, sms, ways
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging import actions, queries
from vungxanh.messaging.gateways import CameIn, Handed, ShortMessage
from vungxanh.messaging.models import IncomingSms, Message

N_WORKERS = 4
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Counting:
    """A gateway that remembers what it took."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.lock = Lock()

    def send(self, message: ShortMessage) -> Handed:
        with self.lock:
            self.taken.append(message.reference)
        return Handed(message.reference, 1)

    def receipts(self) -> tuple[()]:
        return ()

    def came_in(self) -> tuple[()]:
        return ()


def together(work: Callable[[], int]) -> list[int]:
    """The same work in several threads at once; what each answered."""
    ready = Barrier(N_WORKERS)

    def begin(_number: int) -> int:
        ready.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(N_WORKERS) as pool:
        return list(pool.map(begin, range(N_WORKERS)))


def test_workers_send_each_message_once_and_no_more_than_the_budget(settings: Settings) -> None:
    settings.OUTGOING = replace(real.OUTGOING, parts_a_day=25, most_to_one=1000)
    for _ in range(40):
        posted(sms())
    way = Counting()
    sent = together(lambda: actions.deliver(at=NOON, ways=replace(ways(), sms=way)))
    assert sum(sent) == 25
    assert len(set(way.taken)) == len(way.taken) == 25
    assert queries.sms_budget(NOON).used_parts == 25
    assert Message.objects.filter(problem="budget").count() == 15


def test_one_sms_that_is_handed_to_two_at_once_is_kept_once() -> None:
    came = [CameIn("same", PHONE, "8099", "alo", NOON)]
    assert sum(together(lambda: actions.take_in(came=came, at=NOON))) == 1
    assert IncomingSms.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_template_that_two_use_first_at_once_is_registered_once() -> None:
    def one() -> int:
        return posted(otp()).template_version or 0

    assert together(one) == [1] * N_WORKERS


def n_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name='messaging.send'")
        return int(cursor.fetchone()[0])


def test_the_job_of_a_code_goes_down_with_its_transaction() -> None:
    before = n_jobs()
    with transaction.atomic():
        actions.post(message=otp(), by=SYSTEM, at=NOON)
        transaction.set_rollback(True)
    assert n_jobs() == before
    code = posted(otp())
    assert n_jobs() == before + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone()[0] in (
            {"message_id": str(code.id)},
            f'{{"message_id": "{code.id}"}}',
        )
