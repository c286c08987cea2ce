"""The nightly purge takes away what has ended and asks every room."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vungxanh.core import jobs, upkeep

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_sessions_that_have_ended_are_forgotten_and_others_kept() -> None:
    Session.objects.create(session_key="old", expire_date=NOW - timedelta(hours=1))
    Session.objects.create(session_key="new", expire_date=NOW + timedelta(hours=1))
    upkeep.purge(NOW)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_every_room_that_keeps_for_a_time_is_asked() -> None:
    assert {"accounts", "core"} <= set(upkeep.purge(NOW))


def test_ended_jobs_are_left_to_a_job() -> None:
    upkeep.purge(NOW)
    names = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert list(names) == ["builtin:procrastinate.builtin_tasks.remove_old_jobs"]


def test_purge_runs_every_night_in_vietnam() -> None:
    periodic = {
        entry.task.name: entry.cron for entry in app.periodic_registry.periodic_tasks.values()
    }
    assert periodic[jobs.purge.name] == "30 19 * * *"
