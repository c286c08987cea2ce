"""The measure of intake: what a load says is what came, and all processor time is counted."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest

from bench import intake_cpu
from bench.intake import Found
from bench.intake_load import Answers, Load, built, write_lines
from bench.intake_servers import Spent
from vungxanh.core.ids import made_at

TOKENS = ["t" * 20, "u" * 20]
POINTS = ["AAAAAAAAA", "BBBBBBBBB", "CCCCCCCCC"]
SECONDS = 0.3


class Answering(BaseHTTPRequestHandler):
    """Keeps what was sent, and answers each request with the next of `turns`."""

    protocol_version = "HTTP/1.1"
    turns: ClassVar[list[tuple[int, str]]] = []
    got: ClassVar[list[tuple[str, str, dict[str, Any]]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        turn = self.turns[len(self.got) % len(self.turns)]
        self.got.append((self.path, self.headers["Authorization"], body))
        said = turn[1].encode()
        self.send_response(turn[0])
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@contextmanager
def answering(*turns: tuple[int, str]) -> Iterator[int]:
    """A server of these answers; its port."""
    Answering.turns, Answering.got = list(turns), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """The load, built; continuous integration has a compiler."""
    folder = tmp_path_factory.mktemp("load")
    tokens = write_lines(folder / "tokens.txt", TOKENS)
    program = built(folder)
    assert program is not None
    return Load(program, tokens, write_lines(folder / "points.txt", POINTS))


@pytest.mark.slow
def test_load_acknowledges_exactly_the_visits_of_good_answers(load: Load, tmp_path: Path) -> None:
    good, refused = '{"stored":3,"refused":[]}', '{"stored":2, "refused": [{"id":"x","code":"y"}]}'
    to = tmp_path / "acknowledged"
    with answering((200, good), (200, refused), (503, ""), (400, "{}")) as port:
        answers = load.onto(port, "/here", seconds=SECONDS, n_visits=3, connections=1, to=str(to))
    kept = [to.read_bytes()[at : at + 16] for at in range(0, to.stat().st_size, 16)]
    wanted = [UUID(one["id"]).bytes for turn in Answering.got[::4] for one in turn[2]["visits"]]
    assert kept == wanted
    assert answers.n_rows == len(wanted) > 0
    n = len(Answering.got)
    told = (answers.stored, answers.refused, answers.busy, answers.other)
    assert told == tuple((n + 3 - turn) // 4 for turn in range(4))
    assert not answers.is_clean


@pytest.mark.slow
def test_load_sends_fresh_visits_of_drawn_phones_and_points(load: Load) -> None:
    began = datetime.now(UTC) - timedelta(milliseconds=1)
    with answering((200, '{"refused":[ ]}')) as port:
        answers = load.onto(port, "/here", seconds=SECONDS, n_visits=2, connections=4)
    visits = [visit for _, _, body in Answering.got for visit in body["visits"]]
    ids = [UUID(visit["id"]) for visit in visits]
    times = [datetime.fromisoformat(visit["at"]) for visit in visits]
    assert answers.is_clean
    assert len(set(ids)) == len(visits) == answers.n_rows
    assert {one.version for one in ids} == {7}
    assert [made_at(one) for one in ids] == times
    assert began <= min(times) <= max(times) <= datetime.now(UTC)
    assert {visit["point"] for visit in visits} == set(POINTS)
    assert {bearer for _, bearer, _ in Answering.got} == {f"Bearer {token}" for token in TOKENS}
    assert 0 < answers.p50 <= answers.p99 <= answers.p999


@pytest.mark.slow
def test_load_counts_connections_that_ended_and_goes_on(load: Load) -> None:
    class Ending(Answering):
        def do_POST(self) -> None:
            if len(self.got) % 2:
                self.got.append(("", "", {}))
                self.close_connection = True
            else:
                super().do_POST()

    Answering.turns, Answering.got = [(200, '{"refused":[]}')], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ending)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answers = load.onto(server.server_address[1], "/", seconds=SECONDS, connections=1)
    server.shutdown()
    server.server_close()
    assert answers.stored > 1
    assert answers.lost in (answers.stored, answers.stored - 1)


BURN = "import time\nwhile time.process_time() < 0.2: pass"


@pytest.mark.slow
def test_processor_time_counts_children_that_have_ended() -> None:
    before = intake_cpu.seconds([os.getpid()])
    subprocess.run([sys.executable, "-c", BURN], check=True)
    assert intake_cpu.seconds([os.getpid()]) - before >= 0.19


@pytest.mark.slow
def test_processor_time_counts_children_that_still_run() -> None:
    waits = f"{BURN}\nprint(flush=True)\ninput()"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {waits!r}], check=True)"
    )
    command = [sys.executable, "-c", parent]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        spent = intake_cpu.seconds([program.pid])
        program.communicate("\n")
    assert spent >= 0.19


def test_rate_counts_rows_by_seconds_of_server_and_database() -> None:
    answers = Answers(4.0, 100, 50, 0, 0, 0, 0, 0, p50=1.0, p99=2.0, p999=3.0, slowest=3.0)
    found = Found([Spent(answers, own=1.5, database=0.5), Spent(answers, own=2.0, database=1.0)])
    assert found.rate == 2 * 5_000 / 5.0
