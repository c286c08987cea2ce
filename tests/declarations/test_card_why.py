"""Why the own card has its colour: own statements with their source, and nobody else's."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.declarations.declare_scene import ILL, NOON, a_holder, forms, made
from tests.factories.register import AT, a_citizen, a_device
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.models import Declaration
from vungxanh.people.actions.cards import write_card
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device
from vungxanh.people.values.standing import Colour, NewCard

WHY = "/khai/vi-sao/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "at_noon")]


@pytest.fixture
def at_noon() -> Iterator[datetime]:
    """The forms are there and the clock stands at noon."""
    with clock.frozen_at(NOON) as at:
        forms()
        yield at


def opened(person_id: int | None) -> str:
    """The page as somebody reads it on a phone of theirs, in one line."""
    device, token = a_device(NOON)
    Device.objects.filter(pk=device.pk).update(person=person_id)
    client = Client()
    client.cookies[COOKIE] = token
    reply = client.get(WHY)
    assert "no-store" in reply["Cache-Control"]
    return " ".join(re.sub("<[^>]+>", " ", reply.content.decode()).split())


def declared(device: Device, answers: dict[str, object] | None, colour: Colour) -> Declaration:
    """What somebody declared, and the card that came of it."""
    one = made(device, answers)
    [told] = declare(made=(one,), at=NOON)
    assert told.outcome == "stored"
    row = Declaration.objects.get(pk=one.id)
    source = f"declaration:{row.pk}"
    card = NewCard(row.person_id, colour, row.at, row.until, source)
    write_card(card=card, by=SYSTEM, at=NOON)
    return row


def test_green_card_stands_on_what_was_declared_and_on_rules_that_are_named() -> None:
    device = a_holder()
    declared(device, None, Colour.GREEN)
    shown = opened(device.person_id)
    assert "Thẻ xanh Chưa ghi nhận nguy cơ" in shown
    assert "không có dấu hiệu bệnh nào. Nguồn: " in shown
    assert "Bạn đã tiêm từ 2 liều, liều cuối ít nhất 14 ngày trước." in shown
    assert "Nguồn: Quy tắc chung cả nước, bản 1" in shown


def test_signs_are_named_and_the_outcome_can_be_contested() -> None:
    device = a_holder()
    row = declared(device, ILL, Colour.ORANGE)
    shown = opened(device.person_id)
    assert "Thẻ cam" in shown
    assert re.search(r"Bạn khai lúc [^:]+:\d\d [^:]+: ho, sốt|: sốt, ho", shown)
    assert "Đề nghị xem lại" in shown
    assert row.person_id == device.person_id


def test_card_of_another_is_not_told_by_ones_own_page() -> None:
    device = a_holder()
    row = declared(device, ILL, Colour.ORANGE)
    other = a_citizen(number="+84912000009")
    theirs = NewCard(other.pk, Colour.GREEN, AT, NOON + timedelta(1), f"declaration:{row.pk}")
    write_card(card=theirs, by=SYSTEM, at=NOON)
    shown = opened(other.pk)
    assert "Thẻ xanh" in shown
    assert "sốt" not in shown
    assert "không còn chi tiết" in shown


def test_without_a_card_the_page_leads_to_declaring() -> None:
    shown = opened(a_holder().person_id)
    assert "Chưa có thẻ" in shown
    assert "Khai báo y tế" in shown


@pytest.mark.parametrize("source", ["declaration:", "declaration:x", "contest:x", "", "other:1"])
def test_source_that_is_not_found_leaves_the_card_alone(source: str) -> None:
    device = a_holder()
    card = NewCard(device.person_id or 0, Colour.GREEN, AT, NOON + timedelta(1), source)
    write_card(card=card, by=SYSTEM, at=NOON)
    assert "không còn chi tiết" in opened(device.person_id)


def test_stranger_is_sent_to_begin() -> None:
    assert Client().get(WHY).status_code in {302, 401, 404}
