"""The purge of a day's codes: so many numbers asked for, a day ago.

One nightly run of the register's purge over a million rows past their time, on the embedded server
as it is shipped; only the deleting is timed. What is deleted is counted, so that a purge that
leaves rows behind cannot look fast.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.harness import ROOT, Row
from vungxanh.core.postgres import Cluster, find_binaries, running

MOST_SECONDS = 5.0


def run(full: bool) -> list[Row]:
    """Seconds for a day; the small form has few rows."""
    n_rows = 1_000_000 if full else 2000
    with tempfile.TemporaryDirectory(prefix="vungxanh-purge-") as made:
        home = Path(made)
        with running(Cluster(home, find_binaries())):
            _run(home, "-m", "vungxanh.config.cli", "migrate")
            inside = ("-m", "bench.inside", "bench.purge_inside", "main", str(n_rows))
            found = json.loads(_run(home, *inside))
    if found["gone"] != n_rows or found["left"]:
        raise RuntimeError(found)
    note = f"{n_rows:,} codes; {found['other']:,} younger ones stay; load {os.getloadavg()[0]:.1f}"
    return [Row("purge of a day", found["seconds"], None, None, MOST_SECONDS, "s", note)]


def _run(home: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings = "vungxanh.config.settings"
    environment = {**kept, "VUNGXANH_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return ended.stdout
