"""A browser registers itself: anonymous, once, its token in a cookie that no script reads."""

import pytest
from django.test import Client

from vungxanh.people.models import Device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
HERE = "/api/v1/devices/here"


def test_a_browser_gets_its_token_in_a_cookie_and_is_known_by_it() -> None:
    client = Client()
    reply = client.post(HERE, {}, "application/json")
    cookie = reply.cookies["vx_phone"]
    assert (reply.status_code, reply.content) == (204, b"")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.get("/toi/").status_code == 200
    assert Device.objects.get().platform == "web"


def test_a_browser_that_is_known_is_not_registered_twice() -> None:
    client = Client()
    client.post(HERE, {"language": "en"}, "application/json")
    again = client.post(HERE, {}, "application/json")
    assert (again.status_code, "vx_phone" in again.cookies) == (204, False)
    assert [one.language for one in Device.objects.all()] == ["en"]


def test_another_language_is_taken_for_vietnamese() -> None:
    Client().post(HERE, {"language": "x" * 50}, "application/json")
    assert Device.objects.get().language == "vi"
