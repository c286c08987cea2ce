"""What every kind of answer says to browsers, over plain HTTP and behind HTTPS."""

import pytest

from tests.config.hardened_site import Site
from vungxanh.core.templatetags.built import address

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]  # made once
SAID = {
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
KINDS = {
    "page": ("GET", "/dang-nhap/", 200),
    "API": ("GET", "/api/v1/openapi.json", 200),
    "worker": ("GET", "/sw.js", 200),
    "health": ("GET", "/healthz", 200),
    "file": ("GET", address("console.css"), 200),
    "redirect": ("GET", "/bat-dau/", 302),
    "slash": ("GET", "/tim", 301),
    "missing page": ("GET", "/khong-co/", 404),
    "missing call": ("GET", "/api/v1/khong-co", 404),
    "missing file": ("GET", "/static/vx/khong-co.css", 404),
    "stale form": ("POST", "/dang-nhap/", 403),
    "stranger at the API": ("GET", "/api/v1/khong-co/khong-co", 404),
    "wrong method": ("GET", "/dang-xuat/", 405),
}


def lacking(answer: object) -> list[str]:
    """The headers that an answer lacks, or that say something else."""
    headers = answer.headers  # type: ignore[attr-defined]
    return [name for name, words in SAID.items() if words not in headers.get(name, "")]


@pytest.fixture(params=["plain", "https"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(f"{request.param}_site")
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_answer_carries_them(site: Site, kind: str) -> None:
    method, path, status = KINDS[kind]
    answer = site.ask(method, path)
    assert answer.status == status
    assert lacking(answer) == []


def test_answer_to_a_body_that_is_too_large_carries_them(site: Site) -> None:
    answer = site.ask("POST", "/dang-nhap/", b"x" * 1_100_000)
    assert (answer.status, lacking(answer)) == (413, [])


def test_answer_to_an_unknown_host_carries_them(site: Site) -> None:
    answer = site.ask("GET", "/dang-nhap/", Host="elsewhere.example")
    assert (answer.status, lacking(answer)) == (400, [])


def test_answer_of_a_broken_page_carries_them(site: Site) -> None:
    with site.without_table("locations_adminunit"):
        answer = site.ask("GET", "/tim/?q=Quy")
    assert (answer.status, lacking(answer)) == (500, [])


def test_answer_to_too_many_requests_carries_them(https_site: Site) -> None:
    there = "203.0.113.77"
    answers = [
        https_site.ask("POST", "/dang-nhap/", b"", X_Forwarded_For=there) for _ in range(140)
    ]
    assert (answers[-1].status, lacking(answers[-1])) == (429, [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_https_behind_a_named_proxy_is_demanded_for_good(https_site: Site, kind: str) -> None:
    method, path, _ = KINDS[kind]
    answer = https_site.ask(method, path, X_Forwarded_Proto="https")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_https_is_not_demanded_of_who_has_none(plain_site: Site) -> None:
    answer = plain_site.ask("GET", "/dang-nhap/", X_Forwarded_Proto="https")
    assert "Strict-Transport-Security" not in answer.headers


def cookie_of(site: Site, **headers: str) -> str:
    (cookie,) = site.ask("GET", "/dang-nhap/", **headers).headers.get_all("Set-Cookie") or []
    return str(cookie)


def test_cookies_over_https_belong_to_this_host_alone(https_site: Site) -> None:
    cookie = cookie_of(https_site, X_Forwarded_Proto="https")
    assert cookie.startswith("__Host-vx_csrf=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie


def test_cookies_over_plain_http_are_closed_to_scripts_and_other_sites(plain_site: Site) -> None:
    cookie = cookie_of(plain_site)
    assert cookie.startswith("vx_csrf=")
    assert all(word in cookie for word in ("HttpOnly", "Path=/", "SameSite=Lax"))


def test_who_serves_is_not_told(site: Site) -> None:
    answer = site.ask("GET", "/dang-nhap/")
    assert {"Server", "X-Powered-By", "Via"} & set(answer.headers) == set()
