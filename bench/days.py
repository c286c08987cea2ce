"""A night's packing of visits: from the question to the manifest that names the file of a day.

An installation with its embedded server, fifty thousand points and days of three million scans each
of a million people, as they lie in the table of intake with its indexes: the day that ended and the
three before, which it is made of too. Each measurement is a process of its own, as a worker is one,
and has read the database once before. `one day` is written alone; in `a night` a late scan makes
four of the days stale, as the scans of every new day do. Seconds begin when Django is ready; memory
is the most that the process ever had, without PostgreSQL.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench import homes, intake_cpu
from bench.harness import Row
from bench.intake_servers import postmaster
from vungxanh.core.postgres import Cluster, find_binaries, running

MOST_SECONDS: Final = 30.0
MOST_SECONDS_A_NIGHT: Final = 60.0
MOST_MEGABYTES: Final = 3_000.0
Found = Mapping[str, float]


def run(full: bool) -> list[Row]:
    """Days of three million scans; the small form has two thousand a day."""
    n_scans = 3_000_000 if full else 2_000
    with _installation(n_scans) as home:
        one, night = (_measured(home, name) for name in ("one_day", "a_night"))
    limits = (MOST_SECONDS, MOST_SECONDS_A_NIGHT, MOST_MEGABYTES)
    seconds, seconds_a_night, most = limits if full else (None, None, None)
    rate = one["scans"] / one["seconds"]
    return [
        Row("days: scans of a day into its file", rate, None, None, None, "rows/s", _told(one)),
        Row("days: one day", one["seconds"], None, None, seconds, "s", _told(one)),
        Row("days: memory of one day", one["megabytes"], None, None, most, "MB", "at the peak"),
        Row("days: a night", night["seconds"], None, None, seconds_a_night, "s", _told(night)),
        Row("days: memory of a night", night["megabytes"], None, None, most, "MB", "at the peak"),
    ]


def _told(found: Found) -> str:
    made = f"{found['visits']:,.0f} visits in {found['days']:.0f} files"
    spent = f"{found['own']:.1f} s of us, {found['database']:.1f} s of PostgreSQL on a processor"
    return f"{found['scans']:,.0f} scans, {made}; {spent}; load {os.getloadavg()[0]:.1f}"


def _measured(home: Path, name: str) -> Found:
    """What the inside tells, and what PostgreSQL spent on it."""
    before = intake_cpu.seconds([postmaster(home)])
    found = json.loads(homes.run(home, "bench.inside", "bench.days_inside", name))
    return {**found, "database": intake_cpu.seconds([postmaster(home)]) - before}


@contextmanager
def _installation(n_scans: int) -> Iterator[Path]:
    """An installation with days of scans that are packed, kept for the next run."""
    home = homes.kept(f"days-{n_scans}")
    with running(Cluster(homes.migrated(home), find_binaries())):
        homes.run(home, "bench.inside", "bench.days_inside", "prepared", str(n_scans))
        yield home
