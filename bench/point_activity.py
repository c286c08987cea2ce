"""A night's count of how points are used: three million scans of a day at 3.7 million points.

One point in nine is used, half of all scans fall on few of them; a tenth of scans are of keepers,
one in two hundred at night, four points in five have a place on the map and opening hours. What is
timed is the whole of a night: sums by unit and kind, the last day of each point, the four patterns,
and all living points by their last scan. The peer asks each used point with Django's ORM, as a
first version would: three hundred of them are asked, and that is multiplied. It finds no patterns.
The database is kept for the next run, and is that of `point_search`.
"""

import json
import os

from bench import homes, intake_cpu
from bench.harness import Row
from bench.intake_servers import postmaster
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("bench.inside", "bench.point_activity_inside")
LIMIT_S = 30.0


def run(full: bool) -> list[Row]:
    """Seconds of a night; the small form has twenty thousand points and as many scans."""
    points, scans, asked = (3_700_000, 3_000_000, 300) if full else (20_000, 20_000, 20)
    home = homes.kept(f"points-{points}")
    with running(Cluster(homes.migrated(home), find_binaries())):
        homes.run(home, *INSIDE, "prepare", str(points), str(scans))
        before = intake_cpu.seconds([postmaster(home)])
        found = json.loads(homes.run(home, *INSIDE, "measure"))
        spent = intake_cpu.seconds([postmaster(home)]) - before
        peer = json.loads(homes.run(home, *INSIDE, "peer", str(asked)))["seconds"]
    seconds = found["seconds"]
    parts = f"the day {found['day']:.1f} s, all points {found['use']:.1f} s"
    told = f"{found['scans']:,.0f} scans at {found['used']:,.0f} of {points:,} points; {parts}"
    note = f"{told}; {spent:.1f} s of PostgreSQL on a processor; load {os.getloadavg()[0]:.1f}"
    limit = LIMIT_S if full else None
    return [Row("point activity: a night", seconds, peer, peer / seconds, limit, "s", note)]
