"""Whatever is sent is answered in the words of the contract, and nothing of it is half stored."""

import gzip
import json
from datetime import datetime
from typing import Any

import pytest

from tests.checkins.intake.calls import Answer, as_sent, call, post, scan
from tests.factories import loops
from vungxanh.checkins.api.visits import visits_app
from vungxanh.checkins.models import Point, Scan
from vungxanh.people.values.devices import Registered

pytestmark = pytest.mark.django_db(transaction=True)


def called(token: str, body: bytes, **how: Any) -> Answer:
    async def run() -> Answer:
        app = visits_app()
        answer = await call(app, token, body, **how)
        await app.close()
        return answer

    return loops.run(run())


def test_a_hundred_visits_are_taken_and_one_more_is_refused_whole(
    phone: Registered, point: Point, now: datetime
) -> None:
    sent = [scan(point.code, now) for _ in range(101)]
    (most,) = post(phone.token, sent[:100])
    (over,) = post(phone.token, sent)
    assert (most.status, most.body["stored"], over.status) == (200, 100, 400)
    assert "visits" in over.body["where"]
    assert Scan.objects.count() == 100


@pytest.mark.parametrize(
    "change",
    [
        {"entrance": -1},
        {"entrance": 256},
        {"entrance": 1.5},
        {"entrance": "1"},
        {"entrance": None},
        {"direction": "IN"},
        {"direction": 0},
        {"means": "guess"},
        {"point": "7" * 41},
        {"point": None},
        {"id": "017f22e2"},
        {"id": None},
        {"subject": {"kind": "somebody"}},
        {"subject": "self"},
        {"subject": {"kind": "self", "value": "x" * 2001}},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_field_out_of_its_range_is_named_and_nothing_is_kept(
    phone: Registered, point: Point, now: datetime, change: dict[str, Any]
) -> None:
    (answer,) = post(phone.token, [scan(point.code, now), scan(point.code, now) | change])
    (name,) = change
    assert (answer.status, answer.body["code"]) == (400, "checkins.scan_form")
    assert f"visits[1].{name}" in answer.body["where"]
    assert not Scan.objects.exists()


@pytest.mark.parametrize("entrance", [0, 255])
def test_entrances_at_the_ends_of_their_range_are_kept(
    phone: Registered, point: Point, now: datetime, entrance: int
) -> None:
    post(phone.token, [scan(point.code, now, entrance=entrance)])
    assert Scan.objects.get().entrance == entrance


@pytest.mark.parametrize("point", ["\x00", "\ud800", "7K3M\x00Q9XD0", "𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎", "٠" * 9, ""])
def test_a_code_of_odd_signs_is_no_point_or_no_text(
    phone: Registered, now: datetime, point: str
) -> None:
    sent = scan(point, now)
    (answer,) = post(phone.token, [sent])
    unknown = {
        "stored": 0,
        "duplicate": 0,
        "refused": [{"id": sent["id"], "code": "point_unknown"}],
    }
    found = answer.body if answer.status == 200 else answer.body["code"]
    assert found in (unknown, "checkins.scan_form")


DEEP = 30_000


@pytest.mark.parametrize(
    "body",
    [
        b'{"visits": [], "more": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        b"[" * 2 * DEEP,
        b'{"visits": ' * (DEEP // 10),
        gzip.compress(b'{"visits": []}'),
        '{"visits": []}'.encode("utf-16"),
        b'{"visits": []} {"visits": []}',
        b'{"visits": null}',
        b"null",
        b"\x00",
    ],
    ids=["deep", "brackets", "braces", "gzip", "utf-16", "two", "null list", "null", "nul"],
)
def test_what_is_no_body_of_visits_is_told_so(phone: Registered, body: bytes) -> None:
    (answer,) = post(phone.token, body)
    assert (answer.status, answer.body["code"]) == (400, "checkins.scan_form")
    assert answer.body["where"]


def test_of_a_name_that_is_there_twice_the_last_one_counts(
    phone: Registered, point: Point, now: datetime
) -> None:
    twice = json.dumps(scan(point.code, now))[:-1] + ', "direction": "out"}'
    (answer,) = post(phone.token, f'{{"visits": [{twice}]}}'.encode())
    assert (answer.body["stored"], Scan.objects.get().direction) == (1, 1)


def test_a_body_of_no_visits_is_answered(phone: Registered) -> None:
    assert post(phone.token, b'{"visits": []}')[0].body == {
        "stored": 0,
        "duplicate": 0,
        "refused": [],
    }


@pytest.mark.parametrize("pieces", [2, 50])
def test_a_body_in_pieces_is_kept(
    phone: Registered, point: Point, now: datetime, pieces: int
) -> None:
    assert called(phone.token, as_sent([scan(point.code, now)]), pieces=pieces).status == 200
    assert Scan.objects.count() == 1


def test_a_body_in_pieces_that_are_too_many_is_refused(phone: Registered) -> None:
    assert called(phone.token, b" " * (64 * 1024 + 1), pieces=9).status == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_told_which_one_there_is(phone: Registered, method: str) -> None:
    answer = called(phone.token, b"", method=method)
    assert (answer.status, answer.body["code"]) == (405, "checkins.only_post")
    assert answer.headers["allow"] == "POST"
