"""Pages of posters: one at once, many in a job, for who may."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories.owners import an_owner, owned
from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.poster_pictures import sheets
from tests.factories.register import a_device
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions import printing
from vungxanh.checkins.models import Point, PosterJob
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.core import clock
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device
from vungxanh.protocol.places import short_codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
LIST = "/diem/bang-ma/"
ASKED = {"form": "a4", "language": "vi", "copies": "1"}


@pytest.fixture(autouse=True)
def address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.PUBLIC_ADDRESS", "https://vungxanh.example")


def test_officer_prints_one_poster_and_it_is_in_the_log(officer: Colleague) -> None:
    point = a_point()
    response = officer.client.get(f"/diem/{point.pk}/bang-ma.pdf?co=a5&nn=en&ban=2")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    event = AuditEvent.objects.get(event="checkins.poster_printed")
    assert (event.by, event.subject) == (officer.viewer.id, f"point:{point.pk}")
    assert event.detail == {"form": "a5", "copies": 2, "entrance": 0}


@pytest.mark.parametrize("is_invented", [True, False])
def test_poster_of_an_invented_point_says_so(officer: Colleague, *, is_invented: bool) -> None:
    point = a_point()
    Point.objects.filter(pk=point.pk).update(is_invented=is_invented)
    response = officer.client.get(f"/diem/{point.pk}/bang-ma.pdf?co=a4&nn=vi")
    said = sheets(response.content)[0].get_textpage().get_text_bounded()
    assert ("không có thật" in said.casefold()) is is_invented


def test_officer_of_elsewhere_finds_no_poster(other_officer: Colleague) -> None:
    point = a_point()
    assert other_officer.client.get(f"/diem/{point.pk}/bang-ma.pdf").status_code == 404


@pytest.mark.parametrize("said", ["co=a0", "nn=fr", "ban=0", "ban=21", "ban=x", "cua=-1"])
def test_poster_of_no_known_kind_is_not_there(officer: Colleague, said: str) -> None:
    point = a_point()
    assert officer.client.get(f"/diem/{point.pk}/bang-ma.pdf?{said}").status_code == 404


def test_suspended_point_has_no_poster_and_the_sentence_says_what_to_do(officer: Colleague) -> None:
    point = a_point(state=State.SUSPENDED)
    response = officer.client.get(f"/diem/{point.pk}/bang-ma.pdf")
    assert response.status_code == 422
    assert "Mở lại điểm" in response.content.decode()


def test_job_is_asked_for_by_filter_and_its_zip_taken(officer: Colleague) -> None:
    a_point("Chợ mẫu")
    a_point("Quán mẫu", kind=Kind.RESTAURANT)
    a_point("Quán nghỉ", kind=Kind.RESTAURANT, state=State.SUSPENDED)
    response = officer.client.post(LIST, {**ASKED, "kind": "restaurant"})
    job = PosterJob.objects.get()
    assert response["Location"] == reverse("checkins-poster_job", args=[job.pk])
    assert job.n_all == 1
    waiting = officer.client.get(response["Location"]).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert officer.client.get(f"{LIST}{job.pk}/bang-ma.zip").status_code == 404
    printing.print_waiting()
    done = officer.client.get(response["Location"]).content.decode()
    assert 'http-equiv="refresh"' not in done
    taken = officer.client.get(f"{LIST}{job.pk}/bang-ma.zip")
    content = taken.getvalue()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert len([name for name in names if "Quán mẫu" in name]) == 1
    assert AuditEvent.objects.filter(event="checkins.posters_taken").count() == 1


def test_job_is_asked_for_by_codes_as_people_type_them(officer: Colleague) -> None:
    one, other = a_point("Chợ 1"), a_point("Chợ 2")
    a_point("Chợ 3")
    typed = f"{short_codes.shown(one.code).lower()}\n{other.code}\n{one.code}"
    officer.client.post(LIST, {**ASKED, "codes": typed})
    assert PosterJob.objects.get().n_all == 2


def test_mistyped_and_foreign_codes_are_named(officer: Colleague) -> None:
    wrong = officer.client.post(LIST, {**ASKED, "codes": "ABCD-EFGH-J"})
    assert wrong.status_code == 422
    assert "ABCD-EFGH-J" in wrong.content.decode()
    unknown = short_codes.shown(short_codes.written(7))
    nobody = officer.client.post(LIST, {**ASKED, "codes": unknown})
    assert unknown in nobody.content.decode()
    assert not PosterJob.objects.exists()


def test_filter_that_finds_nothing_says_so_and_keeps_what_was_typed(officer: Colleague) -> None:
    response = officer.client.post(LIST, {**ASKED, "text": "không có"})
    page = response.content.decode()
    assert "Không có điểm nào đang hoạt động" in page
    assert 'value="không có"' in page


@pytest.mark.parametrize("copies", ["0", "21", "nhiều", ""])
def test_copies_are_a_number_up_to_twenty(officer: Colleague, copies: str) -> None:
    a_point()
    response = officer.client.post(LIST, {**ASKED, "copies": copies})
    assert response.status_code == 422
    assert not PosterJob.objects.exists()


def test_job_is_cancelled_by_its_asker_and_by_nobody_else(
    officer: Colleague, province_officer: Colleague
) -> None:
    a_point()
    officer.client.post(LIST, ASKED)
    job = PosterJob.objects.get()
    address = f"{LIST}{job.pk}/"
    assert province_officer.client.get(address).status_code in {403, 404}
    assert province_officer.client.post(f"{address}huy/").status_code in {403, 404}
    assert officer.client.post(f"{address}huy/")["Location"] == address
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert "đã bị hủy" in officer.client.get(address).content.decode()


def test_list_of_printings_says_when_there_is_none_and_costs_one_query(
    officer: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Bạn chưa in lần nào" in officer.client.get(LIST).content.decode()
    a_point()
    for _ in range(3):
        officer.client.post(LIST, ASKED)
    with django_assert_max_num_queries(12):
        assert officer.client.get(LIST).content.decode().count("Chờ in") == 3


def test_owner_prints_the_poster_of_each_entrance_of_the_own_point() -> None:
    device, token = a_device(clock.now())
    owner = an_owner()
    Device.objects.filter(pk=device.pk).update(person=owner[0])
    client = Client()
    client.cookies[COOKIE] = token
    point = owned(owner)
    response = client.get(f"/toi/diem/{point.code}/bang-ma.pdf?co=a4")
    assert response.content.startswith(b"%PDF")
    assert client.get(f"/toi/diem/{a_point().code}/bang-ma.pdf").status_code == 404


def test_stranger_is_led_away(client: Client) -> None:
    point = a_point()
    for address in (LIST, f"/diem/{point.pk}/bang-ma.pdf", f"/toi/diem/{point.code}/bang-ma.pdf"):
        assert client.get(address).status_code == 302
