"""Bodies that tell of others, bodies of keepers, and the cookie of a page of ours."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from tests.checkins.intake.calls import Answer, as_sent, call, post, post_all, scan
from tests.factories import loops
from tests.factories.points import a_point
from tests.factories.register import a_neighbour
from vungxanh.accounts.actions import devices as enrolling
from vungxanh.accounts.values.devices import Granted
from vungxanh.checkins.actions.door_devices import end_door_device, invite_door_device
from vungxanh.checkins.api.visits import visits_app
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.scans import Means
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Device, Person
from vungxanh.people.values import Origin
from vungxanh.people.values.devices import Registered

pytestmark = pytest.mark.django_db(transaction=True)
CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, Quy Nhơn|01052021"
OFFICER = Viewer(id="system:test", name="", capabilities=frozenset({"points.manage"}))
STORED = {"stored": 1, "duplicate": 0, "refused": []}


@pytest.fixture
def door(point: Point) -> Granted:
    return enrolled(point)


def enrolled(point: Point) -> Granted:
    at = datetime.now(UTC)
    link = invite_door_device(point=point, entrance=0, name="Máy mẫu", by=OFFICER, at=at)
    return enrolling.enrol_device(code=link.code, at=at)


def of(kind: str, value: str = "") -> dict[str, Any]:
    return {"subject": {"kind": kind, "value": value}}


def sent_with(body: bytes, token: str = "", **said: str) -> Answer:
    async def run() -> Answer:
        app = visits_app()
        headers = {name.replace("_", "-"): value for name, value in said.items()}
        answer = await call(app, token, body, said=headers)
        await app.close()
        return answer

    return loops.run(run())


def test_a_phone_tells_of_itself_and_of_whom_it_brings_in_one_body(
    phone: Registered, point: Point, now: datetime
) -> None:
    body = [
        scan(point.code, now),
        scan(point.code, now, **of("companion", "+1")),
        scan(point.code, now, **of("phone", "0912345678")),
        scan("000000000", now),
    ]
    (answer,) = post(phone.token, body)
    refused = [
        {"id": body[2]["id"], "code": "subject_not_allowed"},
        {"id": body[3]["id"], "code": "point_unknown"},
    ]
    assert answer.body == {"stored": 2, "duplicate": 0, "refused": refused}
    holder = Device.objects.get(pk=phone.id).person_id
    along = Person.objects.get(origin=Origin.COMPANION)
    assert along.guardian_id == holder
    assert set(Scan.objects.values_list("person_id", flat=True)) == {holder, along.pk}
    (again,) = post(phone.token, body)
    assert again.body == {"stored": 0, "duplicate": 2, "refused": refused}


def test_a_keeper_s_device_tells_of_those_whom_it_reads(
    door: Granted, point: Point, now: datetime
) -> None:
    read = scan(point.code, now, means="keeper", **of("vn.cccd", CARD))
    elsewhere = scan(a_point("Chợ khác").code, now, means="keeper", **of("vn.cccd", CARD))
    own = scan(point.code, now, means="keeper")
    (answer,) = post(door.token, [read, elsewhere, own])
    refused = [{"id": one["id"], "code": "subject_not_allowed"} for one in (elsewhere, own)]
    assert answer.body == {"stored": 1, "duplicate": 0, "refused": refused}
    row = Scan.objects.get()
    assert (row.device_id, row.means, row.point_id) == (door.device_id, Means.KEEPER, point.pk)
    assert Person.objects.get(pk=row.person_id).origin == Origin.DOOR


def test_a_device_that_was_taken_away_is_out_with_its_next_body(
    door: Granted, point: Point, now: datetime
) -> None:
    body = as_sent([scan(point.code, now, means="keeper", **of("phone", "0912345678"))])

    async def run() -> list[Answer]:
        app = visits_app()
        first = await call(app, door.token, body)
        await asyncio.to_thread(end, door, point)
        answers = [first, await call(app, door.token, body)]
        await app.close()
        return answers

    first, second = loops.run(run())
    assert first.body == STORED
    assert (second.status, second.body["code"]) == (401, "checkins.no_sender")


def end(door: Granted, point: Point) -> None:
    end_door_device(point=point, device_id=door.device_id, by=OFFICER, at=datetime.now(UTC))
    connections.close_all()


def test_doors_that_read_one_card_at_once_begin_one_person(
    point: Point, now: datetime, door: Granted
) -> None:
    other = enrolled(point)
    card, along = of("vn.cccd", CARD), {"subject": {"kind": "companion", "value": "+1"}}
    along["subject"] |= {"of": card["subject"]}
    bodies = [
        (one.token, [scan(point.code, now, means="keeper", **said) for said in (card, along)])
        for one in (door, other) * 4
    ]
    told = [one.body for one in post_all(bodies)]
    assert told == [{"stored": 2, "duplicate": 0, "refused": []}] * 8
    assert sorted(Person.objects.values_list("origin", flat=True)) == ["companion", "door"]


@pytest.mark.parametrize("token", ["vxd_", "vxd_0196f0a0000070008000000000000000_x", "vxd_x_y"])
def test_what_is_no_keeper_s_token_is_refused(token: str, point: Point, now: datetime) -> None:
    (answer,) = post(token, [scan(point.code, now)])
    assert (answer.status, answer.body["code"]) == (401, "checkins.no_sender")


@pytest.mark.parametrize(
    "said",
    [
        {"sec_fetch_site": "same-origin"},
        {"origin": "http://a.example", "host": "a.example"},
    ],
)
def test_a_page_of_ours_sends_by_its_cookie(
    phone: Registered, point: Point, now: datetime, said: dict[str, str]
) -> None:
    cookie = f"theme=dark; vx_phone={phone.token}; x=y"
    answer = sent_with(as_sent([scan(point.code, now)]), cookie=cookie, **said)
    assert (answer.status, answer.body) == (200, STORED)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": "http://a.example", "host": "a.example"},
        {"sec_fetch_site": "none"},
        {"origin": "http://b.example", "host": "a.example"},
        {"origin": "https://a.example", "host": "a.example"},
        {"origin": "null", "host": "a.example"},
    ],
)
def test_no_other_page_sends_by_it(
    phone: Registered, point: Point, now: datetime, said: dict[str, str]
) -> None:
    answer = sent_with(as_sent([scan(point.code, now)]), cookie=f"vx_phone={phone.token}", **said)
    assert (answer.status, answer.body["code"]) == (401, "checkins.no_sender")
    assert Scan.objects.count() == 0


def test_a_page_of_ours_without_the_cookie_is_nobody(point: Point, now: datetime) -> None:
    body = as_sent([scan(point.code, now)])
    answer = sent_with(body, cookie="vx_phone2=a", sec_fetch_site="same-origin")
    assert answer.status == 401


def test_a_holder_who_turned_out_to_be_somebody_else_is_that_for_those_who_come_along(
    phone: Registered, point: Point, now: datetime
) -> None:
    """Whose a phone is lies in memory for a minute; that person may be gone."""
    kept = a_neighbour().pk

    def join() -> None:
        Device.objects.filter(pk=phone.id).update(person_id=kept)
        Person.objects.exclude(pk=kept).delete()
        connections.close_all()

    async def run() -> list[Answer]:
        app, alone = visits_app(), [scan(point.code, now)]
        first = await call(app, phone.token, as_sent(alone))
        await asyncio.to_thread(join)
        along = [scan(point.code, now), scan(point.code, now, **of("companion", "+1"))]
        second = await call(app, phone.token, as_sent(along))
        await app.close()
        return [first, second]

    assert [one.body["stored"] for one in loops.run(run())] == [1, 2]
    assert Person.objects.get(companion=1).guardian_id == kept
