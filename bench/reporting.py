"""Who reported when, with a year of a nation's reports loaded, and a long report brought.

63 provinces, four operators each, a report a day on all districts of the province: 92,000 times
that something was due, as many reports, a million figures. The pages are asked for through Django's
test client, with session, rights and template; another province each time. The report that is
brought has a line for each of 10,000 communes and is read, placed, checked and kept as a draft.
The database is kept for the next run.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("bench.inside", "bench.reporting_inside")
PAGE_MS, IMPORT_S = 100, 2
OCCURRENCES = """
INSERT INTO duties_occurrence (id, duty_id, day, due_at, state, met_at, met_by, evidence, n_met,
    was_late, decided_by, reason, step, answered_by, answer)
SELECT gen_random_uuid(), duty, day, due, state, CASE WHEN n > 0 THEN due END,
       CASE WHEN n > 0 THEN 'bench' ELSE '' END, CASE WHEN n > 0 THEN 'bench' ELSE '' END, n,
       luck BETWEEN 2 AND 9, '', '', 'none', '', ''
FROM (SELECT duty, day, due, luck, CASE WHEN luck < 2 THEN 0 WHEN luck < 5 THEN 2 ELSE 1 END n,
             CASE WHEN luck < 2 THEN 'open' WHEN luck < 5 THEN 'revised' WHEN luck < 10 THEN 'late'
             ELSE 'done' END state
      FROM (SELECT r.duty, (t.due AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
                   t.due + interval '16 hours' AS due,
                   abs(hashtext(r.id::text || t.due::text)) %% 100 AS luck
            FROM uptake_reporter r, generate_series(timestamptz '2021-05-26 00:00+07'
                - interval '1 day' * (%(days)s - 1), '2021-05-26 00:00+07', '1 day') t(due)
           ) drawn) told
"""
REPORTS = """
INSERT INTO uptake_figurereport (id, reporter_id, day, occurrence, as_of, revision, state, channel,
    caller, original_name, digest, content, findings, n_figures, n_errors, is_zero, brought_at,
    brought_by, accepted_at, ended_by, reason)
SELECT gen_random_uuid(), r.id, o.day, o.id, o.due_at, o.n_met, 'accepted', 'upload', '',
       'bench.xlsx', '\\x00', jsonb_build_object('figures', repeat('x', 400)), '[]', 11, 0, false,
       o.met_at, 'bench', o.met_at, '', ''
FROM duties_occurrence o JOIN uptake_reporter r ON r.duty = o.duty_id WHERE o.n_met > 0
"""
FIGURES = """
INSERT INTO uptake_reportedfigure (report_id, unit_id, element, value)
SELECT f.id, u.id, 'installs', 1000 + abs(hashtext(f.id::text || u.id)) %% 500
FROM uptake_figurereport f JOIN uptake_reporter r ON r.id = f.reporter_id
JOIN locations_adminunit u ON u.parent_id = r.area_id AND u.level = 'district'
"""


def run(full: bool) -> list[Row]:
    """Milliseconds of the pages, seconds of the import; the small form loads three weeks."""
    days, n_pages, n_lines = (365, 120, 10_000) if full else (21, 8, 500)
    home = homes.kept(f"reporting-{days}")
    with running(Cluster(homes.migrated(home), find_binaries())) as cluster:
        with psycopg.connect(cluster.conninfo(database="vungxanh"), autocommit=True) as database:
            loaded = _load(database, home, days)
        found = json.loads(homes.run(home, *INSIDE, "measure", str(n_pages), str(n_lines)))
    return [*_pages(found, loaded), _import(found, n_lines)]


def _pages(found: Mapping[str, float], loaded: str) -> list[Row]:
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            f"who reported when: {name}, p95",
            found[f"{name}_p95"],
            None,
            None,
            PAGE_MS,
            "ms",
            f"p50 {found[f'{name}_p50']:.1f} ms; {loaded}, {load}",
        )
        for name in ("province", "country")
    ]


def _import(found: Mapping[str, float], n_lines: int) -> Row:
    note = f"{found['findings']:.0f} findings, load {os.getloadavg()[0]:.1f}"
    name = f"report of {n_lines:,} lines brought with checks"
    return Row(name, found["import_s"], None, None, IMPORT_S, "s", note)


def _load(database: "psycopg.Connection[tuple[object, ...]]", home: Path, days: int) -> str:
    if _count(database, "uptake_reportedfigure") == 0:
        homes.run(home, *INSIDE, "prepare")
        with database.transaction():
            database.execute("SET LOCAL session_replication_role = replica")  # no row-wise checks
            database.execute("DELETE FROM duties_occurrence")
            for statement in (OCCURRENCES, REPORTS, FIGURES):
                database.execute(statement, {"days": days})
        database.execute("VACUUM ANALYZE")
    tables = ("duties_occurrence", "uptake_figurereport", "uptake_reportedfigure")
    due, reports, figures = (_count(database, table) for table in tables)
    return f"{due:,} due, {reports:,} reports, {figures:,} figures"


def _count(database: "psycopg.Connection[tuple[object, ...]]", table: str) -> int:
    counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    found = database.execute(counting).fetchone()
    return int(str(found[0])) if found else 0
