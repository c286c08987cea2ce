"""Phones that send scans without rest, and remember which were acknowledged.

What was not acknowledged is sent again under its identifiers until it is.
"""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import SystemRandom
from typing import Any, Final

from tests.checkins.intake.calls import scan
from tests.factories import loops
from tests.faults.intake_site import Seed
from vungxanh.checkins.api.visits import PATH

N_CONNECTIONS: Final = 64
PAUSE_SECONDS: Final = 0.03
ANSWER_SECONDS: Final = 40
DRAINED_SECONDS: Final = 120
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


CHANCE = SystemRandom()


class LostError(Exception):
    """The connection ended before the answer."""


@dataclass(frozen=True)
class Body:
    """What a phone sends at once."""

    token: str
    scans: tuple[dict[str, Any], ...]
    path: str = PATH
    name: str = "visits"

    @property
    def ids(self) -> list[str]:
        """Of its scans."""
        return [one["id"] for one in self.scans]


@dataclass
class Phones:
    """Sixty-four connections of many phones."""

    seed: Seed
    ports: Sequence[int]
    acknowledged: set[str] = field(default_factory=set)
    n_stored: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    n_lost: int = 0
    faults: list[str] = field(default_factory=list)
    pause: float = PAUSE_SECONDS
    _waiting: deque[Body] = field(default_factory=deque)
    _sent: deque[Body] = field(default_factory=lambda: deque(maxlen=100))
    _is_ending: bool = False

    def send_during(self, disturb: Callable[[], None]) -> None:
        """Send while `disturb` runs, then until everything is acknowledged."""
        loops.run(self._send_during(disturb))

    async def _send_during(self, disturb: Callable[[], None]) -> None:
        self._is_ending = False
        lines = [asyncio.create_task(self._line(n)) for n in range(N_CONNECTIONS)]
        try:
            await asyncio.to_thread(disturb)
        finally:
            self._is_ending = True
            await asyncio.wait_for(asyncio.gather(*lines), DRAINED_SECONDS)

    async def _line(self, n: int) -> None:
        port = self.ports[n % len(self.ports)]
        streams: Streams | None = None
        while (body := self._next()) is not None:
            try:
                streams = streams or await asyncio.open_connection("127.0.0.1", port)
                async with asyncio.timeout(ANSWER_SECONDS):
                    answer = await exchange(streams, body)
            except (OSError, LostError, TimeoutError) as error:
                self.n_lost += 1
                self.faults += ["no answer"] if isinstance(error, TimeoutError) else []
                self._waiting.append(body)
                _close(streams)
                streams = None
                await asyncio.sleep(0.1)
            else:
                self._note(body, *answer)
                await asyncio.sleep(self.pause * (1 + CHANCE.random()))
        _close(streams)

    def _next(self) -> Body | None:
        if self._waiting:
            return self._waiting.popleft()
        if self._is_ending:
            return None
        if self._sent and CHANCE.random() < 0.05:
            return CHANCE.choice(self._sent)
        return self.fresh()

    def fresh(self) -> Body:
        """What a phone has not sent yet."""
        now, point = datetime.now(UTC), CHANCE.choice(self.seed.points)
        scans = tuple(scan(point, now) for _ in range(CHANCE.randint(1, 3)))
        return Body(CHANCE.choice(self.seed.phones), scans)

    def _note(self, body: Body, status: int, headers: dict[str, str], said: Any) -> None:
        self.statuses[status] += 1
        if status == 200 and not said["refused"]:
            self.n_stored += said["stored"]
            self.acknowledged.update(body.ids)
            self._sent.append(body)
        elif status == 503 and "retry-after" in headers:
            self._waiting.append(body)
        else:
            self.faults.append(f"{status} {headers} {said}")

    def wait_for(self, status: int, *, seconds: float = 60) -> float:
        """How long it took until this many more answers of a status had come: ten."""
        began, before = time.monotonic(), self.statuses[status]
        while self.statuses[status] < before + 10:
            if time.monotonic() > began + seconds:
                raise TimeoutError(f"no answer {status}: {self.statuses}, lost {self.n_lost}")
            time.sleep(0.02)
        return time.monotonic() - began


def _close(streams: Streams | None) -> None:
    if streams is not None:
        streams[1].close()


async def exchange(streams: Streams, body: Body) -> tuple[int, dict[str, str], Any]:
    """Status, headers and JSON of the answer."""
    reader, writer = streams
    content = json.dumps({body.name: body.scans}).encode()
    writer.write(
        f"POST {body.path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {body.token}\r\n"
        f"content-length: {len(content)}\r\n\r\n".encode()
        + content
    )
    try:
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        said = await reader.readexactly(int(headers["content-length"]))
    except asyncio.IncompleteReadError as error:
        raise LostError from error
    return int(head[0].split()[1]), headers, json.loads(said)
