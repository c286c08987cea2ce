"""Connections that may not last for ever: uvicorn's protocol with a deadline and a size for heads.

uvicorn itself waits without end for the rest of a request's head, and takes a head of any size;
a few hundred such connections would fill a server (the "slowloris" attack).
"""

import asyncio
from asyncio.events import TimerHandle

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# A head is a few hundred bytes; sixteen thousand are what other servers take.
HEAD_BYTES = 16 * 1024
HEAD_SECONDS = 20
END = b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large" + END
TOO_SLOW = b"HTTP/1.1 408 Request Timeout" + END


class HeadTooLongError(Exception):
    """Stops the parser; the connection is answered and closed."""


class BoundedProtocol(HttpToolsProtocol):
    """A connection whose request heads come whole within `HEAD_SECONDS` and `HEAD_BYTES`."""

    _head_deadline: TimerHandle | None = None
    _n_head_bytes = 0  # of the head being read, as parsed
    _n_raw_bytes = 0  # of a head that is not whole yet, as received
    _is_head_open = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A new connection must say what it wants."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head; refuse the connection when it is too much."""
        if self._is_head_open:
            self._n_raw_bytes += len(data)
            if self._head_deadline is None:
                self._await_head()
        super().data_received(data)
        if self._is_head_open and self._n_raw_bytes > HEAD_BYTES:
            self._refuse(TOO_LONG)

    def on_message_begin(self) -> None:
        """A new head is counted anew."""
        self._n_head_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """The address belongs to the head."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """So does each header, and what trails a chunked body."""
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole: what follows is a body, which the bridge measures."""
        self._stop_waiting()
        self._is_head_open, self._n_raw_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next bytes belong to another request's head."""
        self._is_head_open = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser gave up on; a head that is too long has an answer of its own."""
        if self._n_head_bytes > HEAD_BYTES:
            self._refuse(TOO_LONG)
        else:
            super().send_400_response(msg)

    def _count(self, n_bytes: int) -> None:
        self._n_head_bytes += n_bytes
        if self._n_head_bytes > HEAD_BYTES:
            raise HeadTooLongError

    def _await_head(self) -> None:
        self._head_deadline = self.loop.call_later(HEAD_SECONDS, self._refuse, TOO_SLOW)

    def _stop_waiting(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None

    def _refuse(self, answer: bytes) -> None:
        self._stop_waiting()
        if self.transport.is_closing():
            return
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and self._n_raw_bytes:
            self.transport.write(answer)
        self.transport.close()
