"""What a running server does with heads and bodies that no browser sends, on real sockets."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.config.hardened_site import Site
from vungxanh.config.connections import HEAD_BYTES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]  # made once
MEGABYTE = 1024 * 1024
HOST = b"Host: localhost\r\n"
# With it Django reads the form to look for its other half.
COOKIE = f"__Host-vx_csrf={'x' * 32}"


@pytest.fixture
def site(https_site: Site) -> Site:
    return https_site


def chunked(path: str, n_bytes: int) -> Iterator[bytes]:
    """A body without a length, in chunks of 64 kB."""
    yield f"POST {path} HTTP/1.1\r\n".encode() + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"x" * 65536
    for _ in range(n_bytes // len(chunk) + 1):
        yield b"10000\r\n" + chunk + b"\r\n"
    yield b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("path", "n_bytes", "said"),
    [
        ("/dang-nhap/", MEGABYTE, "1 MB"),
        ("/api/v1/uptake/table", MEGABYTE, "1 MB"),
        ("/khong-co/", MEGABYTE, "1 MB"),
        ("/so-lieu/nop/", 20 * MEGABYTE, "20 MB"),
        ("/van-ban/nop/", 20 * MEGABYTE, "20 MB"),
    ],
)
def test_announced_body_over_the_limit_of_its_path_is_refused_with_a_sentence(
    site: Site, path: str, n_bytes: int, said: str
) -> None:
    answer = site.ask("POST", path, b"x" * (n_bytes + 1))
    assert answer.status == 413
    assert said in answer.said


@pytest.mark.parametrize("path", ["/dang-nhap/", "/api/v1/uptake/table", "/"])
def test_body_without_a_length_is_refused_just_the_same(site: Site, path: str) -> None:
    said = site.raw(*chunked(path, MEGABYTE))
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in said


def test_upload_may_be_larger_than_a_form(site: Site) -> None:
    assert site.ask("POST", "/so-lieu/nop/", b"x" * (2 * MEGABYTE)).status in {302, 403}


def test_body_that_cannot_be_meant_is_refused_before_it_is_sent(site: Site) -> None:
    head = b"POST /dang-nhap/ HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999\r\n\r\n"
    assert site.raw(head).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "pieces",
    [
        (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * HEAD_BYTES + b"\r\n\r\n",),
        (b"GET / HTTP/1.1\r\n" + HOST, b"X-A: " + b"a" * HEAD_BYTES),
        (b"GET /" + b"a" * HEAD_BYTES + b" HTTP/1.1\r\n" + HOST + b"\r\n",),
        (b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n" * (HEAD_BYTES // 6) + b"\r\n",),
    ],
    ids=["one header", "unfinished", "address", "many headers"],
)
def test_head_that_is_too_long_ends_the_connection(site: Site, pieces: tuple[bytes, ...]) -> None:
    assert site.raw(*pieces, pause=0.1).startswith(b"HTTP/1.1 431 ")


def test_requests_that_follow_each_other_are_each_measured_anew(site: Site) -> None:
    asked = b"GET /healthz HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 9000 + b"\r\n\r\n"
    last = asked.replace(b"X-A", b"Connection: close\r\nX-A")
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(asked + asked + last)
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.count(b"HTTP/1.1 200 OK") == 3


def test_head_that_never_ends_is_not_waited_for(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=40) as line:
        line.sendall(b"GET / HTTP/1.1\r\n" + HOST)
        time.sleep(5)
        line.sendall(b"X-A: b\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 408 ")


def test_body_that_falls_silent_is_told_so_and_a_visitor_is_served_meanwhile(site: Site) -> None:
    head = b"POST /dang-nhap/ HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=40) as line:
        line.sendall(head + b"email=")
        assert site.ask("GET", "/healthz").status == 200
        said = b"".join(iter(lambda: line.recv(4096), b""))
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"core.too_slow" in said


def test_one_address_cannot_take_every_place_with_unfinished_bodies(site: Site) -> None:
    head = b"POST /dang-nhap/ HTTP/1.1\r\n" + HOST + b"X-Forwarded-For: 203.0.113.1\r\n"
    unfinished = head + b"Content-Length: 100\r\n\r\n"
    with ExitStack() as lines:
        for _ in range(64):
            line = socket.create_connection(("127.0.0.1", site.port), timeout=10)
            lines.enter_context(line).sendall(unfinished)
        time.sleep(1)
        assert site.raw(unfinished).startswith(b"HTTP/1.1 503 ")
        elsewhere = unfinished.replace(b"203.0.113.1", b"203.0.113.2")
        assert b"503" not in site.raw(elsewhere + b"x" * 100)[:20]


def test_too_many_fields_are_a_malformed_request(site: Site) -> None:
    fields = "&".join(f"a{number}=" for number in range(5001)).encode()
    form = "application/x-www-form-urlencoded"
    assert site.ask("POST", "/dang-nhap/", fields, Content_Type=form, Cookie=COOKIE).status == 400


def test_too_many_files_are_a_malformed_request(site: Site) -> None:
    part = '--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n'
    body = (part * 21 + "--b--\r\n").encode()
    form = "multipart/form-data; boundary=b"
    assert site.ask("POST", "/dang-nhap/", body, Content_Type=form, Cookie=COOKIE).status == 400


def test_sign_in_is_limited_for_the_address_that_the_proxy_names_and_pages_stay_open(
    site: Site,
) -> None:
    there, elsewhere = "203.0.113.7", "203.0.113.8"
    tries = [site.ask("POST", "/dang-nhap/", b"", X_Forwarded_For=there) for _ in range(140)]
    refused = tries[-1]
    assert [tries[0].status, refused.status] == [403, 429]
    assert int(refused.headers["Retry-After"]) >= 1
    assert "giây" in refused.said
    assert site.ask("POST", "/dang-nhap/", b"", X_Forwarded_For=elsewhere).status == 403
    assert site.ask("GET", "/dang-nhap/", X_Forwarded_For=there).status == 200
