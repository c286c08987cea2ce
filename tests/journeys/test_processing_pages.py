"""The pages of the papers on processing in a real browser, at both widths."""

import pytest
from playwright.sync_api import Browser

from tests.factories.people import Colleague
from tests.journeys.browser import DESKTOP, PHONE, visiting

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]
PATHS = (
    "/ho-so-du-lieu/",
    "/ho-so-du-lieu/khai-bao/",
    "/ho-so-du-lieu/vi-pham/",
    "/ho-so-du-lieu/xem-truoc/danh-gia-tac-dong/",
)


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_of_papers_fit_and_are_accessible(
    path: str, width: dict[str, int], browser: Browser, site: str, administrator: Colleague
) -> None:
    cookies = [{"name": "vx_session", "value": administrator.client.cookies["vx_session"].value}]
    with visiting(browser, site, viewport=width, cookies=cookies) as visit:
        visit.open(path)
        visit.picture(f"processing{path.replace('/', '-')}{width['width']}")
        assert visit.too_wide() == []
        assert visit.violations() == []
