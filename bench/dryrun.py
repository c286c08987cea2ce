"""The trial of a draft of rules over everybody's last declaration: whom would it change?

All of it is timed as the job does it, on the embedded server as it is shipped: declarations read in
chunks, each person's key unwrapped, the sealed outcome opened, its facts laid into columns, both
sets of rules judged, units counted, progress noted. The peer judges person after person by the two
compiled functions, from facts that lie open: measured in the same run on five thousand, scaled. How
many change is compared with what the peer's people say.
"""

import json
import os
import tempfile
from pathlib import Path

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

MOST_SECONDS = 60.0
N_FACTS = 5_000


def run(full: bool) -> list[Row]:
    """Seconds over a million; the small form has few people."""
    n = 1_000_000 if full else N_FACTS
    with tempfile.TemporaryDirectory(prefix="vungxanh-dryrun-") as made:
        home = Path(made)
        with running(Cluster(homes.migrated(home), find_binaries())):
            found = json.loads(
                homes.run(home, "bench.inside", "bench.dryrun_inside", "main", str(n))
            )
    if found["n"] != n or found["unread"] or found["changed"] != round(found["expected"]):
        raise RuntimeError(found)
    peer = found["looped_us"] * n / 1e6
    seconds, load = found["seconds"], f"load {os.getloadavg()[0]:.1f}"
    note = f"{n:,} sealed declarations, {found['changed']:,} change; peer: open facts; {load}"
    limit = MOST_SECONDS if full else None
    return [Row("trial of rules", seconds, peer, peer / seconds, limit, "s", note)]
