"""A job of posters in a browser: asked for, watched, cancelled, killed, taken and read back."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.people import Colleague
from tests.factories.points import a_point, code_of
from tests.factories.qr_pictures import text_in_picture
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, Theme, Visit, visiting
from vungxanh.checkins.actions import printing
from vungxanh.checkins.gateways.poster_files import LIST
from vungxanh.checkins.gateways.presses import Presses
from vungxanh.checkins.models import Point, PosterJob
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.posters import JobState
from vungxanh.documents.posters import Form, Poster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
SHOWN = pytest.mark.parametrize(
    ("viewport", "theme"),
    [(DESKTOP, "light"), (PHONE, "light"), (DESKTOP, "dark")],
    ids=["1440", "360", "dark"],
)
N_POINTS = 3
Between = Callable[[int], None]


class KilledError(BaseException):
    """The process of the job dies."""


@pytest.fixture
def markets() -> list[Point]:
    """Three markets to print, and a school that is not asked for."""
    a_point("Trường mẫu", kind=Kind.SCHOOL)
    return [a_point(f"Chợ mẫu {n}") for n in range(1, N_POINTS + 1)]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Between], None]:
    """Print what waits, a poster a part; before each part its number is told to a function."""
    monkeypatch.setattr(printing, "PART", 1)
    really = Presses.print

    def run(between: Between) -> None:
        parts = iter(range(N_POINTS))

        def told(self: Presses, posters: Sequence[Poster], form: Form) -> list[bytes]:
            between(next(parts))
            return really(self, posters, form)

        monkeypatch.setattr(Presses, "print", told)
        printing.print_waiting()

    return run


@SHOWN
def test_job_of_a_filter_is_watched_cancelled_asked_again_killed_and_taken(
    browser: Browser,
    site: str,
    officer: Colleague,
    markets: list[Point],
    printed: Callable[[Between], None],
    viewport: dict[str, int],
    theme: Theme,
    tmp_path: Path,
) -> None:
    shown = f"{viewport['width']}-{theme}"
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookies(officer)) as visit:
        page = visit.open("/diem/bang-ma/").page
        expect(page.get_by_text("Bạn chưa in lần nào")).to_be_visible()
        is_sound(visit, f"form-{shown}")
        ask(page)
        is_sound(visit, f"waiting-{shown}")
        printed(lambda part: cancels(page, part))
        expect(page.get_by_text("Lần in này đã bị hủy")).to_be_visible(timeout=PATIENCE_MS)
        is_sound(visit, f"cancelled-{shown}")
        page.get_by_role("link", name="In lại").click()
        ask(page)
        page.evaluate("window.opened = 'once'")
        with pytest.raises(KilledError):
            printed(lambda part: dies(page, part))
        printed(lambda part: shows(page, part + 2))
        expect(page.get_by_role("link", name="Tải tệp ZIP")).to_be_visible(timeout=PATIENCE_MS)
        assert page.evaluate("window.opened") == "once"
        is_sound(visit, f"done-{shown}")
        reads_back(taken(page, tmp_path), site, markets)
        visit.open("/diem/bang-ma/")
        is_sound(visit, f"list-{shown}")
    assert states() == [JobState.CANCELLED, JobState.DONE]


def test_without_scripts_the_page_of_a_job_loads_itself_again(
    browser: Browser,
    site: str,
    officer: Colleague,
    markets: list[Point],
    printed: Callable[[Between], None],
    tmp_path: Path,
) -> None:
    with visiting(browser, site, viewport=PHONE, scripts=False, cookies=cookies(officer)) as visit:
        page = visit.open("/diem/bang-ma/").page
        ask(page)
        printed(lambda part: shows(page, part))
        expect(page.get_by_role("link", name="Tải tệp ZIP")).to_be_visible(timeout=PATIENCE_MS)
        reads_back(taken(page, tmp_path), site, markets)


def test_by_keyboard_alone_a_job_is_asked_for_and_the_focus_stays_while_it_goes_on(
    browser: Browser,
    site: str,
    officer: Colleague,
    markets: list[Point],
    printed: Callable[[Between], None],
) -> None:
    with visiting(browser, site, cookies=cookies(officer)) as visit:
        page = visit.open("/diem/bang-ma/").page
        stops = visit.tabbed()
        assert [one["name"] for one in stops if not one["visible"]] == []
        page.get_by_label("Tên, địa chỉ").focus()
        page.keyboard.type("cho mau")
        page.get_by_role("button", name="In bảng mã các điểm này").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Đã in 0 / {N_POINTS} tờ")).to_be_visible(timeout=PATIENCE_MS)
        assert [one["name"] for one in visit.tabbed() if not one["visible"]] == []
        stop = page.get_by_role("button", name="Hủy lần in này")
        stop.focus()
        printed(lambda part: shows(page, part) if part < 2 else expect(stop).to_be_focused())
        expect(page.get_by_role("link", name="Tải tệp ZIP")).to_be_visible(timeout=PATIENCE_MS)


def ask(page: Page) -> None:
    page.get_by_label("Tên, địa chỉ").fill("cho mau")
    page.get_by_label("Khổ in").select_option("a4")
    page.get_by_role("button", name="In bảng mã các điểm này").click()
    shows(page, 0)


def shows(page: Page, n_done: int) -> None:
    words = f"Đã in {n_done} / {N_POINTS} tờ"
    expect(page.get_by_text(words)).to_be_visible(timeout=PATIENCE_MS)


def cancels(page: Page, part: int) -> None:
    """Nobody reloads: the second part begins, the page tells of the first, the officer stops it."""
    shows(page, part)
    if part == 1:
        page.get_by_role("button", name="Hủy lần in này").click()
        expect(page.get_by_text("Đã hủy lần in.")).to_be_visible(timeout=PATIENCE_MS)


def dies(page: Page, part: int) -> None:
    shows(page, part)
    if part == N_POINTS - 1:
        raise KilledError


def taken(page: Page, folder: Path) -> zipfile.ZipFile:
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp ZIP").click()
    assert download.value.suggested_filename == f"bang-ma-a4-{N_POINTS}.zip"
    path = folder / "bang-ma.zip"
    download.value.save_as(path)
    return zipfile.ZipFile(path)


def reads_back(package: zipfile.ZipFile, site: str, points: list[Point]) -> None:
    """Each sheet of the ZIP holds the address of its point in its picture."""
    sheets = sorted(set(package.namelist()) - {LIST})
    told = [f"{site}/c/{one.code}#{code_of(one).payload}" for one in points]
    assert [text_of(package.read(name)) for name in sheets] == told


def text_of(pdf: bytes) -> str:
    sheet = pypdfium2.PdfDocument(pdf)[0].render(scale=3, grayscale=True).to_numpy()
    return text_in_picture(np.squeeze(sheet).astype(float))


def states() -> list[str]:
    return list(PosterJob.objects.order_by("at").values_list("state", flat=True))


def cookies(of: Colleague) -> list[dict[str, str]]:
    return [{"name": "vx_session", "value": of.client.cookies["vx_session"].value}]


def is_sound(visit: Visit, name: str) -> None:
    """Nothing sideways, no finding of axe; a picture for the eye."""
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"points-posters-{name}")
    assert visit.too_wide() == []
    assert visit.violations() == []
