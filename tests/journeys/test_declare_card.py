"""The card at a door without a network: believed as it was signed, and not a bit further."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, expect

from tests.declarations.declare_scene import ILL, a_holder, forms, made
from tests.factories.register import a_device
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, Visit, visiting
from tests.journeys.keep_stage import (
    DoorServer,
    kept_here,
    open_camera,
    part,
    show,
    stand_at_door,
    wait_for_visits,
    with_camera,
)
from tests.protocol.personal.samples import KEY, KEY_ID, OTHER_KEY
from vungxanh.core import clock
from vungxanh.core.clock import TZ
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.declaring import declare
from vungxanh.people.actions.cards import write_card
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device
from vungxanh.people.values.standing import Colour as CardColour
from vungxanh.people.values.standing import NewCard
from vungxanh.protocol.personal import own, signed_card
from vungxanh.protocol.personal.own import Kind
from vungxanh.protocol.personal.signed_card import Colour, Said

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def phones(browser: Browser) -> Iterator[Browser]:
    """Phones with a camera."""
    with with_camera(browser) as started:
        yield started


def code(colour: Colour, *, days_ago: int = 0, ago_s: int = 5, key: Ed25519PrivateKey = KEY) -> str:
    """A code that a phone shows with the colour of its bearer's card beside it."""
    begun = int(time.time()) - ago_s
    alone = own.write(
        Kind.SCREEN,
        os.urandom(own.HANDLE_SIZE),
        valid_from=begun,
        valid_until=begun + 60,
        key_id=KEY_ID,
        private_key=KEY,
    )
    day = datetime.now(TZ).date() - timedelta(days=days_ago)
    return signed_card.write(alone, Said(colour, day, begun + 60), key_id=KEY_ID, private_key=key)


@contextmanager
def at_door(browser: Browser, site: str, server: DoorServer, **looks: Any) -> Iterator[Visit]:
    """The keeper's page, its camera open and its network gone."""
    asked: dict[str, Any] = {"viewport": PHONE, "tolerated": "Failed to load resource"} | looks
    with visiting(browser, site, **asked) as visit:
        stand_at_door(visit.page.context, server)
        visit.open("/truc/")
        open_camera(visit.page)
        server.is_away = True
        visit.page.context.set_offline(True)
        expect(part(visit.page, "offline")).to_be_visible()
        yield visit


def sign(page: Page, *words: str) -> None:
    """Wait for the big sign and what stands below it."""
    for one in words:
        expect(part(page, "sign")).to_contain_text(one, timeout=PATIENCE_MS)


def seen(visit: Visit, name: str) -> None:
    assert visit.violations() == []
    assert visit.too_wide() == []
    visit.picture(f"card-door-{name}")


def test_green_card_is_believed_offline_and_the_visit_goes_under_the_code_alone(
    phones: Browser, site: str
) -> None:
    server = DoorServer()
    with at_door(phones, site, server) as visit:
        page, text = visit.page, code(Colour.GREEN)
        show(page, text)
        sign(page, "THẺ XANH", "đã khai báo hôm nay · theo thẻ ký lúc", "chưa hỏi được máy chủ")
        seen(visit, "green")
        page.get_by_role("button", name="Cho vào").click()
        assert "green" not in kept_here(page)
        server.is_away = False
        page.context.set_offline(False)
        [sent] = wait_for_visits(page, server, 1)
    assert sent["subject"] == {"kind": "vungxanh.person", "value": text[: own.TEXT_SIZE]}


@pytest.mark.parametrize("colour", [Colour.ORANGE, Colour.RED])
def test_orange_and_red_are_not_let_in_offline(phones: Browser, site: str, colour: Colour) -> None:
    with at_door(phones, site, DoorServer()) as visit:
        show(visit.page, code(colour))
        sign(visit.page, "CHƯA CHO VÀO", "theo thẻ ký lúc")
        expect(part(visit.page, "accept")).to_be_hidden()
        seen(visit, colour.name.lower())


def test_yellow_is_told_and_left_to_the_keeper(phones: Browser, site: str) -> None:
    with at_door(phones, site, DoorServer(), theme="dark", viewport=SMALL_PHONE) as visit:
        show(visit.page, code(Colour.YELLOW, days_ago=1))
        sign(visit.page, "THẺ VÀNG", "chưa khai báo hôm nay", "người trực tự quyết")
        seen(visit, "yellow-dark-320")


def test_card_of_yesterday_is_not_let_in_where_a_declaration_of_the_day_is_needed(
    phones: Browser, site: str
) -> None:
    with at_door(phones, site, DoorServer(must_declare=True)) as visit:
        show(visit.page, code(Colour.GREEN, days_ago=1))
        sign(visit.page, "CHƯA CHO VÀO", "chưa khai báo hôm nay")
        seen(visit, "not-declared")
        visit.page.get_by_role("button", name="Bỏ qua, quét người tiếp theo").click()
        show(visit.page, code(Colour.GREEN))
        sign(visit.page, "THẺ XANH")


def test_forged_moved_and_replayed_cards_are_not_believed(phones: Browser, site: str) -> None:
    with at_door(phones, site, DoorServer()) as visit:
        page = visit.page
        mine, theirs = code(Colour.GREEN), code(Colour.RED)
        moved = theirs[: own.TEXT_SIZE] + mine[own.TEXT_SIZE :]
        for text in (code(Colour.GREEN, key=OTHER_KEY), moved):
            show(page, text)
            sign(page, "MÃ THẬT", "chưa hỏi được máy chủ, người trực tự quyết")
            page.get_by_role("button", name="Không", exact=True).click()
        show(page, code(Colour.GREEN, ago_s=400))
        sign(page, "MÃ QUÁ GIỜ")
        seen(visit, "replayed")


def test_holder_reads_why_the_card_is_as_it_is_and_where_to_say_that_it_is_wrong(
    browser: Browser, site: str, places_of_both_eras: None
) -> None:
    at = clock.now()
    forms()
    device = a_holder()
    answers = {**ILL, "signs_since": at.astimezone(TZ).date().isoformat()}
    one = replace(made(device, answers), at=at, id=new_id())
    [told] = declare(made=(one,), at=at)
    assert told.outcome == "stored"
    card = NewCard(
        one.person_id, CardColour.ORANGE, at, at + timedelta(14), f"declaration:{one.id}"
    )
    write_card(card=card, by=SYSTEM, at=at)
    phone, token = a_device(at)
    Device.objects.filter(pk=phone.pk).update(person=one.person_id)
    cookies = [{"name": COOKIE, "value": token}]
    with visiting(browser, site, viewport=PHONE, cookies=cookies) as visit:
        page = visit.open("/toi/").page
        page.get_by_role("link", name="Vì sao thẻ màu cam?").click()
        expect(page.get_by_role("heading", name="Thẻ dựa vào")).to_be_visible()
        expect(page.get_by_text("Nguồn: Quy tắc chung cả nước, bản 1").first).to_be_visible()
        visit.picture("card-why")
        assert visit.violations() == []
        visit.printed("card-why")
        page.get_by_role("link", name="Đề nghị xem lại").click()
        expect(page.get_by_role("textbox")).to_be_visible()
