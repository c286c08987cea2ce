"""Check-ins that are on the disk when they are answered, per second on a processor.

Ours beside a view with Django's ORM under WSGI and beside Django Ninja with asynchronous calls: one
table, one embedded server as it is shipped, one worker process each; everybody verifies the token,
the point and the ranges. Phones are drawn from many and keep their connections; each sends the next
check-in when the one before is answered. Load, server and PostgreSQL share the machine, so what is
counted is rows per second that server and PostgreSQL spent on a processor, in turns, so that what
else the machine does meets everybody. Rows are counted in the table afterwards.
"""

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psycopg

from bench import homes
from bench.harness import Row
from bench.intake_load import Answers, Load, built
from bench.intake_servers import NINJA, OURS, WSGI, Kind, Server, Spent, serving
from vungxanh.core.postgres import DATABASE, Cluster, find_binaries, running

LEAST_OF_WSGI, LEAST_OF_NINJA, LEAST_OF_HUNDREDS = 20.0, 40.0, 3.0
MOST_P99_MS: Final = 10.0
CONNECTIONS: Final = 64
SERVERS: Final[Mapping[str, Kind]] = {"ours": OURS, "wsgi": WSGI, "ninja": NINJA}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done."""

    turns: int
    seconds: float
    warm_seconds: float
    n_devices: int
    n_points: int


FULL: Final = Plan(turns=3, seconds=4.0, warm_seconds=2.0, n_devices=2_000, n_points=500)
SMALL: Final = Plan(turns=1, seconds=0.3, warm_seconds=0.1, n_devices=200, n_points=50)


@dataclass(frozen=True, slots=True)
class Found:
    """The turns of one kind of load on one server."""

    turns: Sequence[Spent]

    @property
    def rate(self) -> float:
        """Rows per second on a processor."""
        rows = sum(one.answers.n_rows for one in self.turns)
        return rows / max(sum(one.cpu for one in self.turns), 0.01)

    @property
    def p99(self) -> float:
        """Milliseconds, of the turn in the middle."""
        return statistics.median(one.answers.p99 for one in self.turns)

    @property
    def told(self) -> str:
        """Rows a second as the machine was, times of the turn in the middle, who spent."""
        rows = sum(one.answers.n_rows for one in self.turns)
        per_second = rows / sum(one.answers.seconds for one in self.turns)
        p50 = statistics.median(one.answers.p50 for one in self.turns)
        database = sum(one.database for one in self.turns)
        share = 100 * database / max(sum(one.cpu for one in self.turns), 0.01)
        times = f"p50 {p50:.1f} ms, p99 {self.p99:.1f} ms"
        return f"{per_second:,.0f}/s, {times}, {share:.0f} % of it PostgreSQL"


def run(full: bool) -> list[Row]:
    """Single check-ins everywhere, then bodies of a hundred with us."""
    with TemporaryDirectory() as folder:
        program = built(Path(folder))
        if program is None:
            return [Row("intake: not measured", 0.0, None, None, None, "", "no compiler of C")]
        found = _measured(program, FULL if full else SMALL)
    return _rows(found, limited=full)


def _rows(found: Mapping[str, Found], *, limited: bool) -> list[Row]:
    ours, wsgi, ninja = (found[name] for name in ("ours", "wsgi", "ninja"))
    load = f"load {os.getloadavg()[0]:.1f}"
    single = f"{ours.told}; {load}"
    hundreds = found["hundreds"].rate
    most = MOST_P99_MS if limited else None
    return [
        _rate("single, beside an ORM view under WSGI", ours, wsgi, f"ours {single}"),
        _times("single, times the ORM view", ours.rate / wsgi.rate, LEAST_OF_WSGI * limited),
        _rate("single, beside Django Ninja async", ours, ninja, f"peer {ninja.told}"),
        _times("single, times Django Ninja", ours.rate / ninja.rate, LEAST_OF_NINJA * limited),
        Row(
            f"intake: single, p99 at {CONNECTIONS} connections",
            ours.p99,
            wsgi.p99,
            wsgi.p99 / ours.p99,
            most,
            "ms",
            f"peer WSGI {wsgi.told}",
        ),
        _rate("bodies of 100", found["hundreds"], None, f"{found['hundreds'].told}; {load}"),
        _times("bodies of 100, times single", hundreds / ours.rate, LEAST_OF_HUNDREDS * limited),
    ]


def _rate(name: str, ours: Found, peer: Found | None, note: str) -> Row:
    theirs = peer.rate if peer else None
    ratio = ours.rate / theirs if theirs else None
    return Row(f"intake: {name}", ours.rate, theirs, ratio, None, "rows/cpu-s", note)


def _times(name: str, ratio: float, least: float) -> Row:
    note = "rows per second of server and PostgreSQL"
    return Row(f"intake: {name}", ratio, None, None, least or None, "ours/peer", note)


def _measured(program: Path, plan: Plan) -> Mapping[str, Found]:
    """By server, and `hundreds` of ours; every row acknowledged stands in the table."""
    with installation(plan) as cluster, ExitStack() as stack:
        home = cluster.home
        load = Load(program, home / "tokens.txt", home / "points.txt")
        started = {name: stack.enter_context(serving(kind, home)) for name, kind in SERVERS.items()}
        for server in started.values():
            server.wait()
        asked = [(name, started[name], 1) for name in started]
        asked.append(("hundreds", started["ours"], 100))
        warm = [_turn(server, load, n, plan.warm_seconds) for _, server, n in asked]
        turns: dict[str, list[Spent]] = {name: [] for name, *_ in asked}
        for _ in range(plan.turns):
            for name, server, n in asked:
                turns[name].append(_turn(server, load, n, plan.seconds))
        spent = [*warm, *(one for some in turns.values() for one in some)]
        _check(cluster, [one.answers for one in spent])
    return {name: Found(some) for name, some in turns.items()}


def _turn(server: Server, load: Load, n_visits: int, seconds: float) -> Spent:
    onto = partial(load.onto, seconds=seconds, n_visits=n_visits, connections=CONNECTIONS)
    return server.measured(onto)


def _check(cluster: Cluster, answers: Sequence[Answers]) -> None:
    """Nothing was refused or lost, and what was acknowledged is there, once."""
    for one in answers:
        if not one.is_clean:
            raise AssertionError(one)
    with psycopg.connect(cluster.conninfo(database=DATABASE)) as connection:
        row = connection.execute("SELECT count(*) FROM checkins_scan").fetchone()
    wanted = sum(one.n_rows for one in answers)
    if row is None or row[0] != wanted:
        raise AssertionError(f"{wanted} rows acknowledged, {row} there")


@contextmanager
def installation(plan: Plan) -> Iterator[Cluster]:
    """An installation with phones and points and no scans, kept for the next run."""
    home = homes.kept(f"intake-{plan.n_devices}")
    with running(Cluster(homes.migrated(home), find_binaries())) as cluster:
        numbers = (str(plan.n_devices), str(plan.n_points))
        homes.run(home, "bench.inside", "bench.intake_inside", "prepared", *numbers)
        yield cluster
