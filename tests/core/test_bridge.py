"""The bridge between the server and Django: whole requests in, whole or streamed answers out."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from vungxanh.core.bridge import TOO_LARGE, Bridge, Limits

Start = Callable[..., None]


def scope(method: str = "GET", path: str = "/", headers: tuple[tuple[str, str], ...] = ()) -> Any:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"a=1&b=%C4%91",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "server": ("vungxanh.example", 8443),
        "client": ("203.0.113.9", 50123),
    }


def feed(*chunks: bytes, hangs_up: str = "never") -> Callable[[], Awaitable[Any]]:
    """ASGI's receive: the chunks, then a client that waits or hangs up ("midway", "after")."""
    last = len(chunks) - 1
    messages = [
        {"type": "http.request", "body": chunk, "more_body": number < last or hangs_up == "midway"}
        for number, chunk in enumerate(chunks)
    ]

    async def receive() -> Any:
        if messages:
            return messages.pop(0)
        if hangs_up == "never":
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return receive


def ask(bridge: Bridge, asked: Any, receive: Callable[[], Awaitable[Any]]) -> list[Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    completed(asyncio.wait_for(bridge(asked, receive, send), timeout=10))
    return sent


def completed(awaited: Coroutine[Any, Any, Any]) -> Any:
    """What it gives, run in a thread of its own: a browser's test may keep a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, awaited).result()


def body_of(sent: list[Any]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent[1:])


class Recorder:
    """A WSGI application that remembers its environment and answers with the body it got."""

    def __init__(self) -> None:
        self.environ: dict[str, Any] = {}
        self.closed = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> list[bytes]:
        self.environ = environ
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Twice", "a")])
        return [environ["wsgi.input"].read()]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def bridge(recorder: Recorder) -> Iterator[Bridge]:
    made = Bridge(recorder, Limits(threads=2, body_bytes=1000, requests=4, memory_bytes=3000))
    yield made
    made.close()


def test_request_reaches_the_application_as_pep_3333_says(
    bridge: Bridge, recorder: Recorder
) -> None:
    headers = (("Host", "vx"), ("Content-Type", "text/csv"), ("X-A", "1"), ("X-A", "2"))
    ask(bridge, scope("POST", "/đơn-vị", (*headers, ("Content-Length", "6"))), feed(b"abc", b"def"))
    found = recorder.environ
    assert (found["REQUEST_METHOD"], found["QUERY_STRING"]) == ("POST", "a=1&b=%C4%91")
    assert found["PATH_INFO"].encode("latin-1").decode() == "/đơn-vị"
    assert (found["SERVER_NAME"], found["SERVER_PORT"]) == ("vungxanh.example", "8443")
    assert (found["wsgi.url_scheme"], found["REMOTE_ADDR"]) == ("https", "203.0.113.9")
    assert (found["CONTENT_TYPE"], found["CONTENT_LENGTH"]) == ("text/csv", "6")
    assert (found["HTTP_HOST"], found["HTTP_X_A"]) == ("vx", "1,2")


def test_answer_carries_status_headers_and_body(bridge: Bridge) -> None:
    sent = ask(bridge, scope("POST"), feed(b"xin chao"))
    assert sent[0]["status"] == 200
    assert (b"content-type", b"text/plain") in sent[0]["headers"]
    assert body_of(sent) == b"xin chao"


def test_header_that_imitates_another_is_dropped(bridge: Bridge, recorder: Recorder) -> None:
    ask(bridge, scope(headers=(("X_Forwarded_For", "127.0.0.1"),)), feed(b""))
    assert "HTTP_X_FORWARDED_FOR" not in recorder.environ


def test_several_cookie_headers_become_one(bridge: Bridge, recorder: Recorder) -> None:
    ask(bridge, scope(headers=(("Cookie", "a=1"), ("Cookie", "b=2"))), feed(b""))
    assert recorder.environ["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize("announced", [(("Content-Length", "1001"),), ()])
def test_body_over_the_limit_is_thrown_away_and_told(
    bridge: Bridge, recorder: Recorder, announced: tuple[tuple[str, str], ...]
) -> None:
    sent = ask(bridge, scope("POST", headers=announced), feed(b"x" * 600, b"x" * 401))
    assert recorder.environ[TOO_LARGE] == 1000
    assert recorder.environ["wsgi.input"].read() == b""
    assert (b"connection", b"close") in sent[0]["headers"]
    assert bridge.load.body_bytes == 0


def test_body_far_over_the_limit_is_not_even_read(bridge: Bridge, recorder: Recorder) -> None:
    def receive() -> Awaitable[Any]:
        pytest.fail("it read a body that cannot be meant")

    ask(bridge, scope("POST", headers=(("Content-Length", "4001"),)), receive)
    assert recorder.environ[TOO_LARGE] == 1000


def test_client_that_hangs_up_while_sending_costs_no_thread(
    bridge: Bridge, recorder: Recorder
) -> None:
    assert ask(bridge, scope("POST"), feed(b"half", hangs_up="midway")) == []
    assert recorder.environ == {}
    assert (bridge.load.requests, bridge.load.body_bytes) == (0, 0)


@pytest.mark.parametrize(("requests", "body_bytes"), [(4, 0), (0, 2500)])
def test_more_than_it_can_hold_is_answered_503_with_a_time(
    bridge: Bridge, requests: int, body_bytes: int
) -> None:
    bridge.load.requests, bridge.load.body_bytes = requests, body_bytes
    sent = ask(bridge, scope("POST", headers=(("Content-Length", "600"),)), feed(b"x" * 600))
    assert sent[0]["status"] == 503
    assert (b"retry-after", b"5") in sent[0]["headers"]


class Stream:
    """A response that is made while it is sent, as Django's streaming ones are."""

    streaming = True

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        self.is_closed = True


def streaming_bridge(stream: Stream) -> Bridge:
    def application(environ: dict[str, Any], start_response: Start) -> Stream:
        start_response("200 OK", [])
        return stream

    return Bridge(application, Limits(threads=1))


def test_streamed_answer_is_sent_in_its_pieces_and_closed() -> None:
    stream = Stream(iter([b"a", b"b", b"c"]))
    sent = ask(streaming_bridge(stream), scope(), feed(b""))
    assert [message.get("body") for message in sent[1:]] == [b"a", b"b", b"c", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, True, False]
    assert stream.is_closed


def test_stream_ends_when_the_client_hangs_up() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            time.sleep(0.001)
            yield b"x"

    stream = Stream(endless())
    sent = ask(streaming_bridge(stream), scope(), feed(b"", hangs_up="after"))
    assert sent[0]["status"] == 200
    assert stream.is_closed


def test_failing_application_is_an_error_of_the_server_and_frees_its_place() -> None:
    def application(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        raise ZeroDivisionError

    bridge = Bridge(application)
    with pytest.raises(ZeroDivisionError):
        ask(bridge, scope(), feed(b""))
    assert (bridge.load.requests, bridge.load.running) == (0, 0)


def test_requests_run_side_by_side_up_to_the_number_of_threads() -> None:
    together = threading.Barrier(2, timeout=5)

    def application(environ: dict[str, Any], start_response: Start) -> list[bytes]:
        together.wait()
        start_response("204 No Content", [])
        return []

    bridge = Bridge(application, Limits(threads=2))

    async def both() -> list[int]:
        statuses: list[int] = []

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        await asyncio.gather(*(bridge(scope(), feed(b""), send) for _ in range(2)))
        return statuses

    assert completed(both()) == [204, 204]
