"""Points found by an officer among 3.7 million, beside PostgreSQL's plain ILIKE.

Rows are invented by SQL (`point_search_inside`): names of a few words by uneven shares, half of
them registered commune after commune as lists of agencies come, half in any order. What is timed is
the whole question: reading what was typed, the index, the page of fifty rows. The peer seeks the
same words in the name and the address by ILIKE, newest first, as a first version would. The
database is kept for the next run.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.harness import ROOT, Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("-m", "bench.inside", "bench.point_search_inside")
LIMIT_MS = 50.0


def run(full: bool) -> list[Row]:
    """p95 of each kind of question; the small form has twenty thousand points."""
    points, n_asked = (3_700_000, 200) if full else (20_000, 10)
    cache = Path(os.environ.get("VUNGXANH_BENCH_CACHE", ROOT / "var" / "bench"))
    home = cache / f"points-{points}"
    home.mkdir(parents=True, exist_ok=True)
    with running(Cluster(home, find_binaries())):
        _run(home, "-m", "vungxanh.config.cli", "migrate")
        _run(home, *INSIDE, "prepare", str(points))
        found = json.loads(_run(home, *INSIDE, "measure", str(n_asked)))
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


def _run(home: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings = "vungxanh.config.settings"
    environment = {**kept, "VUNGXANH_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return ended.stdout
