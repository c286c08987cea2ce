"""SMS that come in: by webhook or by poll, kept once, dealt with once, answered at most once."""

import hmac
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings as real
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.factories.people import Colleague, Person
from tests.messaging.gateway import NOON, OTHER_PHONE, PHONE, posted, sms, texts, ways
from vungxanh.audit.models import AuditEvent
from vungxanh.messaging import actions, jobs, queries
from vungxanh.messaging.gateways import CameIn, MemorySmsGateway, Outcome, Receipt
from vungxanh.messaging.models import CAME, IncomingSms, Message
from vungxanh.messaging.rules import MOST_AN_HOUR, State
from vungxanh.messaging.values import Asked, Taken, Verb
from vungxanh.refusals import RefusalError, Words

pytestmark = pytest.mark.django_db
SECRET = "bi-mat-cua-duong-gui"
OF_THE_ROOM = Words("Không có điểm nào mang mã này.", "There is no place of this code.")


class Door:
    """A room that knows the place QN0123."""

    def __init__(self) -> None:
        self.asked: list[tuple[Asked, str]] = []
        self.fault: Exception | None = None

    def __call__(
        self, *, asked: Asked, sender: str, original: object, at: datetime
    ) -> Taken | None:
        if self.fault:
            raise self.fault
        if asked.code != "QN0123":
            raise RefusalError("checkins.test_unknown", OF_THE_ROOM)
        self.asked.append((asked, sender))
        return Taken("visit:1", Words("Đã ghi giờ vào.", "You are in."))


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    made = Door()
    monkeypatch.setattr(apps.get_app_config("messaging"), "take_sms", made, raising=False)
    return made


@pytest.fixture
def broker(settings: Settings) -> Client:
    """A gateway that shares a secret with the house."""
    settings.SMS = replace(real.SMS, webhook_secret=SECRET)
    return Client()


def came(text: str, *, name: str = "1", sender: str = PHONE, at: datetime = NOON) -> int:
    one = CameIn(name, sender, "8099", text, at)
    return actions.take_in(came=[one], at=at)


def states() -> list[tuple[str, str, str]]:
    rows = IncomingSms.objects.order_by("came_at", "id")
    return list(rows.values_list("verb", "state", "problem"))


def answers() -> list[str]:
    rows = Message.objects.filter(kind="messaging.sms_answer").order_by("created_at", "id")
    return [str(one.text) for one in rows]


def call(client: Client, path: str, body: object, *, secret: str = SECRET) -> tuple[int, str]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    signature = hmac.digest(secret.encode(), raw, "sha256").hex()
    reply = client.post(
        f"/api/v1/messaging/{path}",
        raw,
        content_type="application/json",
        headers={"X-VX-Signature": signature},
    )
    return reply.status_code, reply.content.decode()


INCOMING = {
    "id": "b-1",
    "from": PHONE,
    "to": "8099",
    "text": "VAO QN0123",
    "at": "2026-11-22T05:00:00+00:00",
}


def test_a_room_takes_who_goes_in_and_the_sender_is_told(door: Door) -> None:
    assert came("vào qn-0123") == 1
    assert door.asked == [(Asked(Verb.IN, "QN0123"), PHONE)]
    assert states() == [("in", "taken", "")]
    assert answers() == ["Đã ghi giờ vào."]
    row = IncomingSms.objects.get()
    assert (row.taken_as, row.text) == ("visit:1", "")
    assert AuditEvent.objects.filter(event="messaging.sms_taken").count() == 1


def test_what_the_room_refuses_is_told_in_its_words(door: Door) -> None:
    came("RA SAI999")
    assert states() == [("out", "refused", "checkins.test_unknown")]
    assert answers() == [OF_THE_ROOM.vi]


def test_an_empty_sms_is_not_understood_and_breaks_nothing() -> None:
    came("")
    assert states() == [("unknown", "set_aside", "unknown_words")]


def test_without_a_room_it_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("checkins"), "take_sms", None)
    came("VAO QN0123")
    assert states() == [("in", "set_aside", "unknown_words")]
    assert answers() == []


def test_unknown_words_are_answered_with_those_that_are_known(door: Door) -> None:
    came("alo alo")
    assert states() == [("unknown", "set_aside", "unknown_words")]
    assert "Soan VAO va ma diem den" in answers()[0]


def test_the_same_sms_twice_is_taken_once(door: Door) -> None:
    assert (came("VAO QN0123"), came("VAO QN0123")) == (1, 0)
    assert len(door.asked) == 1


def test_stop_is_kept_to_and_taken_back() -> None:
    came("từ chối")
    assert queries.is_opted_out(PHONE)
    assert states() == [("stop", "taken", "")]
    with pytest.raises(actions.OptedOutError):
        posted(sms())
    came("STOP", name="2")
    assert len(answers()) == 1
    came("Mở lại", name="3")
    assert not queries.is_opted_out(PHONE)
    posted(sms())
    assert ["Nhan MO LAI" in answers()[0], "Nhắn STOP" in answers()[1]] == [True, True]


@pytest.mark.parametrize("form", ["844689393", "0844689393", "84844689393", "+84844689393"])
def test_stop_holds_for_the_line_whatever_form_the_provider_writes(form: str) -> None:
    came("STOP", sender=form)
    assert queries.is_opted_out("+84844689393")


def test_flood_of_one_sender_is_set_aside_and_others_are_heard(door: Door) -> None:
    for n in range(MOST_AN_HOUR + 3):
        came("VAO QN0123", name=str(n))
    assert len(door.asked) == MOST_AN_HOUR
    assert states()[-1] == ("in", "set_aside", "too_many")
    came("VAO QN0123", name="other", sender=OTHER_PHONE)
    assert door.asked[-1][1] == OTHER_PHONE
    came("STOP", name="stop")
    assert queries.is_opted_out(PHONE)


def test_answers_to_one_phone_end_with_its_day(door: Door) -> None:
    for n in range(MOST_AN_HOUR):
        came("VAO QN0123", name=str(n))
    assert len(answers()) == real.OUTGOING.most_to_one


def test_sms_that_breaks_its_room_is_dealt_with_later(door: Door) -> None:
    door.fault = KeyError("a fault of the room")
    with pytest.raises(KeyError):
        came("VAO QN0123")
    assert states() == [("", "waiting", "")]
    door.fault = None
    assert actions.take_in(came=[], at=NOON) == 0
    assert states() == [("in", "taken", "")]


def test_sender_and_text_lie_sealed_and_the_text_goes_with_the_dealing(door: Door) -> None:
    door.fault = KeyError("a fault of the room")
    with pytest.raises(KeyError):
        came("VAO QN0123")
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text, sender, text FROM messaging_incomingsms i")
        shown, sender, text = cursor.fetchone()
    stored = shown.encode() + bytes(sender) + bytes(text)
    assert not any(said in stored for said in (b"900000001", b"QN0123"))
    door.fault = None
    actions.take_in(came=[], at=NOON)
    assert IncomingSms.objects.filter(text__isnull=True).count() == 1


def test_sms_are_forgotten_after_thirty_days(door: Door) -> None:
    came("VAO QN0123")
    assert actions.forget_sms(at=NOON + CAME.period) == 0
    assert actions.forget_sms(at=NOON + CAME.period + timedelta(seconds=1)) == 1


def test_webhooks_take_what_is_signed(broker: Client, door: Door) -> None:
    assert call(broker, "incoming", INCOMING) == (200, '{"taken": 1}')
    assert call(broker, "incoming", INCOMING) == (200, '{"taken": 0}')
    assert door.asked == [(Asked(Verb.IN, "QN0123"), PHONE)]
    message = posted(sms())
    actions.deliver(at=NOON, ways=ways())
    receipt = {"id": f"memory-{message.id}", "state": "delivered", "at": "2026-11-22T05:01:00Z"}
    assert call(broker, "receipts", receipt) == (200, '{"taken": 1}')
    assert call(broker, "receipts", receipt) == (200, '{"taken": 0}')
    message.refresh_from_db()
    assert message.state == State.DELIVERED


@pytest.mark.parametrize("path", ["incoming", "receipts"])
def test_webhooks_refuse_what_is_not_signed_or_not_of_the_shape(broker: Client, path: str) -> None:
    assert call(broker, path, INCOMING, secret="khac")[0] == 401
    unsigned = broker.post(f"/api/v1/messaging/{path}", b"{}", content_type="application/json")
    assert unsigned.status_code == 401
    assert call(broker, path, {"id": "1"})[0] == 422
    assert call(broker, path, b"\xff\x00")[0] == 422
    assert not IncomingSms.objects.exists()


@pytest.mark.parametrize("path", ["incoming", "receipts"])
def test_without_a_secret_there_are_no_webhooks(path: str) -> None:
    assert call(Client(), path, INCOMING)[0] == 404


def test_the_job_asks_gateways_that_keep_things_for_us(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, way = posted(sms()), MemorySmsGateway()
    actions.deliver(at=NOON, ways=replace(ways(), sms=way))
    way.reported.append(Receipt(f"memory-{message.id}", Outcome.DELIVERED, NOON))
    way.arrived.append(CameIn("1", PHONE, "8099", "VAO QN0123", NOON))
    monkeypatch.setattr(jobs, "sms_gateway", lambda: way)
    assert jobs.poll(timestamp=0) == 2
    assert (way.reported, way.arrived) == ([], [])
    assert len(door.asked) == 1


def test_page_tells_what_became_of_sms_and_nothing_of_who_wrote_what(
    door: Door, administrator: Colleague, officer: Person
) -> None:
    came("VAO QN0123")
    came("alo alo", name="2", sender=OTHER_PHONE)
    page = administrator.client.get("/hop-thu-den/tin-nhan/").content.decode()
    assert "Không hiểu tin nhắn." in page
    assert not any(said in page for said in (PHONE, OTHER_PHONE, "QN0123", "alo"))
    assert officer.client.get("/hop-thu-den/tin-nhan/").status_code == 403


def test_an_answer_leaves_at_once_by_sms(door: Door) -> None:
    came("VAO QN0123")
    way = ways()
    actions.deliver(at=NOON, ways=way)
    assert texts(way) == ["Đã ghi giờ vào."]
