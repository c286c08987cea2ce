"""The browser's own modules, unbuilt, in a page of nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.journeys.browser import PATIENCE_MS, ROOT

SCRIPTS = ROOT / "frontend" / "scripts"
ADDRESS = "http://localhost/"  # a secure context, so that the browser lends its keys
Answer = Callable[[Route], None]


@contextmanager
def a_context(browser: Browser, answers: Answer | None = None) -> Iterator[BrowserContext]:
    """A browser whose only server is this test; `answers` meets the calls below /api/."""
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    context.route("**/*", lambda route: _served(route, answers))
    try:
        yield context
    finally:
        context.close()


def a_page(context: BrowserContext) -> Page:
    """A page of nothing."""
    page = context.new_page()
    page.goto(ADDRESS)
    return page


def _served(route: Route, answers: Answer | None) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if path.startswith("scripts/"):
        route.fulfill(path=SCRIPTS / path.removeprefix("scripts/"), content_type="text/javascript")
    elif path.startswith("api/") and answers is not None:
        answers(route)
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def in_page(page: Page, body: str, given: object = None) -> Any:
    """What the body of an async function returns in the page; `load(name)` imports a module."""
    function = (
        "async (given) => { const load = (name) => import(`/scripts/${name}`);\n" + body + "\n}"
    )
    return page.evaluate(function, given)
