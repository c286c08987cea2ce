"""The pass on the first page of a phone: every state in words, its times as people say them."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from tests.factories.register import AT, a_citizen, a_device
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Person
from vungxanh.people.values.own_cards import OwnColour
from vungxanh.people.values.standing import Colour, NewCard
from vungxanh.people.views.pass_shown import day_words, shown_pass

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def person() -> Person:
    return a_citizen()


def home(person: Person, path: str = "/toi/") -> str:
    """The first page of their phone, as text in one line, at 9 o'clock."""
    with clock.frozen_at(AT):
        device, token = a_device(AT)
        Device.objects.filter(pk=device.pk).update(person=person)
        client = Client()
        client.cookies[COOKIE] = token
        return " ".join(re.sub("<[^>]+>", " ", client.get(path).content.decode()).split())


def carded(
    person: Person, colour: Colour, since: timedelta = -HOUR, until: timedelta = DAY
) -> None:
    card = NewCard(person.pk, colour, AT + since, AT + until, "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=AT)


@pytest.mark.parametrize(
    ("colour", "words"),
    [
        (Colour.GREEN, "Thẻ xanh Chưa ghi nhận nguy cơ"),
        (Colour.YELLOW, "Thẻ vàng Cần theo dõi sức khỏe"),
        (Colour.ORANGE, "Thẻ cam Ở nhà, chờ trạm y tế gọi"),
        (Colour.RED, "Thẻ đỏ Làm theo hướng dẫn của cơ sở y tế"),
    ],
)
def test_card_says_its_colour_its_words_and_its_times(
    person: Person, colour: Colour, words: str
) -> None:
    carded(person, colour)
    shown = home(person)
    assert words in shown
    assert "Cập nhật 08:00 hôm nay Dùng đến 09:00 ngày mai" in shown
    assert "Chưa khai báo hôm nay" not in shown


def test_no_card_says_that_nothing_was_declared_today(person: Person) -> None:
    shown = home(person)
    assert "Chưa khai báo hôm nay Khai báo để có thẻ" in shown
    assert "Vì sao thẻ" not in shown


def test_card_of_yesterday_says_what_is_missing_today(person: Person) -> None:
    carded(person, Colour.GREEN, since=-10 * HOUR)
    shown = home(person)
    assert "Cập nhật 23:00 hôm qua" in shown
    assert "Chưa khai báo hôm nay" in shown


def test_card_that_is_over_has_no_colour_left(person: Person) -> None:
    carded(person, Colour.GREEN, since=-DAY, until=-HOUR)
    shown = home(person)
    assert "Thẻ đã hết hạn hết lúc 08:00 hôm nay" in shown
    assert "Thẻ xanh" not in shown


def test_card_of_somebody_else_is_not_shown(person: Person) -> None:
    carded(a_citizen(number="+84912000002"), Colour.RED)
    assert "Thẻ đỏ" not in home(person)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (AT, "09:00 hôm nay"),
        (AT + DAY, "09:00 ngày mai"),
        (AT + 15 * HOUR, "00:00 ngày mai"),
        (AT - 10 * HOUR, "23:00 hôm qua"),
        (AT + 7 * DAY, "09:00 ngày 09/3/2026"),
    ],
)
def test_moments_are_told_by_the_day_in_vietnam(at: datetime, words: str) -> None:
    assert day_words(at, AT) == words


def test_pass_speaks_english_where_it_is_asked_to() -> None:
    card = OwnColour(Colour.GREEN, AT - HOUR, AT + DAY)
    with translation.override("en"):
        shown = shown_pass(card, AT)
    assert (shown["colour"], shown["says"]) == ("green", "No risk on record")
    assert shown["until"] == "09:00 tomorrow"
