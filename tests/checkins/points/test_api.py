"""Phones register points by the API."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT, NUMBER, a_device, sent_code
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import Kind
from vungxanh.people import actions
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Residence
from vungxanh.protocol.places import links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
BODY = {
    "id": "0192a8c0-0000-7000-8000-000000000001",
    "kind": "restaurant",
    "name": "Quán Mẫu Bến Sông",
    "unit": QUY_NHON,
    "entrances": [{"label": "Cổng sau"}, {"label": "Phòng 2", "kind": "room"}],
    "hours": "24/7",
    "capacity": 40,
}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment at which the phones of these tests are young."""
    monkeypatch.setattr("vungxanh.core.clock.now", lambda: AT)


@pytest.fixture
def token() -> str:
    """The token of a phone with a proved number."""
    device, token = a_device()
    by = viewer_of(device)
    actions.ask_code(device=device, phone=NUMBER, network="", by=by, at=AT)
    home = Residence("vn-2021:21586")
    actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=AT)
    return token


def post(token: str, body: dict[str, Any] | str) -> HttpResponse:
    """What the API answers to a phone."""
    text = body if isinstance(body, str) else json.dumps(body)
    client = Client(headers={"authorization": f"Bearer {token}"} if token else {})
    reply = client.post("/api/v1/points", text, content_type="application/json")
    assert isinstance(reply, HttpResponse)
    return reply


def test_a_phone_registers_a_point_and_gets_what_hangs_at_the_door(token: str) -> None:
    reply = post(token, BODY)
    assert reply.status_code == 201
    told = json.loads(reply.content)
    point = Point.objects.get(code=told["code"])
    assert (point.name, point.contact_phone, told["state"]) == (BODY["name"], NUMBER, "registered")
    link = links.read(told["url"], public_keys(), site="http://testserver")
    assert (link.place.short_code, link.place.entrance) == (point.code, 0)
    assert told["url"].endswith("#" + told["payload"])
    assert point.entrances.count() == 3
    assert told["poster"].startswith(f"http://testserver/toi/diem/{point.code}/")
    phone = Client(headers={"authorization": f"Bearer {token}"})
    assert phone.get(told["poster"].removeprefix("http://testserver")).content[:5] == b"%PDF-"


def test_the_same_request_is_answered_by_the_same_point(token: str) -> None:
    first, again = post(token, BODY), post(token, BODY)
    assert first.content == again.content
    assert Point.objects.count() == 1


def test_without_a_token_or_a_number_nothing_is_registered() -> None:
    assert post("", BODY).status_code == 401
    _, anonymous = a_device()
    reply = post(anonymous, BODY)
    assert (reply.status_code, json.loads(reply.content)["code"]) == (
        403,
        "checkins.number_needed",
    )
    assert not Point.objects.exists()


def test_a_point_that_may_be_there_is_answered_with_its_code(token: str) -> None:
    there = a_point("QUÁN MẪU bến sông", kind=Kind.RESTAURANT)
    reply = post(token, BODY)
    assert reply.status_code == 409
    told = json.loads(reply.content)
    assert told["code"] == "checkins.maybe_registered"
    assert there.code in told["message"].replace("-", "")
    assert post(token, {**BODY, "is_another": True}).status_code == 201


BAD: list[dict[str, object]] = [
    {"kind": "castle"},
    {"name": "12"},
    {"name": "Quán \u202eMẫu"},
    {"unit": "vn-2025:52"},
    {"hours": "x"},
    {"stay": -1},
    {"stay": 99999},
    {"capacity": 0},
    {"entrances": [{"label": "Cổng"}, {"label": "CONG"}]},
    {"entrances": [{"label": f"Phòng {n}"} for n in range(60)]},
    {"entrances": [{"label": "Cổng", "kind": "window"}]},
    {"contact_phone": "12"},
    {"id": "no uuid"},
    {"name": "a" * 5000},
]


@pytest.mark.parametrize("said", BAD, ids=[str(one)[:40] for one in BAD])
def test_what_is_wrong_is_refused_by_its_field_and_nothing_is_stored(
    token: str, said: dict[str, object]
) -> None:
    reply = post(token, {**BODY, **said})
    assert reply.status_code == 422
    told = json.loads(reply.content)
    assert told["code"]
    assert next(iter(said)) in told["field"]
    assert not Point.objects.exists()


def test_what_is_no_json_is_refused(token: str) -> None:
    assert post(token, "{").status_code in {400, 422}
    assert not Point.objects.exists()
