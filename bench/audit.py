"""What the log costs: a small action with and without its record, sealing, and checking it whole.

The action is the smallest that there is, one UPDATE in a transaction (letting a message go again),
on the embedded server as it is shipped, every commit on the disk. Beside it stand ordinary actions
of officers, which load, authorise and write, over a log that is long by then. Both forms of each
take turns in blocks, and the ratio is of medians. Checking reads every row over one connection and
counts the whole wall time, the server's share included; so does sealing.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

MOST_RATIO = 1.15
LEAST_RATE = 200_000.0


def run(full: bool) -> list[Row]:
    """The ratios and both rates; the small form writes few rows."""
    n_actions, n_rows = (3000, 400_000) if full else (40, 2000)
    with tempfile.TemporaryDirectory(prefix="vungxanh-audit-") as made:
        home = Path(made)
        with running(Cluster(homes.migrated(home), find_binaries())):
            found = json.loads(
                homes.run(
                    home, "bench.inside", "bench.audit_inside", "main", str(n_actions), str(n_rows)
                )
            )
            ordinary = json.loads(
                homes.run(home, "bench.inside", "bench.audit_ordinary", "main", str(n_actions // 2))
            )
    wide = f"{n_rows:,} rows; {found['check_cpu_us']:.2f} µs of this process a row"
    narrow = "as an hour with three rows in each second leaves them"
    return [
        _ratio("action with the log to without", found),
        *(_ratio(f"ordinary action: {name}", times) for name, times in ordinary.items()),
        Row("log: rows checked", found["checked"], None, None, LEAST_RATE, "rows/s", wide),
        Row("log: checked, 3 rows a seal", found["narrow"], None, None, None, "rows/s", narrow),
        Row("log: rows sealed", found["sealed"], None, None, None, "rows/s"),
    ]


def _ratio(name: str, times: Mapping[str, float]) -> Row:
    ratio = times["with_ms"] / times["without_ms"]
    load = f"load {os.getloadavg()[0]:.1f}"
    note = f"{times['with_ms']:.3f} ms and {times['without_ms']:.3f} ms, {load}"
    return Row(name, ratio, None, None, MOST_RATIO, "ratio", note)
