"""Points found by an officer among 3.7 million, beside PostgreSQL's plain ILIKE.

Rows are invented by SQL (`point_search_inside`): names of a few words by uneven shares, half of
them registered commune after commune as lists of agencies come, half in any order. What is timed is
the whole question: reading what was typed, the index, the page of fifty rows. The peer seeks the
same words in the name and the address by ILIKE, newest first, as a first version would. The
database is kept for the next run.
"""

import json
import os

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("bench.inside", "bench.point_search_inside")
LIMIT_MS = 50.0


def run(full: bool) -> list[Row]:
    """p95 of each kind of question; the small form has twenty thousand points."""
    points, n_asked = (3_700_000, 200) if full else (20_000, 10)
    home = homes.kept(f"points-{points}")
    with running(Cluster(homes.migrated(home), find_binaries())):
        homes.run(home, *INSIDE, "prepare", str(points))
        found = json.loads(homes.run(home, *INSIDE, "measure", str(n_asked)))
    return [_row(key, told, points) for key, told in found.items()]


def _row(key: str, told: dict[str, float], points: int) -> Row:
    peer = told.get("peer")
    note = f"p50 {told['p50']:.1f} ms, p99 {told['p99']:.1f} ms, {told['shown']:.0f} shown"
    return Row(
        f"points among {points:,}: {key}, p95",
        told["p95"],
        peer,
        peer / told["p50"] if peer else None,
        LIMIT_MS,
        "ms",
        f"{note}; peer ILIKE, median; load {os.getloadavg()[0]:.1f}",
    )
