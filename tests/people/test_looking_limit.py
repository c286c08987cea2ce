"""Look-ups at once: the hour's last one is given to one of those who ask together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.register import AT
from vungxanh.people.actions.looking_limit import next_look_up
from vungxanh.people.models import LookUpTimes

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OFFICER = "staff:0196f0a0-0000-7000-8000-000000000002"


def together(n_askers: int, most: int) -> list[datetime | None]:
    ready = Barrier(n_askers)

    def ask(number: int) -> datetime | None:
        ready.wait()
        try:
            return next_look_up(who=OFFICER, n=most, at=AT + timedelta(milliseconds=number))
        finally:
            connection.close()

    with ThreadPoolExecutor(n_askers) as pool:
        return list(pool.map(ask, range(n_askers)))


def test_of_two_at_once_one_has_the_sixtieth_look_up() -> None:
    for second in range(59):
        next_look_up(who=OFFICER, n=60, at=AT - timedelta(seconds=60 - second))
    answers = together(2, 60)
    assert sorted(answer is None for answer in answers) == [False, True]
    assert len(LookUpTimes.objects.get().taken_at) == 60


def test_of_eight_at_once_who_never_asked_before_three_pass() -> None:
    answers = together(8, 3)
    assert sum(answer is None for answer in answers) == 3
    assert len(LookUpTimes.objects.get().taken_at) == 3
