"""Calls by a cookie pass without a page's token where the browser says that they are our own."""

import pytest
from django.test import Client

from tests.factories.register import a_device
from vungxanh.accounts.actions import devices as enrolling
from vungxanh.accounts.actions.room_devices import invite_for_room
from vungxanh.accounts.values.devices import Kind, NewDevice
from vungxanh.core import clock
from vungxanh.core.same_origin import is_same_origin
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.values.devices import COOKIE

OWN = "https://a.example"
OURS = [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]
OTHERS: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://testserver.example"},
    {"Origin": "null"},
]
CALLS = [*((said, 200) for said in OURS), *((said, 403) for said in OTHERS)]


@pytest.mark.parametrize(
    ("fetch_site", "origin", "is_ours"),
    [
        ("same-origin", "", True),
        ("same-origin", "https://b.example", True),
        ("same-site", OWN, False),
        ("", OWN, True),
        ("", OWN + ":8443", False),
        ("", "http://a.example", False),
        ("", "", False),
    ],
)
def test_only_what_a_browser_says_is_ours_is_ours(
    fetch_site: str, origin: str, is_ours: bool
) -> None:
    assert is_same_origin(fetch_site=fetch_site, origin=origin, own=OWN) is is_ours


def a_browser_of_a_door() -> Client:
    """A strict browser that was enrolled, and the call by which its token is changed."""
    new = NewDevice("Máy mẫu", Kind.PHONE, "points.keep", "vn-2025:21583")
    at = clock.now()
    link = invite_for_room(new=new, by=SYSTEM, at=at)
    client = Client(enforce_csrf_checks=True)
    client.cookies["vx_device"] = enrolling.enrol_device(code=link.code, at=at).token
    return client


def a_browser_of_a_citizen() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies[COOKIE] = a_device(clock.now())[1]
    return client


@pytest.mark.django_db
@pytest.mark.usefixtures("places_of_both_eras")
@pytest.mark.parametrize(("said", "status"), CALLS)
def test_a_keeper_s_browser_calls_from_our_pages_alone(said: dict[str, str], status: int) -> None:
    client = a_browser_of_a_door()
    assert client.post("/api/v1/staff-devices/me/token", headers=said).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "status"), CALLS)
def test_a_citizen_s_browser_calls_from_our_pages_alone(said: dict[str, str], status: int) -> None:
    client = a_browser_of_a_citizen()
    reply = client.post(
        "/api/v1/devices/me/visits/remove",
        {"ids": []},
        content_type="application/json",
        headers=said,
    )
    assert reply.status_code == status
