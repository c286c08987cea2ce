"""What the page of a point says in each state of its code and of itself, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, expect

from tests.factories.points import a_point, code_of
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, Visit, visiting
from vungxanh.checkins.actions.codes import revoke_code, rotate_codes
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.protocol.places import payloads, short_codes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
NAME = "Trường Tiểu học và Trung học cơ sở Trần Hưng Đạo (mẫu)"
MANAGES = replace(SYSTEM, capabilities=frozenset({"points.manage"}))
REFUSED = "the server responded with a status of 4"


@dataclass(frozen=True)
class Case:
    """How a point comes to its state, giving the signed part of the poster; what is said of it."""

    name: str
    brought_about: Callable[[Point], str]
    vi: str
    en: str
    is_of_point: bool = False  # said by the page itself, also without scripts


def genuine(point: Point) -> str:
    return code_of(point).payload


def forged(point: Point) -> str:
    place = payloads.read(code_of(point).payload, {})
    return payloads.write(place, Ed25519PrivateKey.generate())


def replaced(point: Point) -> str:
    former = code_of(point).payload
    rotate_codes(point=point, until=clock.today(), by=MANAGES, at=clock.now())
    return former


def revoked(point: Point) -> str:
    code = code_of(point)
    revoke_code(code=code, reason="Bị dán đè", by=MANAGES, at=clock.now())
    return code.payload


def of_another_point(point: Point) -> str:
    return code_of(a_point("Chợ mẫu", at=clock.now())).payload


def in_state(state: State) -> Callable[[Point], str]:
    def brought_about(point: Point) -> str:
        decide_point(point=point, state=state, reason="Mẫu", by=MANAGES, at=clock.now())
        return code_of(point).payload

    return brought_about


CASES = [
    Case("genuine", genuine, "Mã thật", "Genuine code"),
    Case("forged", forged, "Mã giả hoặc bị sửa", "Forged or changed code"),
    Case("replaced", replaced, "Mã đã được thay", "Code was replaced"),
    Case("revoked", revoked, "Mã đã thu hồi", "Revoked code"),
    Case("other", of_another_point, "Mã của điểm khác", "Code of another place"),
    Case(
        "suspended",
        in_state(State.SUSPENDED),
        "Điểm đang tạm dừng",
        "The point is suspended",
        is_of_point=True,
    ),
    Case("closed", in_state(State.CLOSED), "Điểm đã đóng", "The point is closed", is_of_point=True),
]
EACH = pytest.mark.parametrize("case", CASES, ids=[one.name for one in CASES])


@EACH
def test_page_says_what_the_code_and_the_point_are_in_both_languages(
    browser: Browser, site: str, case: Case
) -> None:
    address = opened(case)
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open(address).page
        said(page, case.vi)
        is_sound(visit, f"{case.name}-vi")
        page.get_by_role("button", name="English").click()
        visit.open(address)
        page.reload()
        said(page, case.en)
        said(page, "Check-in point")
        is_sound(visit, f"{case.name}-en")
    with visiting(browser, site, viewport=PHONE, theme="dark") as visit:
        said(visit.open(address).page, case.vi)
        is_sound(visit, f"{case.name}-dark")
        visit.printed(f"points-door-state-{case.name}-print")


@EACH
def test_without_scripts_the_page_still_names_the_point_and_its_state(
    browser: Browser, site: str, case: Case
) -> None:
    address = opened(case)
    with visiting(browser, site, viewport=PHONE, scripts=False) as visit:
        page = visit.open(address).page
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        expect(page.get_by_role("heading", name="Chưa kiểm được mã")).to_be_visible()
        expect(page.get_by_text(case.vi)).to_have_count(int(case.is_of_point))
        visit.picture(f"points-door-state-{case.name}-plain")


def test_an_unknown_code_is_told_and_can_be_typed_again_by_keyboard(
    browser: Browser, site: str
) -> None:
    point = a_point(NAME, at=clock.now())
    unknown = short_codes.written(123_456_789)
    for viewport in (PHONE, DESKTOP):
        with visiting(browser, site, viewport=viewport, tolerated=REFUSED) as visit:
            page = visit.open(f"/c/{unknown}").page
            expect(page.get_by_text("Chưa có điểm nào mang mã này")).to_be_visible()
            is_sound(visit, f"unknown-{viewport['width']}")
            assert [one["name"] for one in visit.tabbed() if not one["visible"]] == []
            page.get_by_label("Mã điểm in dưới mã QR").focus()
            page.keyboard.type(point.code)
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=PATIENCE_MS)
            is_sound(visit, f"typed-{viewport['width']}")
            assert [one["name"] for one in visit.tabbed() if not one["visible"]] == []


def opened(case: Case) -> str:
    point = a_point(NAME, at=clock.now() - timedelta(days=2))
    return f"/c/{point.code}#{case.brought_about(point)}"


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=PATIENCE_MS)


def is_sound(visit: Visit, name: str) -> None:
    """Nothing sideways, no finding of axe; a picture for the eye."""
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"points-door-state-{name}")
    assert visit.too_wide() == []
    assert visit.violations() == []
