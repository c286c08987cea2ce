"""One POST to a service outside: HTTPS, no redirect, no proxy, bounded in time and size.

Plain HTTP goes to this machine alone. The caller may name the address to connect to, so that
what it has checked is what is reached, whatever a name server says a moment later.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

MOST_BYTES: Final = 65_536  # of an answer
SECONDS: Final = 20  # for one conversation, from the connection to the last byte


class UrlError(ValueError):
    """An address that nothing may be sent to: not HTTPS, or no address at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Parcel:
    """What is sent; `address` is connected to instead of asking a name server."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    address: str = ""
    authorities: str = ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its own name."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def split_url(url: str) -> SplitResult:
    """The parts of an address that something may be sent to; raises UrlError."""
    try:
        found = urlsplit(url)
        is_whole = bool(found.hostname) and (found.port or 1) > 0
    except ValueError as broken:
        raise UrlError from broken
    is_safe = found.scheme == "https" or (
        found.scheme == "http" and is_loopback(found.hostname or "")
    )
    if not (is_whole and is_safe) or "@" in found.netloc or not url.isascii() or " " in url:
        raise UrlError
    return found


def post(parcel: Parcel, seconds: float = SECONDS) -> Answer:
    """Send it; raises OSError or HTTPException where no whole answer came in time."""
    parts = split_url(parcel.url)
    connection = _connection(parts, parcel, seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _at_most(seconds, connection):
        connection.request("POST", path, parcel.body, dict(parcel.headers))
        with connection.getresponse() as answer:
            body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise http.client.HTTPException
    return Answer(answer.status, body)


class _Http(http.client.HTTPConnection):
    """Connects where it is told; `line` stays known when an answer has taken the socket over."""

    address = ""
    line: socket.socket | None = None

    def connect(self) -> None:
        """To the address; `self.host` stays what the other side is called."""
        self.sock = self.line = socket.create_connection((self.address, self.port), self.timeout)


class _Https(http.client.HTTPSConnection):
    """Connects where it is told, and asks for the certificate of the host's name."""

    address = ""
    line: socket.socket | None = None
    verified_by: ssl.SSLContext

    def connect(self) -> None:
        """To the address, as the host."""
        self.line = plain = socket.create_connection((self.address, self.port), self.timeout)
        try:
            self.sock = self.line = self.verified_by.wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise


def _connection(parts: SplitResult, parcel: Parcel, seconds: float) -> _Http | _Https:
    host = parts.hostname or ""
    address = parcel.address or host
    if parts.scheme == "http":
        plain = _Http(host, parts.port, timeout=seconds)
        plain.address = address
        return plain
    context = ssl.create_default_context(cafile=parcel.authorities or None)
    safe = _Https(host, parts.port, timeout=seconds, context=context)
    safe.address, safe.verified_by = address, context
    return safe


@contextmanager
def _at_most(seconds: float, connection: _Http | _Https) -> Iterator[None]:
    """Cut the line when time is up: a server that drips bytes never meets a socket's timeout."""
    cut = threading.Event()

    def end() -> None:
        cut.set()
        if connection.line is not None:
            with suppress(OSError):  # the other side has gone already
                connection.line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
        if cut.is_set():
            raise TimeoutError
    finally:
        timer.cancel()
        connection.close()
