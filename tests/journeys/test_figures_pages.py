"""Pages of figures and reports: WCAG in both themes, no sideways scroll, dressed, with icons."""

import pytest
from playwright.sync_api import Browser

from tests.factories.people import Colleague
from tests.journeys.browser import DESKTOP, SMALL_PHONE, Theme, Visit, visiting
from tests.journeys.desk import annex, as_copied
from vungxanh.uptake.models import Submission

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]

UNIT = "/dia-ban/vn-2021:52/"
LATER = "2021-05-27"
ADDRESSES = (
    "/dia-ban/vn-2021:vn/",
    UNIT,
    f"{UNIT}?den={LATER}&so=2021-05-26",
    "/dia-ban/vn-2021:540/",
    "/dia-ban/vn-2021:54/",
    f"{UNIT}so-sanh/?den={LATER}&so=2021-05-26",
    f"{UNIT}so-sanh/?den=2021-05-26",
    f"{UNIT}nguon/bluezone_with_phone/",
    f"{UNIT}bang/",
    f"{UNIT}sai-lech/",
    f"{UNIT}chi-tieu/",
    f"{UNIT}phu-luc/?den=2021-05-26",
    "/so-lieu/nop/",
    "/bao-cao/",
    "/doi-chieu/",
)
UNDRESSED = """
() => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const styled = new Set(rules.map((rule) => rule.cssText).join(" ").match(/vx-[\\w-]+/g));
  const worn = new Set([...document.querySelectorAll("[class]")].flatMap((e) => [...e.classList]));
  return [...worn].filter((name) => name.startsWith("vx-") && !styled.has(name));
}
"""
WITHOUT_PICTURE = """
async () => {
  const wanted = [...document.querySelectorAll("use")].map((use) => use.getAttribute("href"));
  const sprites = new Map();
  for (const file of new Set(wanted.map((address) => address.split("#")[0]))) {
    sprites.set(file, await (await fetch(file)).text());
  }
  return wanted.filter((address) => {
    const [file, name] = address.split("#");
    return !sprites.get(file).includes(`id="${name}"`);
  });
}
"""


@pytest.fixture
def addresses(province_officer: Colleague) -> tuple[str, ...]:
    """The room's pages, with a draft that has a fault and a later table that counts."""
    client = province_officer.client
    for rows in (annex("27/5/2021", d546=16_830), annex("27/5/2021", d549=22_638)):
        said = {
            "unit": "vn-2021:52",
            "pasted": as_copied(rows),
            "source_title": "Phụ lục công văn thử",
            "source_kind": "letter",
        }
        assert client.post("/so-lieu/nop/", said).status_code == 302
    refused, good = Submission.objects.filter(state="draft").order_by("id")
    assert client.post(f"/so-lieu/{good.id}/ghi/").status_code == 302
    client.get(f"/so-lieu/{good.id}/")  # takes the message that it was recorded
    return (*ADDRESSES, f"/so-lieu/{refused.id}/", f"/so-lieu/{good.id}/")


def faults(visit: Visit, address: str, *, is_wide: bool) -> list[str]:
    """What is wrong with a page, each with its address."""
    visit.open(address)
    found = [*visit.too_wide(), *(visit.violations() if is_wide else [])]
    found += visit.page.evaluate(UNDRESSED) + visit.page.evaluate(WITHOUT_PICTURE)
    return [f"{address}: {fault}" for fault in found]


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(DESKTOP, "light"), (DESKTOP, "dark"), (SMALL_PHONE, "light")],
    ids=["light", "dark", "320"],
)
def test_pages_are_readable_by_anyone_on_any_screen(
    browser: Browser,
    site: str,
    province_officer: Colleague,
    addresses: tuple[str, ...],
    viewport: dict[str, int],
    theme: Theme,
) -> None:
    cookie = province_officer.client.cookies["vx_session"]
    cookies = [{"name": cookie.key, "value": cookie.value}]
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookies) as visit:
        found = [
            fault
            for address in addresses
            for fault in faults(visit, address, is_wide=viewport is DESKTOP)
        ]
    assert found == []
