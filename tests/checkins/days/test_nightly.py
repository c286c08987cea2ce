"""The worker packs visits every night; one that fails is told, and the last good state stays."""

import errno
import logging
import os
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import AlreadyEnqueued
from prometheus_client import CollectorRegistry, generate_latest
from pytest_django import Settings

from tests.checkins.days.planting import (
    NOW,
    TODAY,
    Planted,
    began_before,
    in_files,
    make_days,
    plant,
    said_by_all,
)
from tests.factories import loops
from tests.factories.points import a_point
from vungxanh.checkins.actions.days import folder, overdue_days
from vungxanh.checkins.jobs import pack_visits
from vungxanh.checkins.models import Scan
from vungxanh.checkins.values.day_files import kept_days
from vungxanh.config import gauges
from vungxanh.core import jobs
from vungxanh.core.clock import TZ, frozen_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = 1440
CRONS = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def no_jobs(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The queue is empty before and after: what ends a test leaves tables of jobs alone.

    The thread of a job ends with its worker, and so does its connection.
    """
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    _forget_jobs()
    yield
    _forget_jobs()


def _forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def point(places_of_both_eras: None) -> int:
    """A point where two people were this week."""
    make_days()
    point = a_point().pk
    plant([Planted(7, point, 5 * DAY), Planted(8, point, 4 * DAY)])
    return point


def a_night(at: datetime = NOW) -> str:
    """How the nightly job ended in a worker that does nothing else."""
    job = pack_visits.configure(queue="alone").defer(timestamp=0)
    worker = app.with_connector(PsycopgConnector(kwargs=connector_params()))
    worker.periodic_registry = copy(worker.periodic_registry)
    worker.periodic_registry.periodic_tasks = {}

    async def work() -> None:
        async with worker.open_async():
            await worker.run_worker_async(
                queues=["alone"], wait=False, listen_notify=False, install_signal_handlers=False
            )

    with frozen_at(at):
        loops.run(work())
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def local_time(cron: str) -> time:
    """When a daily job runs in Vietnam; schedules are in UTC."""
    minute, hour, *days = cron.split()
    assert days == ["*"] * 3
    begun = datetime(2031, 3, 20, int(hour), int(minute), tzinfo=UTC)
    return begun.astimezone(TZ).time()


def state() -> dict[str, bytes]:
    """Every file of the folder by name."""
    return {path.name: path.read_bytes() for path in folder().path.iterdir()}


def test_it_runs_at_ten_past_three_in_vietnam_after_the_purge() -> None:
    assert local_time(CRONS[pack_visits.name]) == time(3, 10)
    assert local_time(CRONS[jobs.purge.name]) == time(2, 30)


def test_two_nights_do_not_wait_for_a_worker_at_once() -> None:
    pack_visits.configure().defer(timestamp=0)
    with pytest.raises(AlreadyEnqueued):
        pack_visits.configure().defer(timestamp=86_400)


def test_a_night_writes_each_ended_day(point: int) -> None:
    assert a_night() == "succeeded"
    manifest = folder().manifest()
    assert manifest is not None
    assert tuple(one.day for one in manifest.days) == kept_days(NOW)
    assert in_files() == began_before(said_by_all(), TODAY)
    assert len(in_files()) == 2


def test_a_night_that_fails_is_told_and_leaves_the_last_good_state(
    point: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_night()
    before = state()
    (late,) = plant([Planted(9, point, 3 * DAY, flags=1)])
    Scan.objects.filter(pk=late.pk).update(received_at=NOW)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(os, "fsync", full)
        assert a_night() == "failed"
    assert state() == before
    assert "checkins.visits_disk_full" in caplog.text
    registry = CollectorRegistry()
    gauges.register(registry)
    assert 'vungxanh_jobs{state="failed"} 1.0' in generate_latest(registry).decode()
    assert overdue_days(at=NOW + timedelta(hours=24)) == []
    assert TODAY - timedelta(days=3) in overdue_days(at=NOW + timedelta(hours=25))


def test_the_night_after_a_failed_one_writes_what_was_left(
    point: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*paths: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", broken)
        assert a_night() == "failed"
    assert folder().manifest() is None
    assert len(list(folder().path.glob("visits-*"))) == len(kept_days(NOW))
    assert a_night(NOW + timedelta(days=1)) == "succeeded"
    manifest = folder().manifest()
    assert manifest is not None
    assert set(state()) == {".lock", "manifest.json", manifest.points} | {
        one.file for one in manifest.days
    }
    assert len(in_files()) == 2
    assert overdue_days(at=NOW + timedelta(days=1)) == []
