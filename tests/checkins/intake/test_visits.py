"""What a phone sends is kept once, or refused by name; nothing half stored."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.checkins.intake.calls import call, id_at, post, scan
from tests.factories import loops
from tests.factories.points import a_point
from vungxanh.checkins.actions.person_visits import visits_of_person
from vungxanh.checkins.api.visits import VisitsApp, visits_app
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.scans import ScanFlag
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import Device
from vungxanh.people.values.devices import Registered
from vungxanh.protocol.places import short_codes

pytestmark = pytest.mark.django_db(transaction=True)


def told(
    stored: int = 0, duplicate: int = 0, *, refused: Mapping[str, str] | None = None
) -> dict[str, Any]:
    listed = [{"id": one, "code": code} for one, code in (refused or {}).items()]
    return {"stored": stored, "duplicate": duplicate, "refused": listed}


def test_a_scan_is_kept_as_it_was_sent(phone: Registered, point: Point, now: datetime) -> None:
    sent = scan(short_codes.shown(point.code).lower(), now, direction="out")
    (answer,) = post(phone.token, [sent])
    assert (answer.status, answer.body) == (200, told(stored=1))
    assert answer.headers["cache-control"] == "no-store"
    row = Scan.objects.get()
    person = Device.objects.get(pk=phone.id).person_id
    assert (str(row.id), row.point_id, row.person_id) == (sent["id"], point.pk, person)
    assert (row.direction, row.means, row.entrance, row.at) == (1, 0, 0, now)
    assert row.received_at >= now
    assert (row.device_id, row.flags) == (phone.id, 0)


def test_a_repeated_scan_is_a_duplicate_and_never_a_second_visit(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    assert post(phone.token, [sent, sent])[0].body == told(stored=1, duplicate=1)
    assert post(phone.token, [sent], [sent])[0].body == told(duplicate=1)
    assert Scan.objects.count() == 1


def test_an_identifier_of_another_scan_is_refused(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now)
    post(phone.token, [sent])
    (answer,) = post(phone.token, [{**sent, "direction": "out"}])
    assert answer.body == told(refused={sent["id"]: "id_reused"})
    assert Scan.objects.get().direction == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "017f22e2-79b0-4cc3-98c4-dc0c0c07398f"}, "id_version"),
        ({"point": "7K3M-Q9XD-0"}, "point_unknown"),
        ({"point": "không phải mã"}, "point_unknown"),
        ({"subject": {"kind": "phone", "value": "0912345678"}}, "subject_not_allowed"),
        ({"means": "keeper"}, "subject_not_allowed"),
    ],
)
def test_a_scan_that_cannot_be_is_refused_and_hinders_no_other(
    phone: Registered, point: Point, now: datetime, change: dict[str, Any], code: str
) -> None:
    good, bad = scan(point.code, now), scan(point.code, now) | change
    (answer,) = post(phone.token, [bad, good])
    assert answer.body == told(stored=1, refused={bad["id"]: code})
    assert [str(one) for one in Scan.objects.values_list("id", flat=True)] == [good["id"]]


@pytest.mark.parametrize(
    ("of_id", "of_at", "code"),
    [
        (timedelta(minutes=-11), timedelta(), "id_time_mismatch"),
        (timedelta(days=-31), timedelta(days=-31), "time_out_of_range"),
        (timedelta(days=1, minutes=1), timedelta(days=1, minutes=1), "time_out_of_range"),
    ],
)
def test_times_that_cannot_be_are_refused(
    phone: Registered,
    point: Point,
    now: datetime,
    of_id: timedelta,
    of_at: timedelta,
    code: str,
) -> None:
    sent = scan(point.code, now + of_at, id=str(id_at(now + of_id)))
    assert post(phone.token, [sent])[0].body == told(refused={sent["id"]: code})


@pytest.mark.parametrize(
    ("of_at", "flag"),
    [
        (timedelta(days=-2), ScanFlag.LATE),
        (timedelta(hours=2), ScanFlag.AHEAD),
        (timedelta(minutes=-9), ScanFlag(0)),
    ],
)
def test_late_and_early_clocks_are_kept_with_both_times_and_flagged(
    phone: Registered, point: Point, now: datetime, of_at: timedelta, flag: ScanFlag
) -> None:
    post(phone.token, [scan(point.code, now + of_at)])
    row = Scan.objects.get()
    assert (row.at, ScanFlag(row.flags)) == (now + of_at, flag)
    assert abs(row.received_at - now) < timedelta(minutes=5)


def test_a_closed_point_and_an_unknown_entrance_are_flagged(
    phone: Registered, now: datetime, places_of_both_eras: None
) -> None:
    closed = a_point("Chợ đã đóng", state=State.CLOSED)
    post(phone.token, [scan(closed.code, now, entrance=7)])
    both = ScanFlag.POINT_CLOSED | ScanFlag.ENTRANCE_UNKNOWN
    assert ScanFlag(Scan.objects.get().flags) == both


def test_a_merged_point_lives_as_the_other_and_its_scans_lie_as_sent(
    phone: Registered, point: Point, now: datetime
) -> None:
    other = a_point("Chợ mẫu cũ", state=State.CLOSED)
    Point.objects.filter(pk=other.pk).update(merged_into=point)
    post(phone.token, [scan(other.code, now)])
    row = Scan.objects.get()
    assert (row.point_id, row.flags) == (other.pk, 0)
    assert {place for place, *_ in visits_of_person(row.person_id)} == {point.pk}


@pytest.mark.parametrize("token", ["", "vxc_x_y", "vxc_" + "0" * 32 + "_" + "A" * 43])
def test_without_a_token_that_opens_nothing_is_kept(
    point: Point, now: datetime, token: str
) -> None:
    (answer,) = post(token, [scan(point.code, now)])
    assert (answer.status, answer.body["code"]) == (401, "checkins.no_sender")
    assert not Scan.objects.exists()


def test_a_device_that_ended_opens_nothing(phone: Registered, point: Point, now: datetime) -> None:
    actions.end_device(device_id=phone.id, by=SYSTEM, at=now)
    assert post(phone.token, [scan(point.code, now)])[0].status == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"visits": [{"id": 7}]}',
        b"\xff\xfe",
    ],
)
def test_a_body_of_another_shape_is_refused_whole(phone: Registered, body: bytes) -> None:
    (answer,) = post(phone.token, body)
    assert (answer.status, answer.body["code"]) == (400, "checkins.scan_form")
    assert answer.body["where"]


def test_a_time_without_its_offset_is_refused_whole(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = scan(point.code, now) | {"at": now.replace(tzinfo=None).isoformat()}
    (answer,) = post(phone.token, [sent])
    assert (answer.status, "visits[0].at" in answer.body["where"]) == (400, True)


def test_a_body_larger_than_its_cap_is_refused(phone: Registered) -> None:
    (answer,) = post(phone.token, b" " * (64 * 1024 + 1))
    assert (answer.status, answer.body["code"]) == (413, "checkins.scans_too_large")


def test_a_person_without_number_has_one_number_for_all_their_scans(
    phone: Registered, point: Point, now: datetime
) -> None:
    post(phone.token, *([scan(point.code, now)] for _ in range(5)))
    persons = set(Scan.objects.values_list("person_id", flat=True))
    assert len(persons) == 1
    assert Device.objects.get(pk=phone.id).person_id in persons


def test_whoever_tries_many_tokens_waits(point: Point, now: datetime) -> None:
    body = json.dumps({"visits": [scan(point.code, now)]}).encode()

    async def statuses() -> list[int]:
        made = visits_app()
        app = VisitsApp(replace(made.intake, now=lambda: 0))  # nothing refills meanwhile
        wrong = "vxc_" + "0" * 32 + "_" + "A" * 43
        found = [(await call(app, wrong, body)).status for _ in range(125)]
        await app.close()
        return found

    assert loops.run(statuses()) == [401] * 121 + [429] * 4
