"""What intake writes of somebody who is gone, by what it remembers, does not stay."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

import pytest
from django.db import connections, transaction
from psycopg import Connection
from pytest_django import Settings

from tests.checkins.days.planting import NOW, Planted, in_files, make_days, named, plant
from tests.checkins.intake.calls import Answer, call, id_at, scan
from tests.factories import loops
from tests.factories.points import a_point
from tests.factories.register import NUMBER, TRAN_PHU, a_citizen
from vungxanh.checkins.actions.days import connect, folder, pack
from vungxanh.checkins.actions.erasing_scans import look_again
from vungxanh.checkins.actions.purging import purge
from vungxanh.checkins.actions.visit_store import stored_visits
from vungxanh.checkins.api.visits import REQUEST_SECONDS, visits_app
from vungxanh.checkins.jobs import look_again_for_gone
from vungxanh.checkins.models import GonePerson, Scan, StaleDay, VisitCorrection, VisitNumber
from vungxanh.checkins.queries.purging import overdue
from vungxanh.checkins.values.scans import MOST_IN_A_BODY, WATCHED_FOR
from vungxanh.core import subjects
from vungxanh.core.group_commit import Limits
from vungxanh.core.ids import new_id
from vungxanh.core.remembered import SECONDS_REMEMBERED
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.phones import read_phone
from vungxanh.people import actions
from vungxanh.people.actions.joining import hold_number
from vungxanh.people.models import Device, Person
from vungxanh.people.values import Residence
from vungxanh.people.values.devices import NewDevice, Registered

pytestmark = pytest.mark.django_db(transaction=True)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SOMEBODY = Subject("person:7", 7)
INSERT = """
INSERT INTO checkins_scan
    (id, person_id, point_id, entrance, direction, means, at, received_at, device_id, flags)
VALUES (%s, 7, %s, 1, 0, 0, %s, %s, %s, 0)
"""


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def point(places_of_both_eras: None) -> int:
    make_days()
    return a_point().pk


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def phone(now: datetime, transactional_db: None) -> Registered:
    return actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)


def erased(subject: Subject = SOMEBODY) -> None:
    with transaction.atomic():
        subjects.erase(subject, NOW)


def sent_around(phone: Registered, at: datetime, happening: Callable[[int], None]) -> list[Answer]:
    """One scan, then what happens to its person, then another by the same server; of one day."""
    code = a_point().code
    bodies = [json.dumps({"visits": [scan(code, at + n * MINUTE)]}).encode() for n in (0, 200)]

    def happens() -> None:
        try:
            happening(Scan.objects.get().person_id)
        finally:
            connections.close_all()

    async def run() -> list[Answer]:
        app = visits_app()
        first = await call(app, phone.token, bodies[0])
        await asyncio.to_thread(happens)
        second = await call(app, phone.token, bodies[1])
        await app.close()
        return [first, second]

    return loops.run(run())


def test_a_scan_from_a_warm_server_after_the_erasure_is_in_no_table_file_or_delta(
    phone: Registered, now: datetime, places_of_both_eras: None
) -> None:
    at = (now - 5 * DAY).replace(hour=9)

    def erase(person_id: int) -> None:
        actions.erase_person(person_id=person_id, by=SYSTEM, at=now)

    answers = sent_around(phone, at, erase)
    assert [one.body["stored"] for one in answers] == [1, 1]
    person_id = Scan.objects.get().person_id
    assert not Person.objects.filter(pk=person_id).exists()
    pack(at=now)
    assert [row[0] for row in in_files()] == [person_id]
    StaleDay.objects.all().delete()
    assert look_again(at=now) == 1
    assert not Scan.objects.exists()
    assert not VisitNumber.objects.exists()
    assert list(StaleDay.objects.values_list("day", "reason")) == [(at.date(), "erased")]
    assert stored_visits(at=now).whole().num_rows == 0
    pack(at=now)
    manifest = folder().manifest()
    assert manifest is not None
    assert folder().visits(one.file for one in manifest.days).num_rows == 0


def test_a_scan_from_a_warm_server_after_the_number_was_proved_is_of_its_holder(
    phone: Registered, now: datetime, places_of_both_eras: None
) -> None:
    known, at = a_citizen(now - DAY), (now - 5 * DAY).replace(hour=9)

    def prove(person_id: int) -> None:
        device, home = Device.objects.get(pk=phone.id), Residence(TRAN_PHU)
        assert device.person_id == person_id
        with transaction.atomic():
            hold_number(device=device, number=read_phone(NUMBER), residence=home, by=SYSTEM, at=now)

    answers = sent_around(phone, at, prove)
    assert [one.body["stored"] for one in answers] == [1, 1]
    assert set(Scan.objects.values_list("person_id", flat=True)) > {known.pk}
    pack(at=now)
    StaleDay.objects.all().delete()
    assert look_again(at=now) == 1
    assert list(Scan.objects.values_list("person_id", flat=True)) == [known.pk] * 2
    assert set(StaleDay.objects.values_list("day", "reason")) == {(at.date(), "merged")}
    assert [row[0] for row in named(stored_visits(at=now).whole())] == [known.pk] * 2
    pack(at=now)
    assert [row[0] for row in in_files()] == [known.pk] * 2


def test_a_scan_that_is_committed_while_its_person_goes_does_not_stay(point: int) -> None:
    at = NOW - 5 * DAY
    with connect() as other:
        insert(other, point, at)
        erased()
    assert Scan.objects.get().person_id == 7
    look_again_for_gone(timestamp=0)
    assert not Scan.objects.exists()
    assert list(StaleDay.objects.values_list("day", flat=True)) == [at.date()]


def insert(other: "Connection[object]", point: int, at: datetime) -> None:
    """In a transaction that the caller ends."""
    other.execute(INSERT, [id_at(at), point, at, at, new_id()])


def test_a_correction_that_is_committed_while_its_person_goes_does_not_stay(point: int) -> None:
    erased()
    times = {"t_in": NOW - 5 * DAY, "t_out": NOW - 4 * DAY, "at": NOW}
    VisitCorrection.objects.create(visit_id=new_id(), person_id=7, reason="", by="x", **times)
    assert look_again(at=NOW) == 1
    assert not VisitCorrection.objects.exists()
    assert StaleDay.objects.get().day == (NOW - 5 * DAY).date()


def test_scans_of_who_turned_out_to_be_somebody_erased_later_go_too(point: int) -> None:
    with transaction.atomic():
        subjects.absorb(6, 7, NOW)
    erased()
    plant([Planted(6, point, 100), Planted(8, point, 100)])
    look_again(at=NOW)
    assert Scan.objects.get().person_id == 8


def test_who_is_gone_is_forgotten_when_nothing_came_for_long_enough(point: int) -> None:
    erased()
    assert look_again(at=NOW) == 0
    plant([Planted(7, point, 100)])
    last = NOW + WATCHED_FOR - MINUTE
    assert look_again(at=last) == 1
    assert look_again(at=last + WATCHED_FOR - MINUTE) == 0
    assert GonePerson.objects.get().looked_at == last
    assert look_again(at=last + WATCHED_FOR) == 0
    assert not GonePerson.objects.exists()


def test_who_went_a_day_ago_unseen_by_any_job_is_looked_for_by_the_purge_and_forgotten(
    point: int,
) -> None:
    later = NOW + DAY + MINUTE
    erased()
    plant([Planted(7, point, 100)])
    assert (overdue(NOW)["checkins_goneperson"], overdue(later)["checkins_goneperson"]) == (0, 1)
    purge(at=later)
    assert not Scan.objects.exists()
    assert overdue(later)["checkins_goneperson"] == 0


def test_it_is_looked_for_longer_than_intake_may_remember_read_and_wait() -> None:
    limits = Limits()
    n_batches = ceil(limits.rows_waiting / (limits.rows_of_a_batch - MOST_IN_A_BODY))
    waiting = 2 * limits.seconds * n_batches
    longest = timedelta(seconds=SECONDS_REMEMBERED + REQUEST_SECONDS + waiting)
    assert 5 * longest < WATCHED_FOR
