"""Own boundaries from a GeoJSON file: refused with a reason, looked at, drawn, taken back."""

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.factories.boundaries import collection, content, file_of, square
from tests.factories.people import Colleague
from tests.journeys.eras import Era, at_desk, in_both_eras

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places_of_both_eras")]

OURS = "Sở Nông nghiệp và Môi trường (mẫu)"
SKETCH = "không phải ranh giới chính thức"


def bring(page: Page, era: Era, name: str, body: bytes) -> None:
    """Hand a file for the era's province in."""
    page.get_by_label("Vẽ các đơn vị của").select_option(era.province)
    file = FilePayload(name=name, mimeType="application/geo+json", buffer=body)
    page.get_by_label("Tệp GeoJSON").set_input_files(file)
    page.get_by_label("Nguồn", exact=True).fill(OURS)
    page.get_by_label("Giấy phép").fill("được phép dùng nội bộ")
    page.get_by_role("button", name="Đọc và xem trước").click()


@in_both_eras
def test_boundaries_are_looked_at_drawn_on_the_unit_and_taken_back(
    browser: Browser, site: str, administrator: Colleague, era: Era
) -> None:
    unit = f"/don-vi/{era.province}/"
    with at_desk(browser, site, administrator) as visit:
        page = visit.open("/ranh-gioi/").page
        bring(page, era, "thieu.geojson", content(collection(square("Không Có"))))
        expect(page.get_by_role("alert")).to_contain_text("Tệp GeoJSON")
        expect(page.get_by_label("Giấy phép")).to_have_value("được phép dùng nội bộ")
        assert visit.violations() == []

        bring(page, era, "ranh-gioi.geojson", content(file_of(era.province)))
        expect(page.get_by_text("Đây là bản nháp")).to_be_visible()
        expect(page.locator(".vx-map svg").first).to_be_visible()
        assert visit.violations() == []
        page.get_by_role("button", name="Nhận ranh giới").click()
        expect(page.get_by_text("Đã nhận: mọi trang nay vẽ theo ranh giới này")).to_be_visible()
        address = page.url

        drawn = visit.open(unit).page.get_by_role("region", name="Sơ đồ")
        expect(drawn).to_contain_text(OURS)
        expect(drawn).not_to_contain_text(SKETCH)
        visit.picture(f"boundaries-{era.tree}")
        assert visit.violations() == []
        page.goto(address)
        page.get_by_role("button", name="Hoàn tác").click()
        expect(page.get_by_text("Đã hoàn tác: các trang vẽ lại như trước")).to_be_visible()
        drawn = visit.open(unit).page.get_by_role("region", name="Sơ đồ")
        expect(drawn).to_contain_text(SKETCH)
        expect(drawn).not_to_contain_text(OURS)
