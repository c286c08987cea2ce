"""A keeper's two calls at sixteen doors of one factory: who stands there, and the visit sealed.

Each door reads somebody every second, all doors at once, as at the change of a shift: it asks who
that is, then sends the visit. What is timed is the whole call over loopback, on a server as it is
shipped. Beside it one look and one count of people inside in a process alone, against the plain
way: row after row by the ORM, all scans of the day for the count.
"""

import http.client
import json
import os
import secrets
import statistics
import tempfile
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from bench import homes, intake_cpu
from bench.harness import Row
from bench.intake_servers import Kind, serving
from vungxanh.checkins.gateways import sealed_visits
from vungxanh.checkins.rules.door_keys import bound_to
from vungxanh.core.postgres import Cluster, find_binaries, running

LIMIT_MS: Final = 50.0
ROOT_OF_CALLS: Final = "/api/v1/keeper/"
SERVER: Final = Kind(("vungxanh.config.cli", "serve"), ROOT_OF_CALLS)
EVERY_SECONDS: Final = 1.0
INSIDE: Final = ("bench.inside", "bench.keeper_inside")


@dataclass(slots=True)
class Taken:
    """Milliseconds of each call, of all doors."""

    look: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)


def run(full: bool) -> list[Row]:
    """p95 of both calls; the small form has 200 people and reads each door's for two seconds."""
    sizes = (20_000, 3_000, 300_000) if full else (200, 50, 1_000)
    seconds, n_asked = (25, 200) if full else (2, 6)
    with tempfile.TemporaryDirectory(prefix="vungxanh-keeper-") as made:
        home = homes.migrated(Path(made))
        with running(Cluster(home, find_binaries())):
            doors = json.loads(homes.run(home, *INSIDE, "prepared", *map(str, sizes)))
            with serving(SERVER, home) as server:
                server.wait()
                programs = [server.program.pid, server.postmaster]
                before = intake_cpu.seconds(programs)
                taken = _loaded(server.port, doors, seconds)
                spent = intake_cpu.seconds(programs) - before
            alone = json.loads(homes.run(home, *INSIDE, "compared", str(n_asked)))
    if not alone["agreed"]:
        raise RuntimeError("both ways count other people inside")
    return [*_calls(taken, sizes), _processor(spent, taken), *_alone(alone, sizes)]


def _calls(taken: Taken, sizes: tuple[int, int, int]) -> Iterator[Row]:
    load = f"{sizes[1]:,} inside, load {os.getloadavg()[0]:.1f}"
    for name, found in (("look", taken.look), ("visit", taken.visits)):
        p50, p95, p99 = (statistics.quantiles(found, n=100)[at - 1] for at in (50, 95, 99))
        note = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(found)} calls; {load}"
        yield Row(f"keeper's {name}, 16 doors, p95", p95, None, None, LIMIT_MS, "ms", note)


def _processor(seconds: float, taken: Taken) -> Row:
    """What somebody at a door costs, however busy the machine is otherwise."""
    each = seconds * 1000 / len(taken.look)
    note = "a look and a visit, server and PostgreSQL together, on a processor"
    return Row("somebody at a door, processor", each, None, None, LIMIT_MS, "ms", note)


def _alone(found: Mapping[str, float], sizes: tuple[int, int, int]) -> Iterator[Row]:
    note = f"{sizes[1]:,} inside of {sizes[0]:,} known; the peer row after row by the ORM"
    for name in ("look", "inside"):
        ours, peer = found[name], found[f"{name}_plain"]
        yield Row(
            f"keeper's {name} in a process, median", ours, peer, peer / ours, None, "ms", note
        )


def _loaded(port: int, doors: Mapping[str, Any], seconds: int) -> Taken:
    taken = Taken()
    at_work = [
        threading.Thread(target=_door, args=(_Door(port, doors, n), seconds, taken))
        for n in range(len(doors["tokens"]))
    ]
    for one in at_work:
        one.start()
    for one in at_work:
        one.join()
    return taken


def _door(door: "_Door", seconds: int, taken: Taken) -> None:
    """One person after the other; the first call of a connection is not counted."""
    door.call("look", {"sealed": door.sealed(0)})
    time.sleep(door.number / 16)
    for n in range(seconds):
        began = time.monotonic()
        box = door.sealed(n)
        taken.look.append(door.call("look", {"sealed": box}))
        taken.visits.append(door.call("visits", {"sealed": [box]}))
        time.sleep(max(0.0, began + EVERY_SECONDS - time.monotonic()))


class _Door:
    """A device and its connection."""

    def __init__(self, port: int, doors: Mapping[str, Any], number: int) -> None:
        self.number = number
        self._doors = doors
        self._public = urlsafe_b64decode(doors["public"])
        self._token = doors["tokens"][number]
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def sealed(self, n: int) -> dict[str, str]:
        """The reading of somebody's card."""
        at = datetime.now(UTC)
        whom = (n * 977 + self.number * 131) % int(self._doors["persons"])
        subject = {"kind": "vn.cccd", "value": f"0521850{whom:05}"}
        said = {"direction": "in", "at": at.isoformat(), "subject": subject}
        scan = _id(at)
        info = bound_to(scan.bytes, self._doors["code"])
        box = sealed_visits.sealed(json.dumps(said).encode(), self._public, info)
        text = urlsafe_b64encode(box).decode().rstrip("=")
        return {"id": str(scan), "key": self._doors["key"], "box": text}

    def call(self, name: str, body: Mapping[str, object]) -> float:
        """Milliseconds until the whole answer is here."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        content = json.dumps(body)
        began = time.perf_counter()
        self._line.request("POST", ROOT_OF_CALLS + name, content, headers)
        answer = self._line.getresponse()
        told = answer.read()
        taken = (time.perf_counter() - began) * 1000
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{name} answered {answer.status}: {told.decode()}")
        return taken


def _id(at: datetime) -> UUID:
    ms = int(at.timestamp() * 1000)
    return UUID(
        int=ms << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    )
