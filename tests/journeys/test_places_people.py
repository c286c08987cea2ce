"""Officers of either era read the same truth; of another province's work nobody learns a thing."""

from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.figures import QUY_NHON, recorded
from tests.journeys.browser import Visit
from tests.journeys.eras import (
    BEFORE,
    FROM_THE_ANNEX,
    MISSING,
    Era,
    at_desk,
    counted_in_wards,
    in_both_eras,
    officer_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]

ELSEWHERE = ("vn-2021:24", "vn-2025:24")
FORMS = (
    "/don-vi/{0.unit}/cap-do/",
    "/dia-ban/{0.province}/phu-luc/",
    "/dia-ban/{0.province}/chi-tieu/",
)
WRITES = "#main form[method=post]"


@in_both_eras
def test_officer_of_either_era_reads_the_figures_and_the_table_that_is_not_published(
    browser: Browser, site: str, era: Era
) -> None:
    counts = [(QUY_NHON, "bluezone_with_phone", 76_543, date(2021, 5, 27))]
    table = recorded(counts, published=False, source="Bảng chưa công bố")
    with at_desk(browser, site, officer_of(era.province)) as visit:
        page = visit.open(f"/so-lieu/{table.id}/").page
        expect(page.get_by_text("đã ghi, chưa công bố")).to_be_visible()
        assert visit.violations() == []
        visit.open(f"/dia-ban/{BEFORE.province}/?den=2021-05-26")
        expect(page.locator(".vx-figures")).to_contain_text(FROM_THE_ANNEX)


@pytest.mark.parametrize("unit", ELSEWHERE)
def test_officer_of_another_province_gets_the_answer_of_a_thing_that_is_not_there(
    browser: Browser, site: str, unit: str
) -> None:
    counts = [(QUY_NHON, "bluezone_with_phone", 76_543, date(2021, 5, 27))]
    table = recorded(counts, published=False, source="Bảng chưa công bố")
    with at_desk(browser, site, officer_of(unit)) as visit:
        answers = [said(visit, f"/so-lieu/{one}/") for one in (table.id, uuid4())]
        assert answers[0] == answers[1]
        assert MISSING in answers[0]
        page = visit.open(f"/dia-ban/{BEFORE.province}/").page
        expect(page.locator(".vx-figures")).to_contain_text(FROM_THE_ANNEX)
        assert "76.543" not in page.content()
        assert visit.violations() == []


@pytest.mark.parametrize("unit", ELSEWHERE)
@in_both_eras
def test_officer_of_another_province_is_given_no_forms_that_write(
    browser: Browser, site: str, era: Era, unit: str
) -> None:
    with at_desk(browser, site, officer_of(unit)) as visit:
        found = [form for path in FORMS for form in forms(visit, path.format(era))]
    assert found == []


@in_both_eras
def test_officer_of_the_own_province_is_given_them(browser: Browser, site: str, era: Era) -> None:
    counted_in_wards()
    with at_desk(browser, site, officer_of(era.province)) as visit:
        given = [bool(forms(visit, path.format(era))) for path in FORMS]
    assert given == [True] * len(FORMS)


def forms(visit: Visit, path: str) -> list[str]:
    """The page's forms that write, each with the page's address."""
    page = visit.open(path).page
    expect(page.locator("h1")).to_be_visible()
    return [path] * page.locator(WRITES).count()


def said(visit: Visit, path: str) -> str:
    """The words of an answer."""
    return visit.open(path).page.locator("#main").inner_text()
