"""A citizen sees, takes along, agrees, asks and deletes; officers answer; auditors read proofs."""

import pytest
from django.test import Client

from tests.factories.people import Colleague
from tests.factories.register import AT, TRAN_PHU, a_device, sent_code
from vungxanh.accounts.actions import load_purposes, look
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Consent, ErasureProof, Person, PersonRequest
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Residence
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NUMBER = "+84912000077"


@pytest.fixture
def citizen() -> Client:
    """The browser of somebody who proved a number."""
    at = clock.now()
    device, token = a_device(at)
    by = viewer_of(device)
    actions.ask_code(device=device, phone=NUMBER, network="", by=by, at=at)
    home = Residence(TRAN_PHU)
    actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=at)
    client = Client()
    client.cookies[COOKIE] = token
    return client


def followed() -> None:
    standing = NewStanding(Person.objects.get().pk, Class.CONTACT, AT, None, "case:x")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)


def test_what_is_kept_is_told_with_its_end_and_its_reason(citizen: Client) -> None:
    page = citizen.get("/toi/luu-giu/").content.decode()
    assert "Số điện thoại" in page
    assert "Tin đã gửi cho bạn" in page
    assert "Giữ đến hết" in page


def test_who_looked_is_told_by_office_and_purpose_and_never_by_name(
    citizen: Client, officer: Colleague
) -> None:
    load_purposes(by=SYSTEM, at=clock.now())
    look(
        viewer=officer.viewer,
        purpose="tracing",
        resource="person",
        subject=str(Person.objects.get()),
        at=clock.now(),
    )
    page = citizen.get("/toi/ai-da-xem/").content.decode()
    assert "Truy vết và báo cho người tiếp xúc" in page
    assert "91/2025/QH15" in page
    assert officer.viewer.name not in page


def test_a_copy_is_never_kept_by_anything_between(citizen: Client) -> None:
    assert citizen.get("/toi/tai-ve/")["Cache-Control"].find("no-store") >= 0


def test_a_consent_is_given_and_withdrawn_by_a_press(citizen: Client) -> None:
    said = {"purpose": "messages", "version": "1"}
    citizen.post("/toi/dong-y/", {**said, "act": "give"})
    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    citizen.post("/toi/dong-y/", {**said, "act": "withdraw"})
    assert Consent.objects.filter(withdrawn_at=None).count() == 0


def test_nothing_is_ticked_beforehand(citizen: Client) -> None:
    assert "checked" not in citizen.get("/toi/dong-y/").content.decode()
    assert "checked" not in citizen.get("/toi/yeu-cau/").content.decode()


def test_a_request_is_sent_and_read_back(citizen: Client) -> None:
    citizen.post("/toi/yeu-cau/", {"kind": "correct", "words": "Sai tên đệm"})
    assert PersonRequest.objects.get().words == "Sai tên đệm"
    assert "Sai tên đệm" in citizen.get("/toi/yeu-cau/").content.decode()


def test_deletion_asks_for_the_word_first(citizen: Client) -> None:
    answer = citizen.post("/toi/xoa/", {"word": "ừ"})
    assert (answer.status_code, Person.objects.count()) == (422, 1)


def test_deletion_is_carried_out_at_once_and_shows_its_proof(citizen: Client) -> None:
    assert "Sẽ xóa hẳn" in citizen.get("/toi/xoa/").content.decode()
    answer = citizen.post("/toi/xoa/", {"word": "xóa"})
    assert Person.objects.count() == 0
    assert str(ErasureProof.objects.get().pk) in answer.content.decode()
    assert citizen.get("/toi/").status_code == 302


def test_who_is_followed_up_is_led_to_a_request(citizen: Client) -> None:
    followed()
    assert "Gửi yêu cầu xóa" in citizen.get("/toi/xoa/").content.decode()
    assert citizen.post("/toi/xoa/", {"word": "XOA"}).status_code == 409
    assert Person.objects.count() == 1


def test_an_officer_opens_a_request_for_its_purpose_and_answers(
    citizen: Client, officer: Colleague
) -> None:
    load_purposes(by=SYSTEM, at=clock.now())
    citizen.post("/toi/yeu-cau/", {"kind": "correct", "words": "Sai tên đệm"})
    address = f"/nguoi/yeu-cau/{PersonRequest.objects.get().pk}/"
    assert address in officer.client.get("/nguoi/yeu-cau/").content.decode()
    assert "Sai tên đệm" in officer.client.get(address).content.decode()
    officer.client.post(address, {"act": "answer", "words": "Sẽ sửa"})
    assert "Sẽ sửa" in citizen.get("/toi/yeu-cau/").content.decode()
    assert "own_request" not in citizen.get("/toi/ai-da-xem/").content.decode()


def test_an_auditor_reads_the_proofs(citizen: Client, auditor: Colleague) -> None:
    citizen.post("/toi/xoa/", {"word": "XOA"})
    page = auditor.client.get("/xoa/").content.decode()
    assert str(ErasureProof.objects.get().pk) in page
    assert "còn mở được đến khi hủy khóa" in page
