"""What phones fetch to check codes without a network, and what a code leads to."""

from base64 import urlsafe_b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from tests.factories.points import a_point, code_of
from vungxanh.checkins.actions.merging import merge_points
from vungxanh.checkins.models import Entrance
from vungxanh.checkins.values.door import MISS_COSTS
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.core import clock, limits
from vungxanh.core.limits.listed import GUESSES
from vungxanh.core.viewer import SYSTEM
from vungxanh.protocol.places import payloads, short_codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
KEYS = "/api/v1/points/keys"
NETWORK = "203.0.113.77"


def test_a_phone_proves_a_code_with_the_keys_it_fetched() -> None:
    payload = code_of(a_point(at=clock.now())).payload
    reply = Client().get(KEYS)
    fetched = {
        bytes.fromhex(one["id"]): Ed25519PublicKey.from_public_bytes(
            urlsafe_b64decode(one["public"] + "=")
        )
        for one in reply.json()["keys"]
    }
    assert payloads.read(payload, fetched).verified is True
    assert reply["Cache-Control"] == "public, max-age=3600"


def test_a_code_leads_to_the_point_with_its_entrances() -> None:
    point = a_point("Quán mẫu", kind=Kind.RESTAURANT, address="12 đường Mẫu")
    Entrance.objects.create(point=point, number=2, label="Cổng sau")
    Entrance.objects.create(point=point, number=3, label="Cổng cũ", closed_at=clock.now())
    assert Client().get(f"/api/v1/points/{point.code}/door").json() == {
        "code": point.code,
        "shown": short_codes.shown(point.code),
        "name": "Quán mẫu",
        "kind": "Quán ăn, quán nước",
        "address": "12 đường Mẫu, Phường Quy Nhơn, Tỉnh Gia Lai",
        "state": "approved",
        "stay_minutes": 60,
        "entrances": [{"number": 2, "label": "Cổng sau"}],
    }


def test_the_code_may_be_typed_as_people_type_it() -> None:
    point = a_point("Chợ mẫu")
    typed = short_codes.shown(point.code).lower()
    assert Client().get(f"/api/v1/points/{typed}/door").json()["code"] == point.code


def test_a_point_that_does_not_live_says_so() -> None:
    point = a_point(state=State.SUSPENDED)
    assert Client().get(f"/api/v1/points/{point.code}/door").json()["state"] == "suspended"


def test_the_code_of_a_merged_point_leads_to_the_one_that_was_kept() -> None:
    kept, gone = a_point("Chợ Đầm"), a_point("Chợ Cũ")
    merge_points(kept=kept, merged=gone, reason="Một chợ", by=SYSTEM, at=clock.now())
    told = Client().get(f"/api/v1/points/{gone.code}/door").json()
    assert (told["code"], told["name"], told["state"]) == (gone.code, "Chợ Đầm", "approved")


@pytest.mark.parametrize("code", ["khong-co", short_codes.written(123_456_789)])
def test_the_code_of_nobody_is_missing(code: str) -> None:
    assert Client().get(f"/api/v1/points/{code}/door").status_code == 404


def test_whoever_tries_codes_is_soon_refused_also_where_one_is_right() -> None:
    limits.start_anew()
    point, client = a_point(), Client(REMOTE_ADDR=NETWORK)
    n_misses = GUESSES.of_address // MISS_COSTS + GUESSES.of_address // 8
    codes = [short_codes.written(number) for number in range(n_misses)]
    answers = {client.get(f"/api/v1/points/{code}/door").status_code for code in codes}
    assert answers == {404, 429}
    assert client.get(f"/api/v1/points/{point.code}/door").status_code == 429
