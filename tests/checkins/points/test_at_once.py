"""The same point asked for at the same instant, by one phone or by two people."""

import json
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.factories.owners import ENTRY, an_owner
from tests.factories.register import a_device, sent_code
from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode
from vungxanh.checkins.values.points import Whose
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Residence
from vungxanh.refusals import RefusalError

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
AT_ONCE = 4
NOT_FOR_EVER = 60  # seconds
BODY: dict[str, object] = {
    "id": "0192a8c0-0000-7000-8000-000000000001",
    "kind": "restaurant",
    "name": "Quán Mẫu Bến Sông",
    "unit": ENTRY.unit,
    "entrances": [{"label": "Cổng sau"}],
}


def together(acts: list[Callable[[], object]]) -> list[object]:
    """What acts answered that began at one instant, each on a connection of its own."""
    start, answers = threading.Barrier(len(acts), timeout=NOT_FOR_EVER), list[object]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            answers.append(act())
        except RefusalError as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(NOT_FOR_EVER)
    assert len(answers) == len(acts)
    return answers


def a_token() -> str:
    """The token of a phone with a proved number."""
    at = clock.now()
    device, token = a_device(at)
    by = viewer_of(device)
    actions.ask_code(device=device, phone="0912 000 001", network="", by=by, at=at)
    home = Residence("vn-2021:21586")
    actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=at)
    return token


def posted(token: str, body: dict[str, object]) -> tuple[int, str, str]:
    """What the API answers: status, what it refuses by, and the point's code."""
    client = Client(headers={"authorization": f"Bearer {token}"})
    reply = client.post("/api/v1/points", json.dumps(body), content_type="application/json")
    told = json.loads(reply.content)
    is_made = reply.status_code == 201
    return reply.status_code, "" if is_made else told["code"], told["code"] if is_made else ""


def test_one_request_sent_several_times_at_once_is_one_point() -> None:
    token = a_token()
    answers = together([lambda: posted(token, BODY)] * AT_ONCE)
    point = Point.objects.get()
    assert answers == [(201, "", point.code)] * AT_ONCE
    assert (Entrance.objects.count(), PointCode.objects.count()) == (2, 2)
    assert PointChange.objects.count() == 1


def test_requests_of_a_phone_for_one_place_at_once_are_one_point() -> None:
    token = a_token()
    answers = together([lambda: posted(token, {**BODY, "id": None})] * AT_ONCE)
    made = (201, "", Point.objects.get().code)
    refused = (409, "checkins.maybe_registered", "")
    assert sorted(answers, key=str) == [made, *[refused] * (AT_ONCE - 1)]


def test_two_people_who_ask_for_one_place_at_once_are_told_of_each_other() -> None:
    """Whoever comes second is asked whether it is the same."""
    owners = [an_owner(), an_owner("+84912000009")]
    at = clock.now()
    acts = [
        lambda person=person, by=by: (
            register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=at).pk
        )
        for person, by in owners
    ]
    answers = together(
        [*acts, lambda: register_point(entry=ENTRY, whose=Whose(), by=SYSTEM, at=at).pk]
    )
    assert sorted(map(str, answers)) == sorted(
        [str(Point.objects.get().pk), *["checkins.maybe_registered"] * 2]
    )


def test_two_places_of_one_name_that_are_two_are_both_registered_at_once() -> None:
    person, by = an_owner()
    asked, at = Asked(is_another=True), clock.now()
    together(
        [lambda: register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=at, asked=asked).pk]
        * 2
    )
    assert Point.objects.count() == 2
