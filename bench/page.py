"""A province's page with a nation's figures loaded: 3 elements × 10,599 communes × 400 days.

Measured twice: the first time that a process shows the province at all, when all its figures are
read, and again, when the process remembers them.

The whole page is asked for over loopback, one request at a time, another province each time. The
peer is the usual way to read one of its tables: `DISTINCT ON` over all facts of the province.
The database is kept for the next run.
"""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench import homes
from bench.harness import ROOT, Row
from bench.serving import free_port
from vungxanh.core.postgres import Cluster, find_binaries, running

LIMIT_MS = 50
READY_SECONDS = 120
SUBMISSIONS = """
INSERT INTO uptake_source (id, title, kind, is_illustrative)
VALUES (gen_random_uuid(), 'synthetic', 'entry', true) ON CONFLICT DO NOTHING;
INSERT INTO uptake_submission (id, scope_id, as_of, source_id, original_name, state, elements,
    content, created_at, created_by, recorded_at, published_at, withdrawn_reason,
    lacking)
SELECT gen_random_uuid(), 'vn-2021:vn', day, s.id, '', 'recorded',
    '{bluezone_with_phone,population,smartphones}', '{}', day, 'bench', day, day, '', '{}'
FROM generate_series(timestamptz '2021-01-01 00:00+07', timestamptz '2021-01-01 00:00+07'
    + interval '1 day' * (%(days)s - 1), '1 day') day, uptake_source s
"""
FACTS = """
INSERT INTO uptake_fact (unit_id, element, as_of, received_at, revision, value, submission_id)
SELECT u.id, e.element, s.as_of, s.as_of, 1,
       CASE e.element WHEN 'population' THEN 9000 WHEN 'smartphones' THEN 6000
       ELSE 10 * extract(day FROM s.as_of - '2020-12-31 00:00+07')::int
            + hashtext(u.id) %% 500 + 500 END, s.id
FROM uptake_submission s, locations_adminunit u,
     unnest(ARRAY['bluezone_with_phone', 'population', 'smartphones']) e(element)
WHERE u.level = 'commune' AND u.tree = 'vn-2021' ORDER BY s.as_of, u.id
"""
PEER = """
SELECT DISTINCT ON (f.unit_id, f.element) f.unit_id, f.element, f.value, f.as_of
FROM uptake_fact f JOIN locations_adminunit u ON u.id = f.unit_id
WHERE u.path LIKE %s ORDER BY f.unit_id, f.element, f.as_of DESC
"""


def run(full: bool) -> list[Row]:
    """The median page of a province in milliseconds; the small form loads four days."""
    days, n_pages = (400, 150) if full else (4, 12)
    home = homes.kept(f"page-{days}")
    whole = running(Cluster(homes.migrated(home), find_binaries()))
    with whole as cluster, _database(cluster) as database:
        n_facts = _load(database, home, days)
        provinces = _provinces(database)
        with _server(home) as port:
            _ask(port, "/dia-ban/vn-2021:vn/")
            first = _median_page(port, provinces, len(provinces) if full else 3)
            again = _median_page(port, provinces, n_pages)
        peer = _median_query(database, provinces)
    note = f"{n_facts:,} facts, load {os.getloadavg()[0]:.1f}"
    return [
        Row("province page, first since a change", first, peer, peer / first, LIMIT_MS, "ms", note),
        Row("province page, again", again, peer, peer / again, LIMIT_MS, "ms", note),
    ]


def _database(cluster: Cluster) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(cluster.conninfo(database="vungxanh"), autocommit=True)


def _load(database: "psycopg.Connection[tuple[object, ...]]", home: Path, days: int) -> int:
    found = database.execute("SELECT count(*) FROM uptake_submission").fetchone()
    if found == (0,):
        homes.run(home, "bench.inside", "bench.page_inside", "with_units")
        with database.transaction():
            database.execute("SET LOCAL session_replication_role = replica")  # no row-wise checks
            for statement in SUBMISSIONS.split(";"):
                database.execute(statement, {"days": days})
            database.execute(FACTS, {})
        database.execute("VACUUM ANALYZE uptake_fact")
    counted = database.execute("SELECT count(*) FROM uptake_fact").fetchone()
    return int(str(counted[0])) if counted else 0


def _provinces(database: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    asked = "SELECT code FROM locations_adminunit WHERE level = 'province' AND tree = 'vn-2021'"
    return sorted(str(code) for (code,) in database.execute(asked))


@contextmanager
def _server(home: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "vungxanh.config.cli", "serve"]
    environment = {**homes.inside(home), "PORT": str(port)}
    program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        program.terminate()
        program.wait()


def _wait_for(port: int) -> None:
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        try:
            _ask(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    msg = "the server did not start"
    raise TimeoutError(msg)


def _ask(port: int, path: str) -> float:
    """Milliseconds until the whole answer is here."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        taken = (time.perf_counter() - began) * 1000
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        msg = f"{path} answered {answer.status}"
        raise RuntimeError(msg)
    return taken


def _median_page(port: int, provinces: list[str], n_pages: int) -> float:
    addresses = [f"/dia-ban/vn-2021:{code}/" for code in provinces]
    return statistics.median(_ask(port, addresses[i % len(addresses)]) for i in range(n_pages))


def _median_query(
    database: "psycopg.Connection[tuple[object, ...]]", provinces: list[str]
) -> float:
    taken = []
    for code in provinces[:7]:
        began = time.perf_counter()
        database.execute(PEER, [f"vn/{code}/%"]).fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
