"""The owner's page of devices, and keeping a point with the browser at hand."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.points import a_point
from tests.factories.register import a_device, sent_code
from vungxanh.checkins.actions.keeping import name_keeper
from vungxanh.checkins.models import DoorDevice, Entrance, Point
from vungxanh.checkins.queries.door_devices import door_of, kept_by_token
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Residence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
OWNER, KEEPER = "+84912000001", "+84912000031"


def a_browser(number: str) -> tuple[Client, int]:
    at = clock.now()
    device, token = a_device(at)
    by = viewer_of(device)
    actions.ask_code(device=device, phone=number, network="", by=by, at=at)
    home = Residence("vn-2025:21583")
    person = actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=at)
    client = Client()
    client.cookies[COOKIE] = token
    return client, person.pk


@pytest.fixture
def owner() -> tuple[Client, int]:
    return a_browser(OWNER)


@pytest.fixture
def point(owner: tuple[Client, int]) -> Point:
    row = a_point()
    Entrance.objects.create(point=row, number=1, label="Cổng sau")
    row.owner_id = owner[1]
    row.save()
    return row


def test_the_owner_makes_a_code_the_device_takes_it_and_keeps_the_point(
    owner: tuple[Client, int], point: Point
) -> None:
    client, page = owner[0], f"/toi/diem/{point.code}/may/"
    empty = client.get(page).content.decode()
    assert "Chưa có máy nào trực" in empty
    shown = client.post(page, {"name": "Máy cổng sau", "entrance": "1"}).content.decode()
    code = re.search(r"data-vx-code>([A-Z2-7 ]+)<", shown)
    assert code is not None
    device = Client()
    reply = device.post(reverse("device-enrol"), {"code": code[1]})
    assert reply.status_code == 302
    kept = kept_by_token(device.cookies["vx_device"].value, clock.now())
    assert kept is not None
    door = door_of(kept[0])
    assert door is not None
    assert (door.code, door.entrance_label) == (point.code, "Cổng sau")
    assert "/truc/" in device.get(reverse("device-own")).content.decode()
    assert "Đang dùng" in client.get(page).content.decode()


def test_the_owner_ends_a_device_at_once(owner: tuple[Client, int], point: Point) -> None:
    client = owner[0]
    client.post(f"/toi/diem/truc/{point.code}/may/")
    token = client.cookies["vx_device"].value
    assert kept_by_token(token, clock.now()) is not None
    device = DoorDevice.objects.get()
    reply = client.post(f"/toi/diem/{point.code}/may/{device.pk}/go/")
    assert reply.status_code == 302
    assert kept_by_token(token, clock.now()) is None


def test_a_keeper_keeps_with_the_browser_at_hand(point: Point) -> None:
    name_keeper(point=point, who=KEEPER, by=SYSTEM, at=clock.now())
    client, _ = a_browser(KEEPER)
    assert "Dùng máy này để trực" in client.get(f"/toi/diem/truc/{point.code}/").content.decode()
    reply = client.post(f"/toi/diem/truc/{point.code}/may/")
    assert (reply.status_code, reply.headers["Location"]) == (302, "/truc/")
    cookie = client.cookies["vx_device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    kept = kept_by_token(cookie.value, clock.now())
    assert kept is not None
    assert kept[1] == {point.pk}


@pytest.mark.parametrize("said", [{"name": ""}, {"name": "x" * 61}, {"name": "a", "entrance": "9"}])
def test_what_does_not_fit_is_said_at_its_field(
    owner: tuple[Client, int], point: Point, said: dict[str, str]
) -> None:
    reply = owner[0].post(f"/toi/diem/{point.code}/may/", said)
    assert reply.status_code == 422
    assert DoorDevice.objects.count() == 0


def test_a_stranger_finds_no_such_point(point: Point) -> None:
    client, _ = a_browser(KEEPER)
    for address in (f"/toi/diem/{point.code}/may/", f"/toi/diem/truc/{point.code}/may/"):
        assert client.post(address, {"name": "a"}).status_code == 404
    assert client.get(f"/toi/diem/{point.code}/may/").status_code == 404
    assert DoorDevice.objects.count() == 0


def test_a_closed_point_takes_no_device(owner: tuple[Client, int], point: Point) -> None:
    Point.objects.filter(pk=point.pk).update(state=State.CLOSED)
    assert "không thêm máy được" in owner[0].get(f"/toi/diem/{point.code}/may/").content.decode()
    reply = owner[0].post(f"/toi/diem/{point.code}/may/", {"name": "a"})
    assert reply.status_code == 422
    assert owner[0].post(f"/toi/diem/truc/{point.code}/may/").status_code == 422
