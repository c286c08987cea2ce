"""Pages on which people declare: what the server takes for one, the whole of Django included.

The page of the form, its questions as a phone's script asks for them, and a step without scripts
with a draft that lies sealed. One request at a time; the database is kept for the next run.
"""

import json
import os

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("bench.inside", "bench.form_page_inside")
LIMIT_MS = 30.0


def run(full: bool) -> list[Row]:
    """p95 of each page."""
    home = homes.kept("form-page")
    with running(Cluster(homes.migrated(home), find_binaries())):
        homes.run(home, *INSIDE, "prepare", "0")
        found = json.loads(homes.run(home, *INSIDE, "measure", str(400 if full else 20)))
    return [_row(key, told) for key, told in found.items()]


def _row(key: str, told: dict[str, float]) -> Row:
    note = f"p50 {told['p50']:.1f} ms, {told['kb']:.1f} kB gz; load {os.getloadavg()[0]:.1f}"
    return Row(f"declaring: {key}, p95", told["p95"], None, None, LIMIT_MS, "ms", note)
