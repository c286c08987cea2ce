"""What the log costs: a small action with and without its record, sealing, and checking it whole.

The action is the smallest that there is, one UPDATE in a transaction (letting a message go again),
on the embedded server as it is shipped, every commit on the disk. Both forms take turns in blocks,
and the ratio is of medians. Checking reads every row over one connection and counts the whole wall
time, the server's share included; so does sealing.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.harness import ROOT, Row
from vungxanh.core.postgres import Cluster, find_binaries, running

MOST_RATIO = 1.15
LEAST_RATE = 200_000.0


def run(full: bool) -> list[Row]:
    """The ratio and both rates; the small form writes few rows."""
    n_actions, n_rows = (3000, 400_000) if full else (40, 2000)
    with tempfile.TemporaryDirectory(prefix="vungxanh-audit-") as made:
        home = Path(made)
        with running(Cluster(home, find_binaries())):
            _run(home, "-m", "vungxanh.config.cli", "migrate")
            found = json.loads(_run(home, "-m", "bench.audit_inside", str(n_actions), str(n_rows)))
    ratio = found["with_ms"] / found["without_ms"]
    times = (
        f"{found['with_ms']:.3f} ms and {found['without_ms']:.3f} ms, load {os.getloadavg()[0]:.1f}"
    )
    wide = f"{n_rows:,} rows; {found['check_cpu_us']:.2f} µs of this process a row"
    narrow = "as an hour with three rows in each second leaves them"
    return [
        Row("action with the log to without", ratio, None, None, MOST_RATIO, "ratio", times),
        Row("log: rows checked", found["checked"], None, None, LEAST_RATE, "rows/s", wide),
        Row("log: checked, 3 rows a seal", found["narrow"], None, None, None, "rows/s", narrow),
        Row("log: rows sealed", found["sealed"], None, None, None, "rows/s"),
    ]


def _run(home: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings = "vungxanh.config.settings"
    environment = {**kept, "VUNGXANH_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return ended.stdout
