"""Declarations that are judged and on the disk when they are answered, per second on a processor.

Ours beside a synchronous view with Django's ORM: one set of tables, one embedded server as it is
shipped, one worker process each, the same engines and keys. What is counted is rows per second that
server and PostgreSQL spent on a processor, in turns. Rows are counted in the tables afterwards.
"""

import json
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psycopg

from bench import homes
from bench.harness import Row
from bench.intake import Found
from bench.intake_load import Answers, built
from bench.intake_servers import OURS, THREADS, Kind, Server, Spent, serving
from vungxanh.core.postgres import DATABASE, Cluster, find_binaries, running

LEAST_OF_WSGI: Final = 10.0
CONNECTIONS: Final = "64"
PATH: Final = "/api/v1/declarations"
PEER: Final = Kind(
    (
        *("granian", "--interface", "wsgi", "--factory", "bench.declare_peer_serving:wsgi"),
        *("--port", "{port}", "--workers", "1", "--blocking-threads", THREADS),
        *("--backpressure", "256", "--http", "1", "--no-ws", "--log-level", "error"),
    ),
    PATH,
)
SERVERS: Final[Mapping[str, Kind]] = {"ours": replace(OURS, path=PATH), "wsgi": PEER}
ANSWERS: Final = {
    "name": "Người Mẫu Một",
    "birth_year": 1980,
    "gender": "female",
    "nationality": "VN",
    "unit": "vn-2021:21586",
    "address": "Số 1 đường Mẫu",
    "phone": "0912000001",
    "signs": ["none"],
    "been": False,
    "contact_case": False,
    "contact_country": False,
    "contact_ill": False,
    "conditions": ["none"],
    "doses": "0",
    "tested": "none",
}


def run(full: bool) -> list[Row]:
    """Single declarations of many phones."""
    n_devices, turns, seconds = (4_000, 3, 4.0) if full else (200, 1, 0.3)
    with TemporaryDirectory() as folder:
        program = built(Path(folder))
        if program is None:
            return [Row("declare: not measured", 0.0, None, None, None, "", "no compiler of C")]
        found = _measured(program, n_devices, (turns, seconds))
    ours, wsgi = found["ours"], found["wsgi"]
    ratio = ours.rate / wsgi.rate
    note = f"ours {ours.told}; peer {wsgi.told}"
    least = LEAST_OF_WSGI if full else None
    unit = "ours/peer"
    return [
        Row(
            "declare: single, beside an ORM view",
            ours.rate,
            wsgi.rate,
            ratio,
            None,
            "rows/cpu-s",
            note,
        ),
        Row("declare: single, times the ORM view", ratio, None, None, least, unit, "rows/cpu-s"),
    ]


def _measured(program: Path, n_devices: int, plan: tuple[int, float]) -> dict[str, Found]:
    turns, seconds = plan
    home = homes.kept(f"declare-{n_devices}")
    spent: dict[str, list[Spent]] = {name: [] for name in SERVERS}
    with running(Cluster(homes.migrated(home), find_binaries())) as cluster, ExitStack() as stack:
        inside = ("bench.inside", "bench.declare_inside", "prepared", str(n_devices))
        homes.run(home, *inside)
        started = {name: stack.enter_context(serving(kind, home)) for name, kind in SERVERS.items()}
        for server in started.values():
            server.wait()
        warm = [_turn(server, program, home, seconds / 2) for server in started.values()]
        for _ in range(turns):
            for name, server in started.items():
                spent[name].append(_turn(server, program, home, seconds))
        _check(cluster, [*warm, *(one for some in spent.values() for one in some)])
    return {name: Found(some) for name, some in spent.items()}


def _turn(server: Server, program: Path, home: Path, seconds: float) -> Spent:
    body = program.with_name("declaration.json")
    answers = json.dumps(ANSWERS, separators=(",", ":"))
    body.write_text(
        '{"declarations":[{"id":"@id@","questionnaire":"general","version":2,"at":"@at@",'
        f'"answers":{answers}}}]}}'
    )
    files = (str(body), str(home / "tokens.txt"), str(home / "points.txt"))

    def load(port: int, path: str) -> Answers:
        command = [str(program), str(port), path, CONNECTIONS, str(seconds), *files]
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        return Answers(**json.loads(ended.stdout))

    return server.measured(load)


def _check(cluster: Cluster, spent: list[Spent]) -> None:
    """Nothing was refused or lost; what was acknowledged is there, queued and counted, once."""
    for one in spent:
        if not one.answers.is_clean:
            raise AssertionError(one)
    wanted = sum(one.answers.n_rows for one in spent)
    with psycopg.connect(cluster.conninfo(database=DATABASE)) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM declarations_declaration), "
            "(SELECT count(*) FROM declarations_pending), "
            "(SELECT sum(n)::bigint FROM declarations_declarationcount)"
        ).fetchone()
    if row != (wanted, wanted, wanted):
        raise AssertionError(f"{wanted} rows acknowledged, {row} there")
