"""SMPP servers on this machine: the library's own, which another team wrote, and a scripted one."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import smpp34

from vungxanh.messaging.gateways.smpp_session import header

SECONDS = 10


def free_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class Smsc:
    """What was submitted; to each the next status is answered, the last one for ever."""

    port: int
    loop: asyncio.AbstractEventLoop
    submitted: list[smpp34.SubmitSmEvent] = field(default_factory=list)
    statuses: list[int] = field(default_factory=lambda: [0])
    bound: "list[smpp34.Esme]" = field(default_factory=list)

    async def serve(self, server: smpp34.Server) -> None:
        while True:
            event = await server.next()
            if isinstance(event, smpp34.Esme):
                self.bound.append(event)
            elif isinstance(event, smpp34.SubmitSmEvent):
                self.submitted.append(event)
                status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
                name = f"m-{len(self.submitted)}"
                event.reject(status) if status else event.accept(name)

    def deliver(self, to: str, content: bytes, **fields: Any) -> int:
        """Deliver to the client that bound last, and wait for its answer's command_status."""
        eventually(lambda: bool(self.bound))

        async def go() -> int:
            answer = await self.bound[-1].deliver_sm(to, content, **fields)
            return answer.command_status

        return int(self.run(go()))

    def run(self, work: Any) -> Any:
        waiting: Future[Any] = asyncio.run_coroutine_threadsafe(work, self.loop)
        return waiting.result(SECONDS)


@contextmanager
def smsc() -> Iterator[Smsc]:
    """The library's server, running while the block does."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    found = Smsc(free_port(), loop)

    async def start() -> smpp34.Server:
        made = smpp34.Server("127.0.0.1", found.port, system_id="SMSC")
        await made.start()
        return made

    server = found.run(start())
    serving = asyncio.run_coroutine_threadsafe(found.serve(server), loop)
    try:
        yield found
    finally:
        serving.cancel()
        found.run(_stopped(server))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=SECONDS)
        loop.close()


async def _stopped(server: smpp34.Server) -> None:
    await server.stop()


Script = Callable[[socket.socket], None]


@contextmanager
def scripted(*scripts: Script) -> Iterator[int]:
    """A server that plays one script to each connection, one after the other; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def play() -> None:
        for script in scripts:
            line, _ = listener.accept()
            line.settimeout(SECONDS)
            with line:
                script(line)

    thread = threading.Thread(target=play)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        thread.join(timeout=SECONDS)
        listener.close()


def next_pdu(line: socket.socket) -> tuple[int, int, bytes]:
    """command_id, sequence_number and the whole of one PDU; zeros when the line is closed."""
    start = line.recv(4, socket.MSG_WAITALL)
    if len(start) < 4:
        return 0, 0, b""
    pdu = start + line.recv(int.from_bytes(start, "big") - 4, socket.MSG_WAITALL)
    return int.from_bytes(pdu[4:8], "big"), int.from_bytes(pdu[12:16], "big"), pdu


def answer(line: socket.socket, status: int = 0, body: bytes = b"m-1\0") -> int:
    """Take one PDU and answer it; its command_id."""
    command, number, _ = next_pdu(line)
    line.sendall(header(command | 0x80000000, number, status=status, body=body))
    return command


def eventually(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; raises TimeoutError."""
    ends_at = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > ends_at:
            raise TimeoutError
        time.sleep(0.01)
