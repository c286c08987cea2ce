"""From ASGI to synchronous Django: the request whole, a thread, the answer whole or in pieces.

Django's own ASGI handler hops between threads for every middleware and signal; this costs one hop.
The body is read before a thread is taken, so a slow sender never holds one. Docs: adr/0003.
"""

import asyncio
import io
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Any]  # PEP 3333; Django's own types name its response classes

MEGABYTE = 1024 * 1024
# In the WSGI environment: the body was larger than this many bytes and was thrown away.
TOO_LARGE = "vungxanh.body_too_large"
_ANNOUNCING = {b"content-length", b"transfer-encoding"}
# A body slightly over the limit is heard to its end, so that a browser gets to see the answer.
DRAINED_TIMES = 4
DRAIN_SECONDS = 10
# A streamed answer holds a thread: who does not take a piece of it for so long is gone.
PIECE_SECONDS = 60


class GoneError(Exception):
    """The client hung up before its request was whole."""


class SlowError(Exception):
    """The client fell silent, or sent slower than any line that carries a form."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process takes on at once.

    `body_bytes` is the largest body of all; `body_bytes_of` may say less for a request. A body may
    pause for `silence_seconds`, and lasts at most `body_seconds` and what it needs at the slowest
    pace. `bodies_of_address` may be on their way at once from one address.
    """

    threads: int = 16
    body_bytes: int = 20 * MEGABYTE
    requests: int = 512
    memory_bytes: int = 256 * MEGABYTE
    body_bytes_of: Callable[[Scope], int] | None = None
    silence_seconds: float = 15
    body_seconds: float = 20
    slowest_bytes_per_second: int = 64 * 1024
    bodies_of_address: int = 64

    def largest_body(self, scope: Scope) -> int:
        """The most bytes that this request may send; without a body nobody is asked."""
        if self.body_bytes_of is None or not _has_body(scope):
            return self.body_bytes
        return min(self.body_bytes_of(scope), self.body_bytes)

    def seconds_for(self, n_bytes: int) -> float:
        """How long a body of at most so many bytes may be on its way."""
        return self.body_seconds + n_bytes / self.slowest_bytes_per_second


@dataclass(slots=True)
class Load:
    """How busy the bridge is now."""

    requests: int = 0
    running: int = 0
    body_bytes: int = 0
    bodies: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Body:
    """The bytes of one request; `is_too_large` when they were thrown away."""

    limit: int
    received: bytearray = field(default_factory=bytearray)
    is_too_large: bool = False


class Bridge:
    """An ASGI application that calls a WSGI one in a pool of threads."""

    def __init__(self, wsgi: Wsgi, limits: Limits | None = None) -> None:
        self.wsgi = wsgi
        self.limits = limits or Limits()
        self.load = Load()
        self._pool = ThreadPoolExecutor(self.limits.threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        if self._is_full(scope):
            await _send_busy(send)
            return
        body = Body(self.limits.largest_body(scope))
        self.load.requests += 1
        try:
            with suppress(GoneError):
                await self._receive(scope, receive, body)
                await self._answer(environ_of(scope, body), receive, send)
        except SlowError:
            await _send_slow(send)
        finally:
            self.load.requests -= 1
            self.load.body_bytes -= len(body.received)

    def close(self) -> None:
        """Wait for the running requests and end the threads."""
        self._pool.shutdown()

    def _is_full(self, scope: Scope) -> bool:
        announced = min(_content_length(scope), self.limits.body_bytes)
        no_memory = self.load.body_bytes + announced > self.limits.memory_bytes
        from_here = self.load.bodies[_address(scope)] if _has_body(scope) else 0
        too_many = from_here >= self.limits.bodies_of_address
        return no_memory or too_many or self.load.requests >= self.limits.requests

    async def _receive(self, scope: Scope, receive: Receive, body: Body) -> None:
        if _content_length(scope) > body.limit:
            body.is_too_large = True
            await _drain(receive, _content_length(scope) <= body.limit * DRAINED_TIMES)
            return
        with self._counted(scope):
            try:
                async with asyncio.timeout(self.limits.seconds_for(body.limit)):
                    await self._collect(receive, body)
            except TimeoutError as silence:
                raise SlowError from silence

    @contextmanager
    def _counted(self, scope: Scope) -> Iterator[None]:
        """Count a body on its way under its address."""
        if not _has_body(scope):
            yield
            return
        address = _address(scope)
        self.load.bodies[address] += 1
        try:
            yield
        finally:
            self.load.bodies[address] -= 1
            if not self.load.bodies[address]:
                del self.load.bodies[address]

    async def _collect(self, receive: Receive, body: Body) -> None:
        more = True
        while more:
            async with asyncio.timeout(self.limits.silence_seconds):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise GoneError
            body.received += message.get("body", b"")
            self.load.body_bytes += len(message.get("body", b""))
            more = message.get("more_body", False)
            if len(body.received) > body.limit:
                body.is_too_large = True
                await _drain(receive, more)
                return

    async def _answer(self, environ: Environ, receive: Receive, send: Send) -> None:
        reply = Reply(asyncio.get_running_loop(), receive, send)
        try:
            whole = await reply.loop.run_in_executor(self._pool, self._call, environ, reply)
        finally:
            reply.stop_watching()
        if whole is not None:
            await send(reply.start_message(closing=TOO_LARGE in environ))
            await send({"type": "http.response.body", "body": whole})

    def _call(self, environ: Environ, reply: "Reply") -> bytes | None:
        """In a thread: the whole answer, or None after it was sent piece by piece."""
        self.load.running += 1
        try:
            result = self.wsgi(environ, reply.start_response)
            try:
                if getattr(result, "streaming", False):
                    reply.send_pieces(result)
                    return None
                return b"".join(result)
            finally:
                getattr(result, "close", lambda: None)()
        finally:
            self.load.running -= 1


class Reply:
    """The answer to one request, begun in a thread and sent on the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop = loop
        self.receive = receive
        self.send = send
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.is_gone = False
        self._watch: asyncio.Task[None] | None = None

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> None:
        """WSGI's callback."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]

    def start_message(self, *, closing: bool = False) -> Message:
        """ASGI's first message of the answer."""
        ending = [(b"connection", b"close")] if closing else []
        start = {"type": "http.response.start", "status": self.status}
        return {**start, "headers": self.headers + ending}

    def send_pieces(self, pieces: Iterable[bytes]) -> None:
        """In the thread: each piece waits until the client took the one before."""
        with suppress(TimeoutError):
            self._on_loop(self._begin())
            for piece in pieces:
                if self.is_gone:
                    return
                self._on_loop(
                    self.send({"type": "http.response.body", "body": piece, "more_body": True})
                )
            self._on_loop(self.send({"type": "http.response.body", "body": b""}))

    def stop_watching(self) -> None:
        """The answer is over: nobody listens for the client hanging up any more."""
        if self._watch is not None:
            self._watch.cancel()

    def _on_loop(self, awaitable: Awaitable[None]) -> None:
        async def run() -> None:
            async with asyncio.timeout(PIECE_SECONDS):
                await awaitable

        asyncio.run_coroutine_threadsafe(run(), self.loop).result()

    async def _begin(self) -> None:
        await self.send(self.start_message())
        self._watch = asyncio.create_task(self._notice_hanging_up())

    async def _notice_hanging_up(self) -> None:
        while not self.is_gone:
            message = await self.receive()
            self.is_gone = message["type"] == "http.disconnect"


def environ_of(scope: Scope, body: Body) -> Environ:
    """The WSGI environment of a request (PEP 3333)."""
    received = b"" if body.is_too_large else bytes(body.received)
    host, port = scope.get("server") or ("localhost", None)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _wsgi_text(scope.get("root_path", "")),
        "PATH_INFO": _wsgi_text(scope["path"].removeprefix(scope.get("root_path", ""))),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or (443 if scope.get("scheme") == "https" else 80)),
        "REMOTE_ADDR": (scope.get("client") or ("127.0.0.1", 0))[0],
        "CONTENT_LENGTH": str(len(received)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(received),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope)
    if body.is_too_large:
        environ[TOO_LARGE] = body.limit
    return environ


def _wsgi_text(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


def _add_headers(environ: Environ, scope: Scope) -> None:
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper(), raw_value.decode("latin-1")
        # "A_B" would become the same key as "A-B", which a proxy may have checked.
        if "_" in name or name == "CONTENT-LENGTH":
            continue
        if name == "CONTENT-TYPE":
            environ["CONTENT_TYPE"] = value
            continue
        key = f"HTTP_{name.replace('-', '_')}"
        joined = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{joined}{value}" if key in environ else value


def _content_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _has_body(scope: Scope) -> bool:
    """Whether the head announces a body, by its length or in chunks."""
    return any(name in _ANNOUNCING and value != b"0" for name, value in scope["headers"])


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


async def _drain(receive: Receive, is_wanted: bool) -> None:  # noqa: FBT001
    """Read the rest of a body that is not wanted, for a while."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            while is_wanted:
                message = await receive()
                is_wanted = bool(message.get("more_body", False))


async def _send_busy(send: Send) -> None:
    body = '{"code": "core.busy", "message": "Máy chủ đang bận, hãy thử lại sau 5 giây."}'
    await _send_json(send, 503, body, header=(b"retry-after", b"5"))


async def _send_slow(send: Send) -> None:
    body = '{"code": "core.too_slow", "message": "Đường truyền quá chậm, hãy thử gửi lại."}'
    await _send_json(send, 408, body, header=(b"connection", b"close"))


async def _send_json(send: Send, status: int, body: str, *, header: tuple[bytes, bytes]) -> None:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        header,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
