"""A phone on which somebody declares, for journeys over the pages of declarations."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from playwright.sync_api import Browser, Locator, Page, Route

from tests.journeys.browser import PHONE, Theme, Visit, visiting
from vungxanh.core import clock
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.values.declared import Made
from vungxanh.declarations.values.states import Way
from vungxanh.people.actions.senders import sender_of
from vungxanh.people.models import Device
from vungxanh.people.queries.devices import viewer_of

SAID = {
    "name": "Nguyễn Thị Mẫu",
    "birth_year": "1986",
    "address": "12 Đường Mẫu",
    "stay_address": "12 Đường Mẫu",
    "phone": "0912000001",
    "paper": "001086000011",
    "passport": "C1234567",
    "email": "mau@vidu.vn",
    "insurance": "",
}
ANSWERED_BY_PAGE = """(before) => location.href !== before
    || Boolean(document.querySelector("main [role=alert]:not([hidden])"))"""
UNITS = {"unit", "stay_unit"}
CHOSEN = {"nationality": "VN", "gender": "female"}


@dataclass
class Intake:
    """What takes declarations, beside a site that a test serves without it."""

    is_away: bool = False
    bodies: int = 0
    kept: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        """Keep what one body brings, each declaration once, by the door of pages."""
        if self.is_away:
            route.abort()
            return
        self.bodies += 1
        sent = json.loads(route.request.post_data or "{}")["declarations"]
        device = Device.objects.latest("registered_at")
        sender = sender_of(by=viewer_of(device), at=clock.now())
        assert sender is not None
        made = tuple(
            Made(
                id=UUID(one["id"]),
                questionnaire=f"{one['questionnaire']}@{one['version']}",
                answers=one["answers"],
                person_id=sender.person_id,
                way=Way.SELF,
                lang=one["lang"],
                device_id=sender.device_id,
                by="",
                point=None,
                at=clock.now(),
            )
            for one in sent
        )
        told = declare(made=made, at=clock.now())
        connection.close()  # this runs in a context of its own, with a connection of its own
        self.kept += [str(one.id) for one in told if one.outcome == "stored"]
        self.told += [one.outcome for one in told]
        refused = [{"id": str(one.id), "code": one.outcome} for one in told if not one.is_kept]
        route.fulfill(json={"stored": len(told), "duplicate": 0, "refused": refused})


@contextmanager
def phone(
    browser: Browser,
    site: str,
    intake: Intake,
    *,
    theme: Theme = "light",
    viewport: dict[str, int] | None = None,
    worker: bool = False,
    tolerated: str = "ERR_",
) -> Iterator[Visit]:
    """A citizen's phone with scripts."""
    with visiting(
        browser,
        site,
        viewport=viewport or PHONE,
        theme=theme,
        worker=worker,
        tolerated=tolerated,
    ) as visit:
        visit.page.context.route("**/api/v1/declarations", intake)
        yield visit


def answered(page: Page, signs: tuple[str, ...] = ("none",)) -> None:
    """Every question that the page shows, one after the other, for answers show others."""
    done: set[str] = set()
    while True:
        shown = page.locator("[data-vx-question]:visible").all()
        names = [one.get_attribute("data-vx-question") or "" for one in shown]
        left = [(name, one) for name, one in zip(names, shown, strict=True) if name not in done]
        if not left:
            return
        name, _ = left[0]
        done.add(name)
        _answer(page.locator(f"[data-vx-question={name}]"), name, signs)


def _answer(drawn: Locator, name: str, signs: tuple[str, ...]) -> None:
    boxes = drawn.locator("input[type=checkbox]")
    rounds = drawn.locator("input[type=radio]")
    if name == "signs":
        for sign in signs:
            drawn.locator(f"input[value={sign}]").check()
    elif boxes.count():
        boxes.last.check()
    elif rounds.count():
        wanted = drawn.locator(f"input[value={CHOSEN.get(name, 'false')}]")
        (wanted if wanted.count() else rounds.first).check()
    elif drawn.locator("select").count():
        drawn.locator("select").select_option(CHOSEN.get(name, "CN"))
    elif drawn.locator("input[type=date]").count():
        drawn.locator("input[type=date]").fill(clock.today().isoformat())
    elif name in UNITS:
        _placed(drawn)
    else:
        typed = drawn.locator("input")
        number = "1" if typed.get_attribute("inputmode") == "numeric" else "không"
        typed.fill(SAID.get(name, number))


def _placed(drawn: Locator) -> None:
    """The ward, found by its name: chosen from what the script or the next page offers."""
    drawn.locator("input:not([type=hidden])").first.fill("Quy Nhơn")
    drawn.get_by_role("button").first.click()  # "find", in the language of the form
    offered = drawn.get_by_role("button", name="Phường Quy Nhơn").or_(
        drawn.locator("label", has_text="Phường Quy Nhơn")
    )
    offered.first.click()


def filled(page: Page, onwards: str, review: str, signs: tuple[str, ...] = ("none",)) -> None:
    """Through all pages to the review; `onwards` and `review` are words of the language."""
    for _ in range(8):
        answered(page, signs)
        before = page.url
        page.get_by_role("button", name=onwards, exact=True).click()
        page.wait_for_function(ANSWERED_BY_PAGE, arg=before)
        assert page.url != before, page.inner_text("main")
        if page.get_by_role("heading", name=review).is_visible():
            return
    raise AssertionError(page.inner_text("main"))
