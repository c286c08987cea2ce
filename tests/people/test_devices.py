"""Citizens' devices: anonymous, known by their token alone, counted from their second day."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories.register import AT, TRAN_PHU, a_device
from vungxanh.config.limits import LimitsMiddleware
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.people import actions, queries
from vungxanh.people.gateways.phones import network_of
from vungxanh.people.models import Device, LiveCount
from vungxanh.people.queries.devices import device_with
from vungxanh.people.values.counts import Element
from vungxanh.people.values.devices import NewDevice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def installs() -> int:
    return queries.total(["", TRAN_PHU], Element.DEVICES)


def test_a_device_is_found_by_its_token_and_by_no_other() -> None:
    device, token = a_device()
    other, _ = a_device()
    found = device_with(token, AT)
    assert found is not None
    assert found.pk == device.pk != other.pk
    assert device_with(token[:-1] + ("A" if token[-1] != "A" else "B"), AT) is None
    assert device_with("vxc_", AT) is None


def test_the_token_does_not_lie_in_the_database() -> None:
    device, token = a_device()
    row = Device.objects.filter(pk=device.pk).values().get()
    assert token.split("_")[2] not in str(row)


def test_a_device_of_one_day_is_no_install() -> None:
    device, _ = a_device()
    actions.note_seen(device=device, at=AT + timedelta(hours=3))
    assert installs() == 0


def test_a_device_seen_on_a_second_day_is_one_install_however_often_it_is_seen() -> None:
    device, _ = a_device()
    actions.note_seen(device=device, at=AT + timedelta(days=1))
    stale = Device.objects.get(pk=device.pk)
    actions.note_seen(device=device, at=AT + timedelta(days=2))
    stale.second_day_on = None
    actions.note_seen(device=stale, at=AT + timedelta(days=2))
    assert installs() == 1


def test_an_ended_device_no_longer_opens_and_no_longer_counts() -> None:
    device, token = a_device()
    actions.note_seen(device=device, at=AT + timedelta(days=1))
    actions.end_device(device_id=device.pk, by=SYSTEM, at=AT + timedelta(days=1))
    actions.end_device(device_id=device.pk, by=SYSTEM, at=AT + timedelta(days=1))
    assert device_with(token, AT + timedelta(days=1)) is None
    assert installs() == 0


def test_a_device_that_fell_silent_for_half_a_year_no_longer_opens() -> None:
    _, token = a_device()
    assert device_with(token, AT + timedelta(days=180)) is not None
    assert device_with(token, AT + timedelta(days=181)) is None


def test_registering_answers_a_token_that_opens_own_calls_and_nothing_of_staff() -> None:
    client = Client()
    reply = client.post("/api/v1/devices", {"platform": "web"}, "application/json")
    assert reply.status_code == 201
    header = {"Authorization": f"Bearer {reply.json()['token']}"}
    seen = client.post("/api/v1/devices/me/seen", {}, "application/json", headers=header)
    assert seen.status_code == 204
    assert client.get("/api/v1/staff-devices/me", headers=header).status_code == 401
    assert client.get("/tai-khoan/", headers=header).status_code == 302


def test_a_call_without_a_token_is_told_to_register() -> None:
    reply = Client().post("/api/v1/devices/me/seen", {}, "application/json")
    assert reply.status_code == 401
    assert reply.json()["code"] == "core.phone_needed"


def test_an_unknown_platform_is_refused_and_nothing_is_stored() -> None:
    reply = Client().post("/api/v1/devices", {"platform": "toaster"}, "application/json")
    assert reply.status_code == 422
    assert reply.json()["code"] == "people.bad_platform"
    assert not Device.objects.exists()


def test_what_the_app_says_of_its_bluetooth_is_kept_with_its_time() -> None:
    device, token = a_device(clock.now())
    header = {"Authorization": f"Bearer {token}"}
    body = {"bluetooth": False}
    Client().post("/api/v1/devices/me/seen", body, "application/json", headers=header)
    device.refresh_from_db()
    assert device.bluetooth is False
    assert device.bluetooth_at is not None


def test_counts_are_sums_of_their_parts() -> None:
    LiveCount.objects.create(unit=TRAN_PHU, element=Element.DEVICES, part=1, n=3)
    LiveCount.objects.create(unit=TRAN_PHU, element=Element.DEVICES, part=2, n=-1)
    assert queries.live_counts([TRAN_PHU]) == {(TRAN_PHU, "devices"): 2}


def test_codes_are_counted_by_the_network_that_a_call_comes_from_whatever_its_headers_say() -> None:
    passed = LimitsMiddleware(lambda request: HttpResponse(network_of(request)))
    headers = {"vx.network": "198.51.100.1", "VX-Network": "198.51.100.1"}
    call = RequestFactory().post("/", headers=headers, REMOTE_ADDR="203.0.113.131")
    assert passed(call).content == b"203.0.113.131"


def test_a_form_sent_twice_lets_in_one_device_with_one_token() -> None:
    form, device = new_id(), NewDevice("web")
    first, second = (
        actions.register_device_once(device=device, form=form, secret="s", by=PUBLIC, at=AT)
        for _press in range(2)
    )
    assert (first.id, first.token) == (second.id, second.token)
    assert Device.objects.count() == 1
    found = device_with(first.token, AT)
    assert found is not None
    assert found.pk == first.id


def test_another_form_or_another_browser_is_another_device() -> None:
    form, device = new_id(), NewDevice("web")
    said = [(form, "a"), (form, "b"), (new_id(), "a")]
    tokens = {
        actions.register_device_once(device=device, form=one, secret=secret, by=PUBLIC, at=AT).token
        for one, secret in said
    }
    assert len(tokens) == 3
