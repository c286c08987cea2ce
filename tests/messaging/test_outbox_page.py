"""The outbox's page: what waits, went and costs; what of it may be tried again."""

from dataclasses import replace

import pytest
from django.conf import settings as real
from pytest_django import Settings

from tests.factories.people import Colleague
from tests.messaging.gateway import NOON, PHONE, REFUSED, otp, posted, sms, ways
from vungxanh.core import clock
from vungxanh.messaging import actions
from vungxanh.messaging.models import Message
from vungxanh.messaging.rules import State
from vungxanh.messaging.values import NewMessage

pytestmark = pytest.mark.django_db
PAGE = "/hop-thu-di/"


def shown(administrator: Colleague, query: str = "") -> str:
    with clock.frozen_at(NOON):
        return administrator.client.get(PAGE + query).content.decode()


def test_it_shows_costs_channels_and_states_and_neither_address_nor_text(
    administrator: Colleague,
) -> None:
    posted(otp(kind="people.code"))
    posted(sms(text="Lời kín"))
    actions.deliver(at=NOON, ways=ways(REFUSED))
    page = shown(administrator)
    assert "1 phần, 300 đồng" in page
    assert "SMS hôm nay: 1 / 20.000 phần" in page
    assert "Đường gửi từ chối tin này." in page
    assert "Mã xác nhận số điện thoại" in page
    assert not any(secret in page for secret in (PHONE, "482913", "Lời kín", "900000001"))


def test_it_is_filtered_by_state_and_channel(administrator: Colleague) -> None:
    posted(sms(kind="test.by_sms"))
    posted(NewMessage("test.by_mail", "ai-do@donvi.example", "s", "t", "staff:x"))
    assert "test.by_mail" not in shown(administrator, "?kenh=sms")
    assert "test.by_sms" in shown(administrator, "?kenh=sms")
    assert "Không có tin nào ở đây." in shown(administrator, "?kenh=sms&trang-thai=sent")
    assert "test.by_mail" in shown(administrator, "?kenh=khong-co&trang-thai=khong-co")


def test_filters_and_pages_keep_each_other(administrator: Colleague) -> None:
    Message.objects.bulk_create(
        Message(kind="k", to=PHONE, text="t", channel="sms", next_at=NOON) for _ in range(51)
    )
    page = shown(administrator, "?kenh=sms&trang-thai=waiting")
    assert "?trang-thai=waiting&amp;kenh=sms&amp;trang=2" in page


def test_a_message_whose_words_are_gone_cannot_be_tried_again(administrator: Colleague) -> None:
    code, other = posted(otp()), posted(sms())
    actions.deliver(at=NOON, ways=ways(REFUSED, REFUSED))
    page = shown(administrator)
    assert f"{PAGE}{other.id}/gui-lai/" in page
    assert f"{PAGE}{code.id}/gui-lai/" not in page
    assert administrator.client.post(f"{PAGE}{code.id}/gui-lai/").status_code == 404
    assert administrator.client.post(f"{PAGE}{other.id}/gui-lai/").status_code == 302
    other.refresh_from_db()
    assert other.state == State.WAITING


@pytest.mark.parametrize(("parts_a_day", "is_said"), [(1, True), (2, False)])
def test_it_says_when_the_budget_is_spent(
    administrator: Colleague, settings: Settings, parts_a_day: int, is_said: bool
) -> None:
    settings.OUTGOING = replace(real.OUTGOING, parts_a_day=parts_a_day)
    posted(otp())
    actions.deliver(at=NOON, ways=ways())
    assert ("Hết hạn mức SMS hôm nay" in shown(administrator)) is is_said


def test_it_says_when_the_budget_is_nearly_spent(
    administrator: Colleague, settings: Settings
) -> None:
    settings.OUTGOING = replace(real.OUTGOING, parts_a_day=5)
    for _ in range(4):
        posted(otp())
    actions.deliver(at=NOON, ways=ways())
    assert "Sắp hết hạn mức SMS hôm nay" in shown(administrator)
