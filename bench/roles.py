"""Pages beside the check-ins of phones: all in one program, or check-ins in one of their own.

The same load of 64 connections that ask again as soon as they are answered, onto the same cluster,
in turns; meanwhile a person opens the page of signing in again and again. How long the page takes
is what a second program is for; both share the processors with the load itself.
"""

import http.client
import os
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.harness import Row
from bench.intake import CONNECTIONS, FULL, SMALL, installation
from bench.intake_load import Load, built
from bench.intake_servers import OURS, Kind, Server, Spent, serving

PAGES: Final = Kind(("vungxanh.config.cli", "serve"))
PAGE: Final = "/dang-nhap/"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a turn gave: what the load spent, and milliseconds of each page."""

    spent: Spent
    pages: Sequence[float]

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.pages, n=20)[-1]

    @property
    def told(self) -> str:
        middle = statistics.median(self.pages)
        rate = self.spent.answers.n_rows / self.spent.answers.seconds
        load = f"load {os.getloadavg()[0]:.1f}"
        return f"p50 {middle:.0f} ms, {len(self.pages)} pages, {rate:,.0f} check-ins/s; {load}"


def run(full: bool) -> list[Row]:
    """The page alone, then beside phones on its own program and on another."""
    plan = FULL if full else SMALL
    with TemporaryDirectory() as folder:
        program = built(Path(folder))
        if program is None:
            return [Row("roles: not measured", 0.0, None, None, None, "", "no compiler of C")]
        with installation(plan) as cluster:
            home = cluster.home
            load = Load(program, home / "tokens.txt", home / "points.txt")
            with serving(PAGES, home) as one, serving(OURS, home) as intake:
                one.wait()
                intake.wait()
                alone = _pages(one, until=time.monotonic() + plan.seconds)
                found = {kind: [_seen(one, kind, load, plan.seconds)] for kind in (one, intake)}
                for _ in range(plan.turns - 1):
                    for kind, turns in found.items():
                        turns.append(_seen(one, kind, load, plan.seconds))
    shared, apart = (min(turns, key=lambda turn: turn.p95) for turns in (found[one], found[intake]))
    own = statistics.quantiles(alone, n=20)[-1]
    return [
        Row("page alone, p95", own, None, None, None, "ms", f"{len(alone)} pages of {PAGE}"),
        Row(
            "page beside check-ins, two programs, p95",
            apart.p95,
            shared.p95,
            shared.p95 / apart.p95,
            None,
            "ms",
            f"two: {apart.told}; peer, one program: {shared.told}",
        ),
    ]


def _seen(pages: Server, intake: Server, load: Load, seconds: float) -> _Seen:
    """Pages of one program while phones ask another, or the same."""
    onto = partial(load.onto, seconds=seconds, connections=CONNECTIONS)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(_pages, pages, until=time.monotonic() + seconds)
        spent = intake.measured(onto)
        return _Seen(spent, asked.result())


def _pages(server: Server, *, until: float) -> list[float]:
    """Milliseconds of each page until its last byte, one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    taken: list[float] = []
    while time.monotonic() < until or len(taken) < 2:
        began = time.perf_counter()
        connection.request("GET", PAGE)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise AssertionError(f"{PAGE}: {answer.status}")
        taken.append(1000 * (time.perf_counter() - began))
    connection.close()
    return taken
