"""A scan is of who holds the phone that sends it, an identifier of the phone that sent it first."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.checkins.intake.calls import id_at, post, post_all, scan
from tests.factories.points import a_point
from tests.factories.register import a_neighbour
from vungxanh.checkins.actions.erasing_scans import absorb
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import Device
from vungxanh.people.values.devices import NewDevice, Registered

pytestmark = pytest.mark.django_db(transaction=True)
STORED = {"stored": 1, "duplicate": 0, "refused": []}
DUPLICATE = {"stored": 0, "duplicate": 1, "refused": []}


@pytest.fixture
def other(now: datetime, transactional_db: None) -> Registered:
    return actions.register_device(device=NewDevice("ios"), by=SYSTEM, at=now)


def reused(identifier: str) -> dict[str, object]:
    refused = [{"id": identifier, "code": "id_reused"}]
    return {"stored": 0, "duplicate": 0, "refused": refused}


def give_to(phone: Registered, person_id: int) -> None:
    Device.objects.filter(pk=phone.id).update(person_id=person_id)


def test_an_identifier_of_somebody_else_s_scan_is_refused_and_theirs_stays(
    phone: Registered, other: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    post(phone.token, [sent])
    (answer,) = post(other.token, [sent])
    assert answer.body == reused(sent["id"])
    assert Scan.objects.get().device_id == phone.id


def test_of_two_phones_with_one_identifier_at_once_one_is_refused(
    phone: Registered, other: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    told = [one.body for one in post_all([(phone.token, [sent]), (other.token, [sent])])]
    kept_first = Scan.objects.get().device_id == phone.id
    assert told == ([STORED, reused(sent["id"])] if kept_first else [reused(sent["id"]), STORED])


def test_two_scans_under_one_identifier_in_one_body_keep_the_first(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    (answer,) = post(phone.token, [sent, sent | {"direction": "out"}, sent])
    assert answer.body == {**reused(sent["id"]), "stored": 1, "duplicate": 1}
    assert Scan.objects.get().direction == 0


@pytest.mark.parametrize(
    "change",
    [{"direction": "out"}, {"means": "declared"}, {"entrance": 3}, {"at": timedelta(minutes=9)}],
    ids=lambda change: next(iter(change)),
)
def test_whatever_else_is_said_under_an_identifier_is_refused(
    phone: Registered, point: Point, now: datetime, change: dict[str, Any]
) -> None:
    midnight = now.replace(hour=0, minute=0, second=0) - timedelta(minutes=5)
    sent = scan(point.code, midnight)
    said = {**change, "at": (midnight + change["at"]).isoformat()} if "at" in change else change
    told = [one.body for one in (*post(phone.token, [sent]), *post(phone.token, [sent | said]))]
    assert told == [STORED, reused(sent["id"])]
    assert Scan.objects.count() == 1


def test_everybody_is_told_of_their_own_scans(
    phone: Registered, other: Registered, point: Point, now: datetime
) -> None:
    bad = [str(id_at(now)) for _ in range(30)]
    sent = [
        (
            (phone, other)[at % 2].token,
            [scan(point.code, now) for _ in range(at)] + [scan("000000001", now, id=bad[at])],
        )
        for at in range(30)
    ]
    told = [one.body for one in post_all(sent)]
    unknown = [[{"id": one, "code": "point_unknown"}] for one in bad]
    assert [one["refused"] for one in told] == unknown
    assert [one["stored"] for one in told] == list(range(30))
    assert Scan.objects.count() == sum(range(30))


def test_a_scan_sent_again_after_its_number_was_proved_is_a_duplicate(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    post(phone.token, [sent])
    kept = a_neighbour().pk
    absorb(absorbed=Scan.objects.get().person_id, kept=kept, at=now)
    give_to(phone, kept)
    assert post(phone.token, [sent])[0].body == DUPLICATE


def test_a_scan_sent_again_by_a_phone_that_was_given_on_is_a_duplicate(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    post(phone.token, [sent])
    give_to(phone, a_neighbour().pk)
    assert post(phone.token, [sent])[0].body == DUPLICATE


def test_a_scan_sent_again_after_its_point_was_merged_is_a_duplicate(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    post(phone.token, [sent])
    other = a_point("Chợ mẫu mới")
    Point.objects.filter(pk=point.pk).update(merged_into=other, state=State.CLOSED)
    assert post(phone.token, [sent])[0].body == DUPLICATE
