"""A spreadsheet of 100,000 control points with faults: looked at, registered, undone, by the jobs.

The table is invented (`point_tables_inside`): twelve columns as in the template, one row in twenty
with faults, one in a hundred that is there twice. What is timed is processor time of the job's
process; its memory is the most that the process ever held, Python, Django and the map included.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.harness import ROOT, Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("-m", "bench.inside", "bench.point_tables_inside")
FORMS = {"CSV": (0, 5.0), "XLSX": (1, 10.0), "ODS": (2, None)}
MOST_MB = 300.0


def run(full: bool) -> list[Row]:
    """Each format read in a process of its own, one written and undone; small are 2,000 rows."""
    n_rows = 100_000 if full else 2_000
    with tempfile.TemporaryDirectory() as home, running(Cluster(Path(home), find_binaries())):
        _run(home, "-m", "vungxanh.config.cli", "migrate")
        _run(home, *INSIDE, "prepare", str(n_rows))
        rows = [one for name in FORMS for one in _read(home, name, n_rows)]
        for what, doing in (("write", "registering"), ("undo", "undoing")):
            told = json.loads(_run(home, *INSIDE, what, str(n_rows)))
            rows += _done(told, f"{doing} {n_rows:,} points")
    return rows


def _read(home: str, name: str, n_rows: int) -> list[Row]:
    form, limit = FORMS[name]
    told = json.loads(_run(home, *INSIDE, "read", str(n_rows), str(form)))
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


def _run(home: str, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings = "vungxanh.config.settings"
    environment = {**kept, "VUNGXANH_HOME": home, "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return ended.stdout
