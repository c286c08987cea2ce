"""Synthetic visits (nobody in them exists), made once and kept: a time-ordered Parquet file.

A person for every ten visits, a place for every 200, fourteen days. Places draw visitors by Zipf's
law (exponent 0.8), people go out log-normally often, stays are log-normal (median 40 minutes, at
most ten hours), six of ten ends are missing. Cases are people drawn evenly, infectious for five
days. The same seed gives the same files.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vungxanh.engines.tracing import Windows

Int64s = NDArray[np.int64]

SEED: Final = 7
CASES_SEED: Final = (9, 5)  # 100 of these cases met 130,000 people among 100 million visits
DAY_S: Final = 86_400
N_DAYS: Final = 14
BASE: Final = 1_621_184_400  # 17 May 2021, 00:00 in Vietnam
GROUP_ROWS: Final = 1_000_000
WINDOW_DAYS: Final = 5
N_CASES: Final = (100, 10_000)
SCHEMA: Final = pa.schema(
    [(name, pa.int64()) for name in ("person_id", "place_id", "t_in", "t_out")]
)


@dataclass(frozen=True, slots=True)
class Town:
    """A set of visits on disk; ids of persons and places count from 1."""

    folder: Path
    n_visits: int

    @property
    def n_persons(self) -> int:
        """Everybody who may go out."""
        return self.n_visits // 10

    @property
    def n_places(self) -> int:
        """Every place that may be visited."""
        return max(20, self.n_visits // 200)

    @property
    def visits(self) -> Path:
        """The visits, by time."""
        return self.folder / f"visits-{self.n_visits}.parquet"

    def cases(self, n_cases: int) -> Path:
        """The cases, a CSV file of windows."""
        return self.folder / f"cases-{self.n_visits}-{n_cases}.csv"

    def windows(self, n_cases: int) -> Windows:
        """The cases as the engine takes them."""
        rows = np.loadtxt(self.cases(n_cases), np.int64, delimiter=",", skiprows=1, ndmin=2)
        return Windows(*(np.ascontiguousarray(column) for column in rows.T))


def town(folder: Path, n_visits: int) -> Town:
    """The set of this size, made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Town(folder, n_visits)
    for n_cases in N_CASES:
        if not made.cases(n_cases).exists():
            _write_cases(made, n_cases)
    if not made.visits.exists():
        _write_visits(made)
    return made


def _write_visits(made: Town) -> None:
    """Day by day, so that memory holds one day."""
    unfinished = made.visits.with_suffix(".part")
    persons, places = _activity(made), _attraction(made)
    with pq.ParquetWriter(unfinished, SCHEMA, compression="zstd") as writer:
        for day in range(N_DAYS):
            print(f"… {made.n_visits:,} visits: day {day + 1} of {N_DAYS}", file=sys.stderr)
            table = _one_day(made, day, drawn=(persons, places))
            writer.write_table(table, row_group_size=GROUP_ROWS)
    unfinished.replace(made.visits)


def _one_day(made: Town, day: int, *, drawn: tuple[NDArray[np.float64], ...]) -> pa.Table:
    """The visits of a day, none over midnight, by time."""
    rng = np.random.default_rng([SEED, made.n_visits, day])
    n = made.n_visits * (day + 1) // N_DAYS - made.n_visits * day // N_DAYS
    persons, places = drawn
    hour = np.clip(rng.normal(14, 3.5, n), 6, 23.5)
    t_in = BASE + day * DAY_S + (hour * 3600).astype(np.int64) + rng.integers(0, 60, n)
    t_in.sort()
    # Sorted draws meet the long table in its order; shuffled they are what unsorted ones are.
    person = rng.permutation(np.searchsorted(persons, np.sort(rng.random(n))))
    place = np.searchsorted(places, rng.random(n))
    stay = np.clip(rng.lognormal(np.log(2400), 0.8, n), 60, 36_000).astype(np.int64)
    t_out = pa.array(t_in + stay, mask=rng.random(n) < 0.6)
    return pa.Table.from_arrays(
        [pa.array(person + 1), pa.array(place + 1), t_in, t_out], schema=SCHEMA
    )


def _activity(made: Town) -> NDArray[np.float64]:
    """Cumulated share of all visits that persons make."""
    rng = np.random.default_rng([SEED, made.n_visits])
    return _cumulated(rng.lognormal(0, 0.6, made.n_persons))


def _attraction(made: Town) -> NDArray[np.float64]:
    """Cumulated share of all visits that places get."""
    return _cumulated(1 / np.arange(1, made.n_places + 1) ** 0.8)


def _cumulated(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.cumsum(weights) / weights.sum()
    shares[-1] = 1
    return shares


def _write_cases(made: Town, n_cases: int) -> None:
    """At most a quarter of all people, each with one window."""
    rng = np.random.default_rng(CASES_SEED)
    persons = rng.choice(made.n_persons, min(n_cases, made.n_persons // 4), replace=False) + 1
    since = BASE + rng.integers(2 * DAY_S, 9 * DAY_S, len(persons))
    with made.cases(n_cases).open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(("person_id", "infectious_from", "infectious_until"))
        rows.writerows(zip(persons, since, since + WINDOW_DAYS * DAY_S, strict=True))
