"""A phone takes back what it sent itself, within ten minutes, and nothing else."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.checkins.intake.calls import id_at
from tests.factories.points import a_point
from tests.factories.register import a_device
from vungxanh.checkins.models import Point, Scan, StaleDay
from vungxanh.core import clock
from vungxanh.core.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
REMOVE = "/api/v1/devices/me/visits/remove"


def sent(device_id: UUID, point: Point, *, minutes: int = 0) -> Scan:
    at = clock.now() - timedelta(minutes=minutes)
    return Scan.objects.create(
        id=id_at(at),
        person_id=7,
        point_id=point.pk,
        entrance=0,
        direction=0,
        means=0,
        at=at,
        received_at=at,
        device_id=device_id,
        flags=0,
    )


def remove(token: str, *ids: object) -> tuple[int, object]:
    reply = Client().post(
        REMOVE,
        {"ids": [str(one) for one in ids]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return reply.status_code, reply.json()


def test_a_phone_takes_back_what_it_just_sent_and_its_day_is_written_again() -> None:
    device, token = a_device(clock.now())
    scan = sent(device.pk, a_point())
    assert remove(token, scan.pk) == (200, {"removed": 1})
    assert not Scan.objects.exists()
    assert StaleDay.objects.exists()
    assert remove(token, scan.pk) == (200, {"removed": 0})


def test_older_visits_those_of_other_phones_and_unknown_ones_stay() -> None:
    device, token = a_device(clock.now())
    point = a_point()
    kept = [sent(device.pk, point, minutes=11), sent(new_id(), point)]
    assert remove(token, new_id(), *(one.pk for one in kept)) == (200, {"removed": 0})
    assert Scan.objects.count() == 2


def test_more_than_a_body_of_visits_is_refused() -> None:
    _, token = a_device(clock.now())
    status, _ = remove(token, *(new_id() for _one in range(101)))
    assert status == 422


def test_who_shows_no_phone_removes_nothing() -> None:
    scan = sent(new_id(), a_point())
    assert Client().post(REMOVE, {"ids": [str(scan.pk)]}).status_code == 401
    assert Scan.objects.exists()


@pytest.mark.parametrize(
    ("fetch_site", "status", "left"), [("same-origin", 200, 0), ("cross-site", 403, 1)]
)
def test_by_its_cookie_only_a_page_of_this_site_takes_a_visit_back(
    fetch_site: str, status: int, left: int
) -> None:
    device, token = a_device(clock.now())
    scan = sent(device.pk, a_point())
    client = Client(enforce_csrf_checks=True)
    client.cookies["vx_phone"] = token
    reply = client.post(
        REMOVE,
        {"ids": [str(scan.pk)]},
        content_type="application/json",
        headers={"Sec-Fetch-Site": fetch_site},
    )
    assert (reply.status_code, Scan.objects.count()) == (status, left)
