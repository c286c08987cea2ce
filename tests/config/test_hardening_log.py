"""A walk through a running site with names, addresses and numbers in every place; then its log.

What a request holds must not be in the log: neither when it is refused, nor when the server breaks.
"""

import unicodedata
from urllib.parse import quote, urlencode

import pytest

from tests.config.hardened_site import Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]  # made once
NAME = "Đinh Thị Chuồn Kim"
EMAIL = "chuon.kim@walk.example"
PHONE = "0977555123888"
PASSWORD = "bọ ngựa bắt ve sầu"
CANARIES = (NAME, EMAIL, PHONE, PASSWORD)
FORM = "application/x-www-form-urlencoded"
TOKEN = "x" * 32
QUERY = urlencode({"q": f"{NAME} {PHONE} {EMAIL}", "next": f"/tim/?q={NAME}", "email": EMAIL})
UPLOAD = (
    '--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
    f"{TOKEN}\r\n"
    f'--b\r\nContent-Disposition: form-data; name="file"; filename="{NAME}.csv"\r\n\r\n'
    f"họ tên;số\r\n{NAME};{PHONE}\r\n--b--\r\n"
).encode()
SAID = {
    "Cookie": f"vx_csrf={TOKEN}; vx_session={quote(EMAIL)}",
    "Referer": f"http://localhost/tim/?{QUERY}",
    "User_Agent": EMAIL,
    "Authorization": f"Bearer vxd_{PHONE}",
}
TABLES = ("locations_adminunit", "django_session")


def forms(text: str) -> set[str]:
    """How a text may stand in a log."""
    shapes = {text, text.lower(), unicodedata.normalize("NFD", text)}
    escaped = {shape.encode("unicode_escape").decode() for shape in shapes}
    return shapes | escaped | {quote(text), ascii(text)[1:-1], repr(text.encode())[2:-1]}


def found_in(log: str) -> set[str]:
    """Which of the texts stand in the log, in any form."""
    return {text for text in CANARIES if any(form in log for form in forms(text))}


def walk(site: Site) -> set[int]:
    """Every way in which a visitor tells the server something; the statuses of the answers."""
    form = urlencode({"csrfmiddlewaretoken": TOKEN, "email": EMAIL, "password": PASSWORD})
    asked = [
        site.ask("POST", "/dang-nhap/", form.encode(), Content_Type=FORM, **SAID),
        site.ask("POST", "/dang-nhap/", f"email={EMAIL}&name={NAME}".encode()),
        site.ask("GET", f"/dang-nhap/?{QUERY}", **SAID),
        site.ask("GET", f"/tim/?{QUERY}", **SAID),
        site.ask("GET", f"/{quote(NAME)}/{PHONE}/?{QUERY}"),
        site.ask("GET", f"/don-vi/{quote(NAME)}/?{QUERY}"),
        site.ask("GET", f"/api/v1/address?{QUERY}"),
        site.ask("GET", f"/api/v1/units/{quote(EMAIL)}?{QUERY}"),
        site.ask("POST", "/api/v1/units", f'{{"name": "{NAME}", "phone": {PHONE}'.encode()),
        site.ask("GET", f"/doi-chieu/?{QUERY}"),
        site.ask("GET", f"/to-chuc/?{QUERY}"),
        site.ask("POST", "/so-lieu/nop/", UPLOAD, Content_Type="multipart/form-data; boundary=b"),
        site.ask("POST", "/dang-nhap/", UPLOAD, Content_Type="multipart/form-data", **SAID),
        site.ask("POST", "/dang-nhap/", f"{NAME}={PHONE}&".encode() * 60_000, **SAID),
        site.ask("GET", f"/tim/?{QUERY}", Host=f"{PHONE}.example"),
    ]
    return {answer.status for answer in asked}


def break_down(site: Site) -> set[int]:
    """The same requests of a server that cannot answer; the statuses."""
    statuses: set[int] = set()
    for table in TABLES:
        with site.without_table(table):
            statuses |= walk(site)
    return statuses


def test_nothing_that_visitors_said_stands_in_the_log(plain_site: Site) -> None:
    assert {200, 400, 403, 404, 413} <= walk(plain_site)
    assert 500 in break_down(plain_site)
    plain_site.raw(f"GET /?{PHONE} {EMAIL} HTTP/1.1\r\nX {NAME}\r\n\r\n".encode())
    log = plain_site.log.read_text("utf-8")
    assert "UndefinedTable: 42P01" in log
    assert found_in(log) == set()
    assert "?" not in log


@pytest.mark.parametrize("text", CANARIES)
def test_search_finds_what_does_stand_there(text: str) -> None:
    assert found_in(f"ERROR {text} failed") == {text}
    assert found_in(f"ERROR {text!a} failed") == {text}
    assert found_in(f"ERROR {quote(text)} failed") == {text}
