"""Persons looked up by number among ten millions, and by name in a register of a million, sealed.

Numbers: rows of `people_phone` with random digests of 32 bytes, as keyed digests are; the one asked
for is made by the real key. Names: family, middle and given names by the uneven shares of an
invented list (`people_search_inside`); each person has an envelope of their own, with name, birth
and sex sealed in it, and the real tokens. What is timed is the whole question of an officer of one
province: the index, opening the block that it selects, comparing, ranking; of numbers also the
statement alone, prepared, on the server. The database is kept
for the next run.
"""

import json
import os
from collections.abc import Mapping

from bench import homes
from bench.harness import Row
from vungxanh.core.postgres import Cluster, find_binaries, running

INSIDE = ("bench.inside", "bench.people_search_inside")
PHONE_MS, NAME_MS = 5.0, 300.0


def run(full: bool) -> list[Row]:
    """p95 of both; the small form has twenty thousand numbers and two thousand persons."""
    numbers, persons, n_asked = (10_000_000, 1_000_000, 200) if full else (20_000, 2_000, 12)
    home = homes.kept(f"people-{persons}")
    with running(Cluster(homes.migrated(home), find_binaries())):
        homes.run(home, *INSIDE, "prepare", str(numbers), str(persons))
        found = json.loads(homes.run(home, *INSIDE, "measure", str(n_asked)))
    return [*_phones(found, numbers), *_names(found, persons)]


def _phones(found: Mapping[str, float], numbers: int) -> list[Row]:
    """What the limit is about, the statement in the database; and beside it the whole question."""
    return [
        Row(
            f"look-up by phone among {numbers:,}, {part}, p95",
            found[f"{key}_p95"],
            None,
            None,
            limit,
            "ms",
            f"p50 {found[f'{key}_p50']:.2f} ms, p99 {found[f'{key}_p99']:.2f} ms, {how}; "
            f"load {os.getloadavg()[0]:.1f}",
        )
        for key, part, limit, how in (
            ("statement", "in the database", PHONE_MS, "prepared, by the server's own clock"),
            ("phone", "whole call", None, "found and not"),
        )
    ]


def _names(found: Mapping[str, float], persons: int) -> list[Row]:
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            f"search by {way} among {persons:,} sealed, p95",
            found[f"{key}_p95"],
            None,
            None,
            NAME_MS,
            "ms",
            f"p50 {found[f'{key}_p50']:.0f} ms, database {found[f'{key}_database']:.0f} ms, "
            f"{found[f'{key}_shown']:.0f} shown; {load}",
        )
        for key, way in (("name", "name"), ("year", "name and year"), ("commune", "name, commune"))
    ]
