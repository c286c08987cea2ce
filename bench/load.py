"""A small HTTP load on this machine: keep-alive connections that ask one path again and again."""

import socket
import threading
import time
from dataclasses import dataclass

END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers counted over a time."""

    n_answers: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Requests per second."""
        return self.n_answers / self.seconds


def measure(port: int, path: str, *, seconds: float, connections: int = 8) -> Rate:
    """Ask `path` over some connections for a while."""
    ends_at = time.monotonic() + seconds
    counts = [0] * connections
    threads = [
        threading.Thread(target=_ask, args=(_Asker(port, path, ends_at), counts, number))
        for number in range(connections)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(sum(counts), time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class _Asker:
    port: int
    path: str
    ends_at: float


def _ask(asker: _Asker, counts: list[int], number: int) -> None:
    request = f"GET {asker.path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", asker.port), timeout=10) as connection:
        while time.monotonic() < asker.ends_at:
            connection.sendall(request)
            _read_answer(connection)
            counts[number] += 1


def _read_answer(connection: socket.socket) -> None:
    received = b""
    while END_OF_HEAD not in received:
        received += _more(connection)
    head, _, body = received.partition(END_OF_HEAD)
    if not head.startswith(b"HTTP/1.1 200"):
        msg = f"the server answered {head[:40]!r}"
        raise ConnectionError(msg)
    missing = _length(head) - len(body)
    while missing > 0:
        missing -= len(_more(connection))


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        msg = "the server closed the connection"
        raise ConnectionError(msg)
    return received
