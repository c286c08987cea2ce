"""One standing conversation with an SMPP 3.4 server: binding, asking, answering, staying awake.

A thread reads. What the server delivers is acknowledged only after it was kept, so nothing is lost
when this program dies; the server then delivers it again. Source: SMPP Protocol Specification v3.4,
Issue 1.2, 12 Oct 1999: 4.1 (bind), 4.6 (deliver_sm), 4.11 (enquire_link), 5.1.2, 5.1.3.
"""

import selectors
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import smpp34

from vungxanh.messaging.gateways.mail import NotSentError

SECONDS: Final = 20.0  # to connect, and for one answer
IDLE_SECONDS: Final = 30.0  # of silence before the line is asked for; dead after three times that
MOST_BYTES: Final = 70_000  # of one PDU: a message_payload of 64 KiB fits

BIND_TRANSCEIVER: Final = 0x00000009
DELIVER_SM: Final = 0x00000005
UNBIND: Final = 0x00000006
ENQUIRE_LINK: Final = 0x00000015
ALERT_NOTIFICATION: Final = 0x00000102
GENERIC_NACK: Final = 0x80000000
_ANSWER: Final = 0x80000000
_OK: Final = 0
_UNKNOWN_COMMAND: Final = 0x00000003  # ESME_RINVCMDID
_TRY_AGAIN: Final = 0x00000064  # ESME_RX_T_APPN
_UNREADABLE: Final = 0x00000065  # ESME_RX_P_APPN
# Wrong password, wrong name, or no right to bind.
_NOT_ADMITTED: Final = {0x0000000D, 0x0000000E, 0x0000000F, 0x00000010}

Keep = Callable[[smpp34.DeliverSm], None]


@dataclass(frozen=True, slots=True)
class Account:
    """A server and a name at it; `security` is "tls" or "none", `authorities` a file of PEM."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: str = "tls"
    authorities: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The server's answer to one PDU: its command_status and its body."""

    status: int
    body: bytes


class Session:
    """A bound session; `ask` may be called from several threads."""

    def __init__(self, line: socket.socket, keep: Keep, idle_seconds: float) -> None:
        self._line, self._keep, self._idle_seconds = line, keep, idle_seconds
        self._using = threading.Lock()  # TLS must not read and write at once
        self._asked: dict[int, Future[Reply]] = {}
        self._numbers = count(1)
        self._buffer = bytearray()
        self._n_silences = 0
        self.is_up = True
        threading.Thread(target=self._listen, name="smpp", daemon=True).start()

    def ask(self, command: int, pdu_of: Callable[[int], bytes]) -> Reply:
        """Send what `pdu_of(sequence number)` makes and wait for the answer; raises OSError."""
        number, waiting = next(self._numbers), Future[Reply]()
        self._asked[number] = waiting
        try:
            self._send(pdu_of(number))
            if not self.is_up:
                raise ConnectionError
            return waiting.result(SECONDS)
        except OSError:
            self.close()
            raise
        finally:
            self._asked.pop(number, None)

    def close(self) -> None:
        """Say goodbye and leave."""
        try:
            if self.is_up:
                self._send(header(UNBIND, next(self._numbers)))
            self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the other side has gone already

    def _send(self, pdu: bytes) -> None:
        with self._using:
            self._line.sendall(pdu)

    def _listen(self) -> None:
        try:
            for pdu in self._pdus():
                self._take(pdu)
        except OSError:
            return  # whoever waits is told below
        finally:
            self._end()

    def _end(self) -> None:
        self.is_up = False
        self._line.close()
        for waiting in list(self._asked.values()):
            if not waiting.done():
                waiting.set_exception(ConnectionError())

    def _pdus(self) -> Iterator[bytes]:
        while True:
            length = int.from_bytes(self._read(4), "big")
            if not 16 <= length <= MOST_BYTES:
                raise ConnectionError
            yield length.to_bytes(4, "big") + self._read(length - 4)

    def _read(self, n_bytes: int) -> bytes:
        while len(self._buffer) < n_bytes:
            self._fill()
        found = bytes(self._buffer[:n_bytes])
        del self._buffer[:n_bytes]
        return found

    def _fill(self) -> None:
        if not self._has_come():
            self._n_silences += 1
            if self._n_silences > 2:
                raise ConnectionError
            self._send(header(ENQUIRE_LINK, next(self._numbers)))
            return
        came = self._received()
        if came == b"":
            raise ConnectionError
        self._n_silences = 0
        self._buffer += came or b""

    def _received(self) -> bytes | None:
        """What has come; None where that was TLS's own, as the tickets after its handshake.

        Never waits for more: whoever asks would wait for the line, and so for an answer to nothing.
        """
        with self._using:
            self._line.settimeout(0)
            try:
                return self._line.recv(MOST_BYTES)
            except (BlockingIOError, ssl.SSLWantReadError):
                return None
            finally:
                self._line.settimeout(SECONDS)

    def _has_come(self) -> bool:
        if isinstance(self._line, ssl.SSLSocket) and self._line.pending():
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self._line, selectors.EVENT_READ)
            return bool(selector.select(self._idle_seconds))

    def _take(self, pdu: bytes) -> None:
        command, status, number = (int.from_bytes(pdu[at : at + 4], "big") for at in (4, 8, 12))
        if command & _ANSWER:
            waiting = self._asked.get(number)
            if waiting is not None and not waiting.done():
                waiting.set_result(Reply(status, pdu[16:]))
        elif command == DELIVER_SM:
            status = self._kept(pdu)
            self._send(header(DELIVER_SM | _ANSWER, number, status=status, body=b"\0"))
        elif command in {ENQUIRE_LINK, UNBIND}:
            self._send(header(command | _ANSWER, number))
            if command == UNBIND:
                raise ConnectionError
        elif command != ALERT_NOTIFICATION:
            self._send(header(GENERIC_NACK, number, status=_UNKNOWN_COMMAND))

    def _kept(self, pdu: bytes) -> int:
        """Keep it; the status to answer with."""
        try:
            found = smpp34.decode(pdu)
        except smpp34.SmppError:
            return _UNREADABLE
        if not isinstance(found, smpp34.DeliverSm):
            return _UNREADABLE
        try:
            self._keep(found)
        except OSError:
            return _TRY_AGAIN
        return _OK


def header(command: int, number: int, *, status: int = _OK, body: bytes = b"") -> bytes:
    """A whole PDU: command_length, command_id, command_status, sequence_number, body."""
    fields = (16 + len(body), command, status, number)
    return b"".join(value.to_bytes(4, "big") for value in fields) + body


def bound(account: Account, keep: Keep, idle_seconds: float = IDLE_SECONDS) -> Session:
    """Connect and bind as a transceiver; raises NotSentError."""
    try:
        session = Session(_connected(account), keep, idle_seconds)
        reply = session.ask(BIND_TRANSCEIVER, lambda number: _bind(account, number))
    except OSError as failure:
        raise NotSentError("unreachable") from failure
    if reply.status != _OK:
        session.close()
        raise NotSentError("not_admitted" if reply.status in _NOT_ADMITTED else "unreachable")
    return session


def _connected(account: Account) -> socket.socket:
    line = socket.create_connection((account.host, account.port), SECONDS)
    if account.security == "none":
        return line
    context = ssl.create_default_context(cafile=account.authorities or None)
    try:
        return context.wrap_socket(line, server_hostname=account.host)
    except OSError:
        line.close()
        raise


def _bind(account: Account, number: int) -> bytes:
    """system_id, password, system_type, interface_version 3.4, TON, NPI, address_range."""
    names = [account.user.encode("ascii"), account.password.encode("ascii"), b""]
    body = b"\0".join(names) + b"\0" + bytes([0x34, 0, 0]) + b"\0"
    return header(BIND_TRANSCEIVER, number, body=body)
