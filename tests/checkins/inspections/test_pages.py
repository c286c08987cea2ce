"""Pages of inspections: the owner reads and answers, the higher level decides, others see none."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.register import a_citizen, a_device
from vungxanh.checkins.actions.inspections import inspect_place
from vungxanh.checkins.actions.reminding import Reminding, remind_place
from vungxanh.checkins.models import Inspection, Point, Reminder, SuspensionProposal
from vungxanh.checkins.values.inspections import Finding, Place, Result
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


@pytest.fixture
def owned() -> tuple[Point, Client]:
    """A point, and the browser of its owner."""
    point, owner = a_point(), a_citizen(clock.now())
    Point.objects.filter(pk=point.pk).update(owner=owner)
    device, token = a_device(clock.now())
    Device.objects.filter(pk=device.pk).update(person=owner)
    client = Client()
    client.cookies[COOKIE] = token
    return point, client


def a_proposal(point: Point, by: str = "staff:x") -> SuspensionProposal:
    return SuspensionProposal.objects.create(
        point=point, reason="Đã nhắc 3 lần", at=clock.now(), by=by
    )


def test_the_owner_reads_what_was_found_and_answers(
    owned: tuple[Point, Client], officer: Colleague
) -> None:
    point, client = owned
    finding = Finding(Result.NO_POSTER, "Chưa treo ở cổng")
    found = inspect_place(
        place=Place(point_id=point.pk), finding=finding, by=officer.viewer, at=clock.now()
    )
    path = f"/toi/diem/{point.code}/kiem-tra/"
    assert "Chưa treo ở cổng" in client.get(path).content.decode()
    reply = client.post(path, {"lan": str(found), "words": "Đã treo lại"}, follow=True)
    assert "Đã treo lại" in reply.content.decode()
    assert Inspection.objects.get().answer == "Đã treo lại"


@pytest.mark.parametrize("told", ["", "x", "0196f0a0-0000-7000-8000-000000000000"])
def test_an_answer_to_nothing_changes_nothing(owned: tuple[Point, Client], told: str) -> None:
    point, client = owned
    reply = client.post(f"/toi/diem/{point.code}/kiem-tra/", {"lan": told, "words": "Gì đó"})
    assert reply.status_code in {404, 422}


def test_another_citizen_does_not_see_the_page(owned: tuple[Point, Client]) -> None:
    other = a_point("Chợ khác")
    assert owned[1].get(f"/toi/diem/{other.code}/kiem-tra/").status_code == 404


def test_an_officer_writes_an_inspection_and_is_led_to_the_reminder(officer: Colleague) -> None:
    point = a_point()
    path = f"/diem/kiem-tra/{point.code}/"
    reply = officer.client.post(path, {"result": "no_poster", "note": "Cổng A"})
    assert reply["Location"] == f"{path}nhac/?vi-sao=no_poster"
    due = (clock.today() + timedelta(days=2)).isoformat()
    reply = officer.client.post(f"{path}nhac/", {"result": "no_poster", "due_on": due})
    assert reply["Location"] == f"/diem/nhac/{Reminder.objects.get().pk}/"


def test_a_refused_day_stands_at_its_field_and_keeps_what_was_typed(officer: Colleague) -> None:
    path = f"/diem/kiem-tra/{a_point().code}/nhac/"
    said = {"result": "other", "due_on": clock.today().isoformat(), "note": "chữ đã gõ"}
    reply = officer.client.post(path, said)
    assert reply.status_code == 422
    shown = reply.content.decode()
    assert "Hạn sửa phải từ ngày mai" in shown
    assert "chữ đã gõ" in shown


def test_a_second_reminder_while_the_first_runs_is_told_to_wait(officer: Colleague) -> None:
    point = a_point()
    said = Reminding(Result.OTHER, clock.today() + timedelta(days=3))
    place = Place(point_id=point.pk)
    remind_place(place=place, said=said, by=officer.viewer, at=clock.now())
    shown = officer.client.get(f"/diem/kiem-tra/{point.code}/").content.decode()
    assert "Đã nhắc lần 1" in shown
    assert "Chưa hết hạn" in shown


def test_the_province_accepts_on_its_page(province_officer: Colleague) -> None:
    point = a_point()
    made = a_proposal(point)
    path = f"/diem/de-nghi/{made.pk}/"
    assert "Đồng ý tạm dừng" in province_officer.client.get(path).content.decode()
    province_officer.client.post(path, {"act": "accept", "words": "Đồng ý"})
    point.refresh_from_db()
    assert point.state == State.SUSPENDED


def test_officers_of_another_area_find_no_place_and_no_proposal(other_officer: Colleague) -> None:
    point = a_point()
    made = a_proposal(point)
    for path in (f"/diem/kiem-tra/{point.code}/", f"/diem/de-nghi/{made.pk}/"):
        assert other_officer.client.get(path).status_code == 404
    assert point.name not in other_officer.client.get("/diem/kiem-tra/").content.decode()


def test_a_code_that_nobody_has_is_missing_for_officers_too(officer: Colleague) -> None:
    assert officer.client.get("/diem/kiem-tra/000000000/").status_code == 404
    assert officer.client.get("/diem/kiem-tra/khong-co/").status_code == 404
