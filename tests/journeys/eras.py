"""The same places before and after 1 July 2025, as journeys meet them; who works there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.figures import recorded
from tests.factories.people import Colleague, Person, employed
from tests.journeys.browser import Visit, visiting
from vungxanh.accounts.rules import Role

REFUSED = "the server responded with a status of 4"
MISSING = "Không có gì ở địa chỉ này"
FROM_THE_ANNEX = "202.379"  # Bình Định, 26 May 2021: the sum of its eleven districts


@dataclass(frozen=True, slots=True)
class Era:
    """A tree with its unit of Quy Nhơn, its province, and what both are in the other tree."""

    tree: str
    province: str
    province_name: str
    unit: str
    name: str
    typed: str
    kin: str
    passing: str
    other_province: str
    other_province_name: str
    day_without: str
    said_then: str


BEFORE = Era(
    tree="vn-2021",
    province="vn-2021:52",
    province_name="Tỉnh Bình Định",
    unit="vn-2021:540",
    name="Thành phố Quy Nhơn",
    typed="thanh pho quy nhon",
    kin="Phường Quy Nhơn Bắc",
    passing="Thành phố Quy Nhơn → 5 phường và 1 xã",
    other_province="vn-2025:52",
    other_province_name="Tỉnh Gia Lai",
    day_without="2025-07-01",
    said_then="Ngày 01/7/2025 không còn Thành phố Quy Nhơn",
)
TODAY = Era(
    tree="vn-2025",
    province="vn-2025:52",
    province_name="Tỉnh Gia Lai",
    unit="vn-2025:21583",
    name="Phường Quy Nhơn",
    typed="phuong quy nhon",
    kin="Phường Đống Đa",
    passing="8 phường → Phường Quy Nhơn",
    other_province="vn-2021:52",
    other_province_name="Tỉnh Bình Định",
    day_without="2025-06-30",
    said_then="Ngày 30/6/2025 chưa có Phường Quy Nhơn",
)
OLD_WARDS = ("21556", "21562", "21571", "21583", "21580", "21568", "21574", "21586")
in_both_eras = pytest.mark.parametrize("era", [BEFORE, TODAY], ids=["vn-2021", "vn-2025"])

OFFICER = Role("province_officer")


def counted_in_wards() -> None:
    """Counts of the eight wards that became one: together 8,008 of 80,000, or 10.01 %."""
    pairs = (("bluezone_with_phone", 1_001), ("population", 10_000))
    day = date(2021, 5, 26)
    recorded((f"vn-2021:{c}", element, n, day) for c in OLD_WARDS for element, n in pairs)


def officer_of(unit: str, role: Role = OFFICER) -> Colleague:
    """Somebody employed for a unit, signed in."""
    return employed(f"{role}-{unit.replace(':', '-')}", role, unit)


@contextmanager
def at_desk(
    browser: Browser, site: str, person: Person, *, tolerated: str = REFUSED
) -> Iterator[Visit]:
    """The browser of somebody signed in."""
    cookie = person.client.cookies["vx_session"]
    cookies = [{"name": cookie.key, "value": cookie.value}]
    with visiting(browser, site, cookies=cookies, tolerated=tolerated) as visit:
        yield visit


def is_at(page: Page, unit: str, name: str) -> None:
    """The page is of this unit: by its heading, its mark and its address."""
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator("h1 .vx-chip")).to_have_text(unit)
    assert f"/{unit}/" in page.url
