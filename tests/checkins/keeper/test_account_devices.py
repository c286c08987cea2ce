"""Devices of a door on pages of accounts: owners, keepers, organisations, officers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON, a_point
from vungxanh.accounts.rules import Role
from vungxanh.checkins.actions.keeping import end_keeper, name_keeper
from vungxanh.checkins.models import DoorDevice, Point, PointKeeper
from vungxanh.checkins.queries.door_devices import door_of, kept_by_token
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


@pytest.fixture
def point() -> Point:
    return a_point(at=clock.now())


@pytest.fixture
def account(point: Point) -> Colleague:
    found = employed("owner", Role("point_owner"), QUY_NHON)
    name_keeper(point=point, who=found.email, by=SYSTEM, at=clock.now())
    return found


def enrolled(shown: str) -> str:
    """The token of a device that takes the code of a page."""
    code = re.search(r"data-vx-code>([A-Z2-7 ]+)<", shown)
    assert code is not None
    device = Client()
    device.post(reverse("device-enrol"), {"code": code[1]})
    return device.cookies["vx_device"].value


def test_an_account_gives_its_point_a_device_and_takes_it_away(
    account: Colleague, point: Point
) -> None:
    page = f"/diem/cua-toi/{point.pk}/"
    client = account.client
    assert page in client.get("/diem/cua-toi/").content.decode()
    assert "Chưa có máy nào trực" in client.get(page).content.decode()
    token = enrolled(client.post(page, {"name": "Máy cổng", "entrance": "0"}).content.decode())
    kept = kept_by_token(token, clock.now())
    assert kept is not None
    assert kept[1] == {point.pk}
    assert "Đang dùng" in client.get(page).content.decode()
    reply = client.post(f"{page}may/{kept[0]}/go/", follow=True)
    assert "Đã gỡ máy." in reply.content.decode()
    assert kept_by_token(token, clock.now()) is None


def test_what_an_account_enrolled_ends_with_its_right(account: Colleague, point: Point) -> None:
    page = f"/diem/cua-toi/{point.pk}/"
    token = enrolled(account.client.post(page, {"name": "Máy cổng"}).content.decode())
    end_keeper(point=point, keeper_id=PointKeeper.objects.get().pk, by=SYSTEM, at=clock.now())
    assert kept_by_token(token, clock.now()) is None
    assert account.client.get(page).status_code == 404


def test_an_account_keeps_its_point_with_the_machine_at_hand(
    account: Colleague, point: Point
) -> None:
    page = f"/diem/cua-toi/{point.pk}/"
    assert "Dùng máy này để trực" in account.client.get(page).content.decode()
    reply = account.client.post(f"{page}truc/")
    assert reply["Location"] == reverse("checkins-keep")
    kept = kept_by_token(account.client.cookies["vx_device"].value, clock.now())
    assert kept is not None
    assert kept[1] == {point.pk}


def test_an_account_of_another_point_keeps_nothing_with_its_machine(point: Point) -> None:
    stranger = employed("stranger", Role("point_owner"), QUY_NHON)
    reply = stranger.client.post(f"/diem/cua-toi/{point.pk}/truc/")
    assert reply.status_code == 404
    assert "vx_device" not in stranger.client.cookies


def test_an_officer_of_the_area_gives_a_point_a_device_and_another_area_s_does_not(
    point: Point,
) -> None:
    page = f"/diem/{point.pk}/may/"
    officer = employed("officer", Role("commune_officer"), QUY_NHON)
    token = enrolled(officer.client.post(page, {"name": "Máy của xã"}).content.decode())
    kept = kept_by_token(token, clock.now())
    assert kept is not None
    assert door_of(kept[0]) is not None
    stranger = employed("stranger", Role("commune_officer"), "vn-2025:21553")
    assert stranger.client.get(page).status_code == 404
    assert stranger.client.post(f"{page}may/{kept[0]}/go/").status_code == 404
    assert kept_by_token(token, clock.now()) is not None


def test_an_account_of_another_point_reaches_no_device(account: Colleague, point: Point) -> None:
    other = a_point("Chợ khác", at=clock.now())
    page = f"/diem/cua-toi/{other.pk}/"
    assert account.client.get(page).status_code == 404
    assert account.client.post(page, {"name": "Máy"}).status_code == 404
    assert not DoorDevice.objects.exists()


def test_a_device_without_a_name_and_a_point_that_is_closed_are_refused_in_words(
    account: Colleague, point: Point
) -> None:
    page = f"/diem/cua-toi/{point.pk}/"
    nameless = account.client.post(page, {"name": " "})
    assert nameless.status_code == 422
    assert "Điền ô này." in nameless.content.decode()
    point.state = State.CLOSED
    point.save()
    closed = account.client.post(page, {"name": "Máy"})
    assert closed.status_code == 422
    assert "Điểm không hoạt động nên không thêm máy được." in closed.content.decode()
    assert not DoorDevice.objects.exists()
