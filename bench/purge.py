"""The purge of a day's codes: so many numbers asked for, a day ago.

One nightly run of the register's purge over a million rows past their time, on the embedded server
as it is shipped; only the deleting is timed. What is deleted is counted, so that a purge that
leaves rows behind cannot look fast.
"""

import json
import os
import tempfile
from pathlib import Path

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

MOST_SECONDS = 5.0


def run(full: bool) -> list[Row]:
    """Seconds for a day; the small form has few rows."""
    n_rows = 1_000_000 if full else 2000
    with tempfile.TemporaryDirectory(prefix="vungxanh-purge-") as made:
        home = Path(made)
        with running(Cluster(homes.migrated(home), find_binaries())):
            inside = ("bench.inside", "bench.purge_inside", "main", str(n_rows))
            found = json.loads(homes.run(home, *inside))
    if found["gone"] != n_rows or found["left"]:
        raise RuntimeError(found)
    note = f"{n_rows:,} codes; {found['other']:,} younger ones stay; load {os.getloadavg()[0]:.1f}"
    return [Row("purge of a day", found["seconds"], None, None, MOST_SECONDS, "s", note)]
