"""What gateways report later, and how long texts lie."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from tests.messaging.gateway import (
    NOON,
    PHONE,
    REFUSED,
    otp,
    posted,
    sms,
    texts,
    ways,
)
from vungxanh.audit.models import AuditEvent
from vungxanh.messaging import actions
from vungxanh.messaging.apps import MessagingConfig
from vungxanh.messaging.gateways import Handed, MemorySmsGateway, Outcome, Receipt, ShortMessage
from vungxanh.messaging.models import EarlyReceipt, Message
from vungxanh.messaging.models.message import WORDS_KEPT
from vungxanh.messaging.queries.overdue import overdue
from vungxanh.messaging.rules import TEXT_KEPT, Channel, State
from vungxanh.messaging.values import Instead, NewMessage

pytestmark = pytest.mark.django_db
STORED = 'SELECT "to", subject, text, "values", instead_to FROM messaging_message WHERE id = %s'
SECRETS = (b"482913", b"900000001", "xác nhận".encode(), b"xac nhan")


def report(message: Message, state: Outcome = Outcome.DELIVERED) -> int:
    """A delivery report on a message that the memory gateway took."""
    receipt = Receipt(f"memory-{message.id}", state, NOON, "x")
    return actions.take_receipts(receipts=[receipt], at=NOON + timedelta(minutes=1))


def left(message: NewMessage) -> Message:
    """A message that the gateway took."""
    made = posted(message)
    actions.deliver(at=NOON, ways=ways())
    made.refresh_from_db()
    return made


def row(message: Message) -> dict[str, bytes | None]:
    """What lies in the sealed columns."""
    with connection.cursor() as cursor:
        cursor.execute(STORED, [message.id])
        found = cursor.fetchone()
    named = ("to", "subject", "text", "values", "instead_to")
    return {
        name: None if one is None else bytes(one) for name, one in zip(named, found, strict=True)
    }


def test_a_delivered_message_says_so_and_its_words_are_gone() -> None:
    message = left(otp())
    before = row(message)
    assert before["text"]
    assert before["values"]
    assert not any(secret in b"".join(filter(None, before.values())) for secret in SECRETS)
    assert report(message) == 1
    after = row(message)
    assert (after["subject"], after["text"], after["values"]) == (None, None, None)
    assert after["to"]
    message.refresh_from_db()
    assert (message.state, message.n_parts, message.template) == ("delivered", 1, "people.otp")
    assert message.ended_at == NOON
    assert message.reported_at == NOON + timedelta(minutes=1)
    assert AuditEvent.objects.filter(event="messaging.delivered").count() == 1


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.EXPIRED])
def test_an_undelivered_message_goes_the_other_way(outcome: Outcome) -> None:
    first = left(otp(instead=Instead(Channel.OA, PHONE)))
    assert report(first, outcome) == 1
    first.refresh_from_db()
    assert (first.state, first.problem) == (State.UNDELIVERED, outcome.value)
    assert row(first)["instead_to"] is None
    assert Message.objects.get(instead_of=first.id).channel == Channel.OA


def test_the_same_report_twice_and_one_on_nothing_say_nothing() -> None:
    message = left(sms())
    assert report(message) == 1
    assert report(message, Outcome.FAILED) == 0
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    unknown = Receipt("nobody", Outcome.DELIVERED, NOON)
    assert actions.take_receipts(receipts=[unknown], at=NOON) == 0
    assert AuditEvent.objects.filter(event="messaging.delivered").count() == 1


def test_a_report_that_is_faster_than_the_note_of_sending_is_not_lost() -> None:
    waiting = posted(sms())

    class Fast(MemorySmsGateway):
        def send(self, message: ShortMessage) -> Handed:
            report(waiting)
            return Handed(f"memory-{waiting.id}", 1)

    actions.deliver(at=NOON, ways=replace(ways(), sms=Fast()))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.text) == (State.DELIVERED, "")
    assert not EarlyReceipt.objects.exists()


def test_reports_on_nothing_are_forgotten_after_two_days() -> None:
    unknown = Receipt("nobody", Outcome.DELIVERED, NOON)
    actions.take_receipts(receipts=[unknown, unknown], at=NOON)
    assert actions.forget_reports(at=NOON + timedelta(days=2)) == 0
    assert actions.forget_reports(at=NOON + timedelta(days=2, seconds=1)) == 1


def test_words_of_a_mail_are_gone_once_it_went() -> None:
    message = left(NewMessage("test.kind", "ai-do@donvi.example", "Tiêu đề", "Lời", "staff:x"))
    assert (row(message)["subject"], row(message)["text"]) == (None, None)


def test_words_without_a_report_are_gone_after_two_days() -> None:
    message = left(sms())
    assert actions.erase_texts(at=NOON + TEXT_KEPT - timedelta(seconds=1)) == 0
    assert row(message)["text"]
    assert actions.erase_texts(at=NOON + TEXT_KEPT) == 1
    assert row(message)["text"] is None
    assert WORDS_KEPT.period == TEXT_KEPT


def test_a_night_s_purge_counts_words_past_their_time_and_takes_them() -> None:
    message, room = left(sms()), apps.get_app_config("messaging")
    assert isinstance(room, MessagingConfig)
    assert overdue(NOON + TEXT_KEPT - timedelta(seconds=1))["messaging_message"] == 0
    assert overdue(NOON + TEXT_KEPT)["messaging_message"] == 1
    room.purge(NOON + TEXT_KEPT)
    assert (overdue(NOON + TEXT_KEPT)["messaging_message"], row(message)["text"]) == (0, None)


def test_a_code_that_failed_is_gone_at_once_and_another_message_after_two_days() -> None:
    code, other = posted(otp()), posted(sms())
    actions.deliver(at=NOON, ways=ways(REFUSED, REFUSED))
    assert (row(code)["text"], row(code)["values"]) == (None, None)
    assert row(other)["text"]
    actions.erase_texts(at=NOON + TEXT_KEPT)
    assert row(other)["text"] is None


def test_words_that_wait_are_kept_as_long_as_they_wait() -> None:
    message = posted(sms())
    assert actions.erase_texts(at=NOON + timedelta(days=400)) == 0
    way = ways()
    actions.deliver(at=NOON, ways=way)
    assert texts(way) == [message.text]
