"""Passkeys: enrolled, shown after the password or alone, and what a made-up answer meets."""

import html
import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.passkeys import PRESENT, Device
from tests.factories.people import PASSWORD, Answer, Colleague, Person
from vungxanh.accounts.queries import factor_rows, factors_of
from vungxanh.audit.models import AuditEvent
from vungxanh.messaging.models import Message

HERE: dict[str, Any] = {"headers": {"host": "localhost"}}
ENROL = "/tai-khoan/buoc-hai/khoa/"
ALONE = "/dang-nhap/khoa/"
STEP = "/dang-nhap/buoc-hai/"
NAME = "Máy của tôi"


def options_in(answer: Answer) -> str:
    found = re.search(r'data-vx-options="([^"]+)"', answer.content.decode())
    assert found
    return html.unescape(found[1])


def asked_alone(client: Client) -> str:
    return str(json.loads(client.get(ALONE, **HERE).content)["options"])


def enrolled(person: Colleague, counter: int = 0) -> Device:
    """A device with a passkey of the person."""
    device = Device(counter=counter)
    person.client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD}, **HERE)
    options = options_in(person.client.get(ENROL, **HERE))
    person.client.post(ENROL, {"name": NAME, "answer": device.made(options)}, **HERE)
    return device


def test_passkey_is_enrolled_with_its_name(officer: Colleague) -> None:
    enrolled(officer)
    assert [row.name for row in factor_rows(officer.staff)] == [NAME]
    assert factors_of(officer.staff).n_recovery_left == 10
    assert NAME not in str(Authenticator.objects.get(type="webauthn").data)


def test_passkey_signs_in_alone(officer: Colleague) -> None:
    device, client = enrolled(officer), Client()
    answer = client.post(ALONE, {"answer": device.shown(asked_alone(client))}, **HERE)
    assert answer["Location"] == "/"
    assert client.get("/tai-khoan/", **HERE).status_code == 200
    assert client.session["vx_factor"] == "passkey"
    assert AuditEvent.objects.get(event="accounts.signed_in").detail == {"factor": "passkey"}


def test_passkey_is_the_second_step_after_the_password(officer: Colleague) -> None:
    device, client = enrolled(officer), Client()
    client.post("/dang-nhap/", {"email": officer.email, "password": PASSWORD}, **HERE)
    options = options_in(client.get(STEP, **HERE))
    answer = client.post(STEP, {"answer": device.shown(options)}, **HERE)
    assert answer.status_code == 302
    assert client.session["vx_factor"] == "passkey"


def test_answer_is_good_for_one_question(officer: Colleague) -> None:
    device, client = enrolled(officer), Client()
    answer = device.shown(asked_alone(client))
    client.post(ALONE, {"answer": answer}, **HERE)
    client.post("/dang-xuat/", **HERE)
    asked_alone(client)
    client.post(ALONE, {"answer": answer}, **HERE)
    assert client.get("/tai-khoan/", **HERE).status_code == 302


@pytest.mark.parametrize(
    "deceit",
    [
        pytest.param({"flags": PRESENT}, id="holder not verified by the device"),
        pytest.param({"flags": 0}, id="nobody present"),
        pytest.param({"origin": "https://elsewhere.example"}, id="asked by another site"),
    ],
)
def test_answer_that_proves_too_little_is_refused(
    officer: Colleague, deceit: dict[str, object]
) -> None:
    device, client = enrolled(officer), Client()
    answer = device.shown(asked_alone(client), **deceit)  # type: ignore[arg-type]
    client.post(ALONE, {"answer": answer}, **HERE)
    assert client.get("/tai-khoan/", **HERE).status_code == 302
    refused = AuditEvent.objects.get(event="accounts.factor_refused")
    assert refused.subject == officer.viewer.id


def enters(device: Device, counter: int) -> bool:
    """Whether a browser enters by the passkey alone, its counter at this number."""
    client = Client()
    device.counter = counter
    client.post(ALONE, {"answer": device.shown(asked_alone(client))}, **HERE)
    return client.get("/tai-khoan/", **HERE).status_code == 200


def test_copied_passkey_is_refused_recorded_and_told(officer: Colleague) -> None:
    device = enrolled(officer, counter=3)
    assert [n for n in (4, 9, 9, 8, 0, 10) if enters(device, n)] == [4, 9, 10]
    seen = AuditEvent.objects.filter(event="accounts.passkey_copied").order_by("sequence")
    assert [one.detail for one in seen] == [{"known": 9, "shown": n} for n in (9, 8, 0)]
    assert {one.subject for one in seen} == {officer.viewer.id}
    told = Message.objects.filter(kind="accounts.passkey_copied")
    assert {one.to for one in told} == {officer.email}


def test_count_of_the_enrolment_is_the_first_that_must_be_passed(officer: Colleague) -> None:
    device = enrolled(officer, counter=3)
    assert (enters(device, 3), enters(device, 4)) == (False, True)


def test_passkey_that_counts_nothing_enters_again_and_again(officer: Colleague) -> None:
    device = enrolled(officer)
    assert [enters(device, 0), enters(device, 0)] == [True, True]
    assert not AuditEvent.objects.filter(event="accounts.passkey_copied").exists()


def test_passkey_of_one_does_not_open_the_account_of_another(
    officer: Colleague, other_officer: Colleague
) -> None:
    device, theirs, client = enrolled(officer), enrolled(other_officer), Client()
    device.user_handle = theirs.user_handle
    client.post(ALONE, {"answer": device.shown(asked_alone(client))}, **HERE)
    assert client.get("/tai-khoan/", **HERE).status_code == 302


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"id":"a","rawId":"a","type":"public-key","response":{}}',
        '{"id":"a","rawId":"a","type":"public-key","response":{"userHandle":"!!"}}',
        '{"id":"a","rawId":"a","type":"public-key","response":{"userHandle":{"a":1}}}',
        '{"id":1,"rawId":2,"type":3,"response":4}',
        "x" * 20_000,
    ],
    ids=[
        "empty",
        "cut",
        "list",
        "object",
        "no parts",
        "no handle",
        "deep",
        "numbers",
        "too long",
    ],
)
def test_made_up_answer_is_refused(outsider: Person, db: None, answer: str) -> None:
    asked_alone(outsider.client)
    reply = outsider.client.post(ALONE, {"answer": answer}, **HERE)
    assert reply["Location"] == "/dang-nhap/?next="
    assert AuditEvent.objects.get(event="accounts.factor_refused").subject == "unknown"


@pytest.mark.parametrize("part", ["authenticatorData", "signature", "clientDataJSON"])
def test_damaged_answer_is_refused(officer: Colleague, part: str) -> None:
    device, client = enrolled(officer), Client()
    said = json.loads(device.shown(asked_alone(client)))
    said["response"][part] = said["response"][part][:8]
    client.post(ALONE, {"answer": json.dumps(said)}, **HERE)
    assert client.get("/tai-khoan/", **HERE).status_code == 302


@pytest.mark.parametrize("part", ["attestationObject", "clientDataJSON"])
def test_damaged_passkey_is_not_kept(officer: Colleague, part: str) -> None:
    officer.client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD}, **HERE)
    said = json.loads(Device().made(options_in(officer.client.get(ENROL, **HERE))))
    said["response"][part] = said["response"][part][:20]
    reply = officer.client.post(ENROL, {"name": NAME, "answer": json.dumps(said)}, **HERE)
    assert reply.status_code == 422
    assert not factors_of(officer.staff).is_any


def test_failures_of_passkeys_wait_for_the_address_and_lock_nobody_out(
    officer: Colleague,
) -> None:
    device, client = enrolled(officer), Client()
    for _ in range(31):
        asked_alone(client)
        client.post(ALONE, {"answer": "{}"}, **HERE)
    late = client.post(ALONE, {"answer": device.shown(asked_alone(client))}, **HERE)
    assert late["Location"].startswith("/dang-nhap/")
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    ok = elsewhere.post(ALONE, {"answer": device.shown(asked_alone(elsewhere))}, **HERE)
    assert ok["Location"] == "/"


def test_passkey_is_renamed_and_removed(officer: Colleague) -> None:
    enrolled(officer)
    (row,) = factor_rows(officer.staff)
    officer.client.post(f"/tai-khoan/buoc-hai/{row.id}/ten/", {"name": "Khóa bạc"}, **HERE)
    assert [one.name for one in factor_rows(officer.staff)] == ["Khóa bạc"]
    officer.client.post(f"/tai-khoan/buoc-hai/{row.id}/bo/", **HERE)
    assert factor_rows(officer.staff) == []


def test_by_a_number_the_page_says_why_there_are_no_passkeys(outsider: Person) -> None:
    page = outsider.client.get("/dang-nhap/", headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "trình duyệt gắn khóa với một tên" in page
    assert 'href="http://localhost:8000/dang-nhap/"' in page
    assert "data-vx-passkey=" not in page
