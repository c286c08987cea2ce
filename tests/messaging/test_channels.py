"""Messages by SMS, push and OA: when they leave, where they go instead, what stops them."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as real
from pytest_django import Settings

from tests.messaging.gateway import (
    CODE,
    MORNING,
    NIGHT,
    NOON,
    OTHER_PHONE,
    PHONE,
    REFUSED,
    otp,
    posted,
    sms,
    texts,
    ways,
)
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging import actions, queries
from vungxanh.messaging.gateways import (
    Handed,
    MemoryPushGateway,
    MemorySmsGateway,
    NotSentError,
    ShortMessage,
)
from vungxanh.messaging.models import Message
from vungxanh.messaging.rules import Channel, Grade, State
from vungxanh.messaging.values import Instead, NewMessage

pytestmark = pytest.mark.django_db
SUBSCRIPTION = '{"endpoint": "https://push.example/1", "keys": {"p256dh": "x", "auth": "y"}}'


def states() -> list[tuple[str, str, str]]:
    rows = Message.objects.order_by("created_at", "id")
    return list(rows.values_list("channel", "state", "problem"))


def notice(**said: object) -> NewMessage:
    """A push notice that goes by SMS when the push fails."""
    values = {"office": "Trạm mẫu", "phone": "0256 000 0000"}
    usual: dict[str, object] = {
        "kind": "test.notice",
        "to": SUBSCRIPTION,
        "channel": Channel.PUSH,
        "template": "people.notice",
        "values": values,
        "instead": Instead(Channel.SMS, PHONE),
    }
    return NewMessage(**(usual | said))  # type: ignore[arg-type]


def test_an_sms_leaves_under_its_id_in_the_form_that_costs_least() -> None:
    message, way = posted(otp()), ways()
    assert actions.deliver(at=NOON, ways=way) == 1
    assert isinstance(way.sms, MemorySmsGateway)
    sent = way.sms.sent[0]
    assert (sent.reference, sent.to, sent.is_unicode) == (str(message.id), PHONE, False)
    assert sent.text == (
        "Ma xac nhan Vung Xanh cua ban la 482913, dung trong 5 phut. "
        "Khong dua ma nay cho ai, ke ca can bo."
    )
    message.refresh_from_db()
    assert (message.state, message.provider_id) == (State.SENT, f"memory-{message.id}")


def test_every_try_carries_the_same_reference() -> None:
    message = posted(sms(grade=Grade.URGENT))
    seen: list[str] = []

    class Away(MemorySmsGateway):
        def send(self, message: ShortMessage) -> Handed:
            seen.append(message.reference)
            raise NotSentError("unreachable")

    way = replace(ways(), sms=Away())
    actions.deliver(at=NOON, ways=way)
    actions.deliver(at=NOON + timedelta(minutes=1), ways=way)
    assert seen == [str(message.id)] * 2


def test_a_way_that_is_away_keeps_no_other_way_waiting() -> None:
    posted(sms())
    posted(NewMessage("test.kind", "ai-do@donvi.example", "s", "t", "staff:x"))
    assert actions.deliver(at=NOON, ways=ways(NotSentError("unreachable"))) == 1
    assert states() == [("sms", "waiting", "unreachable"), ("mail", "sent", "")]


def test_ordinary_messages_wait_for_the_morning_and_what_was_asked_for_does_not() -> None:
    posted(sms(text="ordinary"), NIGHT)
    posted(sms(text="essential", grade=Grade.ESSENTIAL), NIGHT)
    posted(sms(text="urgent", grade=Grade.URGENT), NIGHT)
    posted(sms(text="asked", grade=Grade.ASKED), NIGHT)
    way = ways()
    actions.deliver(at=NIGHT, ways=way)
    assert texts(way) == ["urgent", "asked"]
    assert set(Message.objects.filter(state="waiting").values_list("next_at", flat=True)) == {
        MORNING
    }
    actions.deliver(at=MORNING, ways=way)
    assert texts(way)[2:] == ["essential", "ordinary"]


def test_what_is_due_by_day_and_taken_up_at_night_waits_too() -> None:
    posted(sms())
    way = ways()
    assert actions.deliver(at=NIGHT, ways=way) == 0
    assert actions.deliver(at=MORNING, ways=way) == 1


def test_mail_leaves_at_night() -> None:
    posted(NewMessage("test.kind", "ai-do@donvi.example", "s", "t", "staff:x"), NIGHT)
    assert actions.deliver(at=NIGHT, ways=ways()) == 1


def test_what_is_of_no_use_any_more_is_given_up() -> None:
    posted(otp(until=NOON + timedelta(minutes=5)))
    assert actions.deliver(at=NOON + timedelta(minutes=5), ways=ways()) == 0
    assert states() == [("sms", "given_up", "too_late")]


def test_a_push_that_fails_for_good_goes_by_sms_from_the_same_version() -> None:
    first, way = posted(notice()), ways()
    assert isinstance(way.push, MemoryPushGateway)
    way.push.failures.append(NotSentError("gone", is_final=True))
    actions.deliver(at=NOON, ways=way)
    actions.deliver(at=NOON, ways=way)
    (text,) = texts(way)
    assert text.startswith("Tram mau: ban co thong bao moi ve suc khoe")
    assert text.endswith("hoac goi 0256 000 0000.")
    second = Message.objects.exclude(id=first.id).get()
    assert (second.instead_of, second.channel, second.to) == (first.id, "sms", PHONE)
    assert (second.template, second.template_version) == ("people.notice", 1)
    first.refresh_from_db()
    assert (first.state, first.text, first.instead_to) == (State.GIVEN_UP, "", "")


def test_a_push_that_went_goes_nowhere_else() -> None:
    posted(notice())
    actions.deliver(at=NOON, ways=ways())
    actions.deliver(at=NOON, ways=ways())
    assert states() == [("push", "sent", "")]


def test_a_channel_without_a_way_goes_the_other_way_or_waits() -> None:
    posted(notice())
    posted(notice(instead=None))
    actions.deliver(at=NOON, ways=actions.Ways())
    assert sorted(states()) == [
        ("push", "given_up", "no_server"),
        ("push", "waiting", "no_server"),
        ("sms", "waiting", ""),
    ]


def test_an_oa_message_names_its_template_and_values() -> None:
    posted(otp(channel=Channel.OA))
    way = ways()
    actions.deliver(at=NOON, ways=way)
    assert isinstance(way.oa, MemorySmsGateway)
    assert (way.oa.sent[0].template, way.oa.sent[0].parameters) == ("people.otp", CODE)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (sms(to="113"), "messaging.bad_number"),
        (sms(channel=Channel.PUSH, to=""), "messaging.bad_number"),
        (notice(instead=Instead(Channel.SMS, "113")), "messaging.bad_number"),
        (sms(text="a" * 1000), "messaging.too_long"),
        (sms(text=" "), "messaging.value_missing"),
        (otp(values={"code": "482913"}), "messaging.value_missing"),
        (otp(template="people.nothing"), "messaging.unknown_template"),
        (otp(language="fr"), "messaging.unknown_template"),
        (otp(channel=Channel.PUSH, to=SUBSCRIPTION), "messaging.unknown_template"),
        (notice(values={"office": "Trạm mẫu"}), "messaging.value_missing"),
    ],
    ids=[
        "no number",
        "no subscription",
        "other way",
        "too long",
        "no text",
        "missing value",
        "no template",
        "no language",
        "no channel",
        "value of the other way",
    ],
)
def test_what_cannot_be_sent_is_refused_where_it_is_posted(message: NewMessage, code: str) -> None:
    with pytest.raises(actions.MessageRefusedError) as refused:
        posted(message)
    assert refused.value.code == code
    assert PHONE not in str(refused.value.words)
    assert not Message.objects.exists()


def test_one_address_gets_so_many_a_day_and_duties_above_that(settings: Settings) -> None:
    settings.OUTGOING = replace(real.OUTGOING, most_to_one=2)
    posted(sms())
    posted(otp())
    with pytest.raises(actions.TooManyTodayError):
        posted(otp())
    posted(otp(to=OTHER_PHONE))
    posted(sms(grade=Grade.ESSENTIAL))
    posted(otp(), NOON + timedelta(hours=12))


def test_who_opted_out_gets_no_ordinary_message_and_every_essential_one() -> None:
    actions.opt_out(to="0900 000 001", by=SYSTEM, at=NOON)
    with pytest.raises(actions.OptedOutError):
        posted(sms())
    posted(sms(grade=Grade.ESSENTIAL))
    posted(otp())
    posted(sms(to=OTHER_PHONE))
    assert actions.opt_in(to=PHONE, by=SYSTEM, at=NOON)
    posted(sms())


def test_opting_out_of_one_kind_leaves_the_others() -> None:
    assert actions.opt_out(to=PHONE, by=SYSTEM, at=NOON, kind="test.kind")
    assert not actions.opt_out(to=PHONE, by=SYSTEM, at=NOON, kind="test.kind")
    assert queries.is_opted_out(PHONE, kind="test.kind")
    assert not queries.is_opted_out(PHONE)
    posted(sms(kind="test.other"))
    assert actions.opt_in(to=PHONE, by=SYSTEM, at=NOON)
    assert not actions.opt_in(to=PHONE, by=SYSTEM, at=NOON)


def test_what_was_asked_for_wakes_the_worker_and_the_rest_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deferred: list[str] = []
    task = SimpleNamespace(defer=lambda message_id: deferred.append(message_id))
    monkeypatch.setattr(
        "vungxanh.messaging.actions.outbox.app", SimpleNamespace(configure_task=lambda name: task)
    )
    code = posted(otp())
    posted(sms())
    posted(sms(grade=Grade.ESSENTIAL))
    assert deferred == [str(code.id)]


def test_the_job_sends_its_one_message_and_finds_it_gone_the_next_time() -> None:
    code, other, way = posted(otp()), posted(sms()), ways()
    assert actions.send_one(message_id=code.id, at=NOON, ways=way)
    assert not actions.send_one(message_id=code.id, at=NOON, ways=way)
    assert len(texts(way)) == 1
    other.refresh_from_db()
    assert other.state == State.WAITING


def test_a_code_goes_before_ordinary_messages_that_wait_longer() -> None:
    posted(sms(text="thường"), NOON - timedelta(hours=1))
    posted(otp(values={"code": "1", "minutes": "5"}))
    way = ways()
    actions.deliver(at=NOON, ways=way)
    assert texts(way)[1] == "thường"


def test_failed_sms_may_be_let_go_again_by_who_looks_after_the_outbox() -> None:
    message = posted(sms())
    actions.deliver(at=NOON, ways=ways(REFUSED))
    assert states() == [("sms", "given_up", "refused")]
    message.refresh_from_db()
    assert message.text == "Tin"
