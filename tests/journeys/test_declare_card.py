"""The card at a door without a network: believed as it was signed, and not a bit further."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, expect

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
from vungxanh.core.clock import TZ
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
