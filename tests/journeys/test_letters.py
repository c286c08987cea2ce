"""An official's way with a letter: drop it, see it beside its text, correct, undo, keep it."""

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.directives.letters import BINH_PHUOC, QUY_NHON, SHORT
from tests.factories.people import Colleague
from tests.journeys.browser import PHONE, SCREENSHOTS, Visit, visiting
from vungxanh.directives.models import FixtureCandidate, ReceivedLetter

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places")]

DROP = "/van-ban/nop/"
REFUSED = "the server responded with a status of 4"
SELECT_WORDS = """
(words) => {
  const walk = document.createTreeWalker(document.querySelector(".vx-paper"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
    return;
  }
}
"""


def cookies_of(person: Colleague) -> list[dict[str, str]]:
    cookie = person.client.cookies["vx_session"]
    return [{"name": cookie.key, "value": cookie.value}]


@pytest.fixture
def desk(browser: Browser, site: str, officer: Colleague) -> Iterator[Visit]:
    """The officer of Quy Nhơn, signed in."""
    with visiting(browser, site, tolerated=REFUSED, cookies=cookies_of(officer)) as visit:
        yield visit


def drop(visit: Visit, name: str, content: bytes) -> Page:
    """Bring a file in; the page that answers."""
    page = visit.open(DROP).page
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.get_by_label("Tệp văn bản").set_input_files(file)
    page.get_by_role("button", name="Đọc văn bản").click()
    return page


def card(page: Page, words: str) -> str:
    """The selector of the order with these words."""
    found = page.locator("li.vx-task", has_text=words).first
    return f"#{found.get_attribute('id')}"


def test_letter_is_seen_corrected_undone_and_kept(desk: Visit) -> None:
    page = drop(desk, "001.txt", BINH_PHUOC.read_bytes())
    expect(page.locator("h1")).to_contain_text("Bluezone")
    expect(page.get_by_text("thiếu số")).to_be_visible()
    last = page.locator(card(page, "báo cáo kết quả về Sở"))
    expect(last).to_contain_text("hết ngày 31/8/2020")
    expect(last).to_contain_text("trước ngày 01/9/2020")
    assert desk.violations() == []

    last.get_by_role("link", name="Sửa").click()
    last.get_by_label("Ngày", exact=True).fill("31/6/2020")
    last.get_by_role("button", name="Lưu và xác nhận").click()
    expect(last.get_by_text("Chưa hiểu ngày này")).to_be_visible()
    assert desk.violations() == []
    last.get_by_label("Ngày", exact=True).fill("05/9/2020")
    last.get_by_role("button", name="Lưu và xác nhận").click()
    expect(last).to_contain_text("hết ngày 04/9/2020")
    expect(last).to_contain_text("đã xác nhận")
    expect(last).to_contain_text("trước ngày 01/9/2020")

    page.get_by_role("button", name="Hoàn tác").click()
    expect(last).to_contain_text("hết ngày 31/8/2020")
    expect(last.get_by_text("đã xác nhận")).to_have_count(0)

    page.get_by_role("button", name="Giữ bản sửa làm mẫu").click()
    page.get_by_role("link", name="Đã giữ làm mẫu").click()
    expect(page.get_by_role("link", name="expected.json")).to_be_visible()
    assert desk.violations() == []
    page.get_by_role("button", name="Rút mẫu").click()
    expect(page.get_by_text("đã rút", exact=True)).to_be_visible()
    assert FixtureCandidate.objects.get().expected == ""


def test_chosen_card_shows_its_passage_and_the_passage_its_card(desk: Visit) -> None:
    page = drop(desk, "001.txt", BINH_PHUOC.read_bytes())
    last = page.locator(card(page, "báo cáo kết quả về Sở"))
    passage = page.locator("mark.vx-m-due", has_text="trước ngày 01/9/2020")
    expect(passage).not_to_be_in_viewport()
    last.locator(".vx-task-id").click()
    expect(passage).to_be_in_viewport()
    expect(passage).to_have_class("vx-m vx-m-due vx-on")
    other = page.locator("mark.vx-m-due", has_text="trước 17h00, ngày 28/8/2020")
    other.scroll_into_view_if_needed()
    other.click()
    expect(page.locator("li.vx-task.vx-on")).to_contain_text("trước 17:00 ngày 28/8/2020")
    expect(page.locator("li.vx-task.vx-on")).to_be_in_viewport()


def test_selected_words_become_a_task_and_a_deadline(desk: Visit) -> None:
    page = drop(desk, "mau.txt", SHORT.encode())
    page.evaluate(SELECT_WORDS, "hướng dẫn người dân đăng ký")
    page.keyboard.press("t")
    added = page.locator("li.vx-task", has=page.locator(".vx-task-id", has_text="+1"))
    expect(added.get_by_label("Việc", exact=True)).to_have_value("hướng dẫn người dân đăng ký")
    added.get_by_label("Ai làm, mỗi dòng một nơi").fill("Trung tâm Y tế thị xã An Nhơn")
    added.get_by_role("button", name="Lưu, xác nhận sau").click()
    expect(added).to_contain_text("Trung tâm Y tế thị xã An Nhơn")
    page.evaluate(SELECT_WORDS, "trước ngày 10/8/2021")
    page.keyboard.press("h")
    expect(added).to_contain_text("hết ngày 09/8/2021")


def test_all_goes_without_scripts(browser: Browser, site: str, officer: Colleague) -> None:
    with visiting(browser, site, scripts=False, cookies=cookies_of(officer)) as visit:
        page = drop(visit, "mau.txt", SHORT.encode())
        order = page.locator(card(page, "tiến độ"))
        order.get_by_label("Đến hết ngày").fill("31/8/2021")
        order.get_by_role("button", name="Lưu và xác nhận").click()
        expect(order).to_contain_text("hằng ngày, trước 16:00, đến hết 31/8/2021")
        page.get_by_role("button", name="Xác nhận 2 việc đã rõ").click()
        expect(page.get_by_text("3 đã xác nhận")).to_be_visible()
        page.get_by_role("link", name="Các lần sửa (2)").click()
        page.get_by_role("button", name="Hoàn tác 1").click()
        expect(page.get_by_text("2 đã xác nhận")).to_be_visible()
        page.locator("summary", has_text="Thêm mục máy chưa đọc ra").click()
        page.get_by_label("Chép nguyên văn từ văn bản").fill("Tuyên truyền về tiêm chủng")
        page.get_by_role("button", name="Thêm vào danh sách").click()
        added = page.locator("li.vx-task", has=page.locator(".vx-task-id", has_text="+4"))
        expect(added.get_by_label("Việc", exact=True)).to_have_value("Tuyên truyền về tiêm chủng")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cu.doc", bytes.fromhex("d0cf11e0a1b11ae1") * 9, "lưu lại thành .docx"),
        ("trong.txt", b"  \n", "Tệp trống"),
        ("hong.pdf", b"%PDF-1.7 hong", "hỏng"),
    ],
)
def test_file_that_cannot_be_read_says_why_beside_its_field(
    desk: Visit, name: str, content: bytes, words: str
) -> None:
    page = drop(desk, name, content)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#id_file_error")).to_contain_text(words)
    assert desk.violations() == []
    assert not ReceivedLetter.objects.exists()


def test_officer_of_another_district_sees_nothing(
    desk: Visit, browser: Browser, site: str, other_officer: Colleague
) -> None:
    drop(desk, "mau.txt", SHORT.encode())
    letter = ReceivedLetter.objects.get(unit_id=QUY_NHON)
    with visiting(browser, site, tolerated=REFUSED, cookies=cookies_of(other_officer)) as visit:
        page = visit.open(f"/van-ban/{letter.id}/").page
        expect(page.locator("h1")).to_have_text("Không có gì ở địa chỉ này")
        visit.open("/van-ban/")
        expect(page.get_by_text("Chưa có văn bản nào")).to_be_visible()
        assert visit.violations() == []


def test_letter_is_worked_on_with_a_phone(browser: Browser, site: str, officer: Colleague) -> None:
    with visiting(browser, site, viewport=PHONE, cookies=cookies_of(officer)) as visit:
        page = drop(visit, "mau.txt", SHORT.encode())
        assert visit.too_wide() == []
        order = page.locator(card(page, "đã tiêm"))
        order.get_by_role("button", name="Xác nhận").click()
        expect(order).to_contain_text("đã xác nhận")
        expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
        order.get_by_role("button", name="Mở lại").click()
        expect(order.get_by_text("đã xác nhận")).to_have_count(0)
        assert visit.too_wide() == []


def test_printed_letter_shows_what_is_folded_on_the_screen(desk: Visit) -> None:
    page = drop(desk, "001.txt", BINH_PHUOC.read_bytes())
    expect(page.locator("h1")).to_contain_text("Bluezone")
    expect(page.get_by_text("Trân trọng./.", exact=True)).not_to_be_visible()
    desk.printed("letter-print")
    document = pypdfium2.PdfDocument(SCREENSHOTS / "letter-print.pdf")
    words = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    document.close()
    for shown in ("Trân trọng./.", "Lưu: VT, TTBCXB", "hết ngày 31/8/2020"):
        assert shown in " ".join(words.split()), shown
    assert "Xác nhận" not in words
