"""Rows that nobody seals alarm in the metrics and in doctor; the sealer runs beside the jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import OperationalError, connection
from prometheus_client import CollectorRegistry, generate_latest

from tests.audit.tampering import write
from vungxanh.audit.models import UnsealedEvent
from vungxanh.audit.queries import ALARM_SECONDS, verify, waiting
from vungxanh.config import checkup_database, gauges, working


def grown_old(seconds: float) -> None:
    """As if rows had been written so long ago and no sealer ran."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_unsealedevent SET queued_at = queued_at - make_interval(secs => %s)",
            [seconds],
        )


def metrics() -> str:
    registry = CollectorRegistry()
    gauges.register(registry)
    return generate_latest(registry).decode()


def test_stopped_sealer_alarms_after_five_seconds(db: None) -> None:
    write("a", "b")
    assert not waiting().is_alarming
    grown_old(ALARM_SECONDS + 1)
    assert waiting().n_rows == 2
    assert waiting().seconds >= ALARM_SECONDS + 1


def test_metrics_tell_how_many_rows_wait_and_how_long(db: None) -> None:
    assert "vungxanh_audit_unsealed_rows 0.0" in metrics()
    write("a")
    grown_old(60)
    assert "vungxanh_audit_unsealed_rows 1.0" in metrics()
    assert "vungxanh_audit_unsealed_seconds 6" in metrics()


def test_doctor_says_that_the_log_has_no_seal(db: None) -> None:
    assert checkup_database._log().is_well
    write("a")
    grown_old(60)
    found = checkup_database._log()
    assert not found.is_well
    assert "1 rows of the log have no seal yet" in found.words.en


@contextmanager
def sealer_that_looks(n_times: int) -> Iterator[None]:
    """The sealing thread, until it has looked so often."""
    looked = Event()
    left = [n_times]
    seal_once = working.seal_once

    def counted() -> None:
        seal_once()
        left[0] -= 1
        if left[0] <= 0:
            looked.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "seal_once", counted)
        with working.sealing(every_seconds=0.01):
            yield
            assert looked.wait(20)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sealer_runs_beside_the_jobs_and_once_more_at_the_end() -> None:
    with sealer_that_looks(2):
        write("a")
    assert not UnsealedEvent.objects.exists()
    assert verify().n_rows == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sealer_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a")
    fails = iter([OperationalError("away"), None])
    sealing = working.due

    def away_once() -> int:
        problem = next(fails, None)
        if problem:
            raise problem
        return sealing()

    monkeypatch.setattr(working, "due", away_once)
    working.seal_once()
    assert UnsealedEvent.objects.count() == 1
    working.seal_once()
    assert not UnsealedEvent.objects.exists()
