"""A spreadsheet of 100,000 control points with faults: looked at, registered, undone, by the jobs.

The table is invented (`point_tables_inside`): twelve columns as in the template, one row in twenty
with faults, one in a hundred that is there twice. What is timed is processor time of the job's
process; its memory is the most that the process ever held, Python, Django and the map included.
"""

import json
import tempfile
from pathlib import Path

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("bench.inside", "bench.point_tables_inside")
FORMS = {"CSV": (0, 5.0), "XLSX": (1, 10.0), "ODS": (2, None)}
MOST_MB = 300.0


def run(full: bool) -> list[Row]:
    """Each format read in a process of its own, one written and undone; small are 2,000 rows."""
    n_rows = 100_000 if full else 2_000
    with tempfile.TemporaryDirectory() as made:
        home = homes.migrated(Path(made))
        with running(Cluster(home, find_binaries())):
            return _measured(home, n_rows)


def _measured(home: Path, n_rows: int) -> list[Row]:
    homes.run(home, *INSIDE, "prepare", str(n_rows))
    rows = [one for name in FORMS for one in _read(home, name, n_rows)]
    for what, doing in (("write", "registering"), ("undo", "undoing")):
        told = json.loads(homes.run(home, *INSIDE, what, str(n_rows)))
        rows += _done(told, f"{doing} {n_rows:,} points")
    return rows


def _read(home: Path, name: str, n_rows: int) -> list[Row]:
    form, limit = FORMS[name]
    told = json.loads(homes.run(home, *INSIDE, "read", str(n_rows), str(form)))
    what = f"preview of {n_rows:,} points, {name}"
    note = f"{told['n_faulty']:,} faulty, {told['n_suspected']:,} twice; {told['wall']:.1f} s wall"
    base = f"{told['base']:.0f} MB before reading"
    return [
        Row(f"{what}: processor", told["cpu"], None, None, limit, "s", note),
        Row(f"{what}: memory", told["peak"], None, None, MOST_MB, "MB", base),
    ]


def _done(told: dict[str, float], what: str) -> list[Row]:
    note = f"{told['codes']:,} codes; {told['wall']:.0f} s wall with the database"
    return [
        Row(f"{what}: processor", told["cpu"], None, None, None, "s", note),
        Row(f"{what}: memory", told["peak"], None, None, MOST_MB, "MB"),
    ]
