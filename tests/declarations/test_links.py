"""Declared for somebody by an officer, or by themselves through a link of an SMS, once."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.declarations.paper_scene import in_use
from tests.factories.people import AN_NHON, Colleague, employed
from tests.factories.register import AT, TRAN_PHU, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.linking import digest_of
from vungxanh.declarations.models import Declaration, DeclarationLink
from vungxanh.messaging.models import Message
from vungxanh.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ASKED = {"purpose": "tracing", "form": "daily"}
WHO = {"q-gender": "male", "q-nationality": "VN", "q-address": "12 Lê Lợi", "q-phone": "0912000002"}
WELL = {
    **WHO,
    "q-signs": "none",
    "q-contact_case": "false",
    "q-contact_country": "false",
    "q-contact_ill": "false",
    "q-been": "false",
    "agree": "1",
}
KEYED = {
    "q-phone": "0912000002",
    "q-gender": "1",
    "q-nationality": "vn",
    "q-address": "12 Lê Lợi",
    "q-signs": "0",
    "q-contact_case": "0",
    "q-contact_country": "0",
    "q-contact_ill": "0",
    "q-been": "0",
}


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        in_use("daily-1")
        yield


@pytest.fixture
def officer() -> Colleague:
    return employed("officer", Role("commune_officer"), TRAN_PHU)


@pytest.fixture
def person() -> Person:
    return a_neighbour(birth="1985", phone="0912000002")


def sent_link(by: Colleague, person: Person) -> str:
    """The address that an SMS brought."""
    answer = by.client.post(f"/to-khai/khai-ho/{person.pk}/lien-ket/", ASKED)
    assert answer.status_code == 302
    text = str(Message.objects.get(kind="declarations.link").text)
    found = re.search(r"/khai/l/[\w-]+/", text)
    assert found, text
    return found[0]


def test_a_link_shows_initials_and_no_name(officer: Colleague, person: Person) -> None:
    text = Client().get(sent_link(officer, person)).content.decode()
    assert "Tờ khai của" in text
    assert "Mẫu" not in text


def test_a_link_declares_once(officer: Colleague, person: Person) -> None:
    link, browser = sent_link(officer, person), Client()
    answer = browser.post(link, WELL)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    row = Declaration.objects.get()
    assert (row.person_id, row.way, row.device_id) == (person.pk, "link", None)
    again = browser.post(link, WELL)
    assert (again.status_code, Declaration.objects.count()) == (410, 1)
    assert "đã dùng" in again.content.decode()


def test_only_the_digest_of_a_link_is_kept(officer: Colleague, person: Person) -> None:
    link = sent_link(officer, person)
    row = DeclarationLink.objects.get()
    assert bytes(row.digest) == digest_of(link.split("/")[3])


def test_a_link_that_is_over_says_so(officer: Colleague, person: Person) -> None:
    link = sent_link(officer, person)
    with frozen_at(AT + timedelta(days=7)):
        answer = Client().get(link)
    assert answer.status_code == 410
    assert "quá hạn" in answer.content.decode()


def test_a_forged_link_says_so() -> None:
    answer = Client().get("/khai/l/AAAAAAAAAAAAAAAAAAAAAA/")
    assert answer.status_code == 404
    assert "không đúng" in answer.content.decode()


def test_nothing_is_kept_before_somebody_agreed(officer: Colleague, person: Person) -> None:
    answer = Client().post(sent_link(officer, person), {"q-signs": "none"})
    assert answer.status_code == 422
    assert "đồng ý" in answer.content.decode()
    assert not Declaration.objects.exists()


def test_what_is_wrong_by_a_link_is_said_and_the_link_still_opens(
    officer: Colleague, person: Person
) -> None:
    link = sent_link(officer, person)
    answer = Client().post(link, {"agree": "1"})
    assert answer.status_code == 422
    assert Client().post(link, WELL).status_code == 200


def test_another_commune_sends_nobody_a_link(person: Person) -> None:
    stranger = employed("stranger", Role("district_officer"), AN_NHON)
    for end in ("", "lien-ket/"):
        answer = stranger.client.post(f"/to-khai/khai-ho/{person.pk}/{end}", {**ASKED, "send": "1"})
        assert answer.status_code == 404
    assert not DeclarationLink.objects.exists()


def test_an_officer_declares_for_somebody(officer: Colleague, person: Person) -> None:
    page = f"/to-khai/khai-ho/{person.pk}/"
    assert "data-vx-keyed" in officer.client.post(page, ASKED).content.decode()
    answer = officer.client.post(page, {**ASKED, **KEYED, "send": "1", "agree": "1"})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    row = Declaration.objects.get()
    assert (row.person_id, row.way, row.by) == (person.pk, "officer", officer.viewer.id)
    event = AuditEvent.objects.get(event="declarations.said_for")
    assert (event.purpose, event.detail["consent"]) == ("tracing", "spoken")
    assert AuditEvent.objects.filter(event="accounts.person_seen").exists()


def test_for_somebody_who_did_not_agree_nothing_is_kept(officer: Colleague, person: Person) -> None:
    page = f"/to-khai/khai-ho/{person.pk}/"
    answer = officer.client.post(page, {**ASKED, **KEYED, "send": "1"})
    assert answer.status_code == 422
    assert not Declaration.objects.exists()


def test_somebody_is_found_by_number_paper_or_name(officer: Colleague, person: Person) -> None:
    text = officer.client.post("/to-khai/khai-ho/", {**ASKED, "text": "0912000002"}).content
    assert "Tìm thấy" in text.decode()
    assert officer.client.post("/to-khai/khai-ho/", {**ASKED, "text": ""}).status_code == 422


def test_without_a_purpose_nobody_is_opened(officer: Colleague, person: Person) -> None:
    page = f"/to-khai/khai-ho/{person.pk}/"
    assert officer.client.post(page, {"form": "daily"}).status_code == 403
    assert officer.client.get(page).status_code == 405
