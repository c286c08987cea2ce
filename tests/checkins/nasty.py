"""A small world full of nasty things, as files: equal times, zero stays, ids at the limits."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

LEAST, MOST = -(2**63), 2**63 - 1
PERSONS = (1, 2, 3, 4, 5, 6, 7, 8, LEAST, MOST)
PLACES = (7, 8, 9, LEAST, MOST)
MINUTE = 60
STAYS: tuple[int | None, ...] = (None, None, 0, 1, 14, 15, 16, 60, 119, 121, 300)
VISITS = "person_id,place_id,t_in,t_out\n"
CASES = "person_id,infectious_from,infectious_until\n"
CASES_ROWS = f"1,600,30000\n1,40000,40000\n{LEAST},0,9000\n{LEAST},6000,20000\n99,0,60000\n"

Visit = tuple[int, int, int, int | None]


def visits(seed: int = 3, n: int = 160) -> list[Visit]:
    """Visits in the order of time."""
    chance = np.random.default_rng(seed)
    rows = [_visit(chance) for _ in range(n)]
    return sorted(rows, key=lambda row: row[2])


def many_visits(path: Path, n: int) -> Path:
    """So many visits that work on them takes some seconds."""
    chance = np.random.default_rng(1)
    start = 15 * MINUTE * np.sort(chance.integers(0, 2000, n))
    person, place = chance.integers(0, n // 10, n), chance.integers(0, 5000, n)
    names = VISITS.strip().split(",")
    columns = (person, place, start, start + 3600)
    parquet.write_table(pa.table(dict(zip(names, columns, strict=True))), path)
    return path


def _visit(chance: np.random.Generator) -> Visit:
    person, place = PERSONS[chance.integers(len(PERSONS))], PLACES[chance.integers(len(PLACES))]
    stay = STAYS[chance.integers(len(STAYS))]
    start = int(chance.integers(60)) * 15 * MINUTE
    return person, place, start, None if stay is None else start + stay * MINUTE


def as_csv(path: Path, rows: list[Visit]) -> Path:
    """Visits as CSV."""
    lines = (f"{a},{b},{c},{'' if d is None else d}\n" for a, b, c, d in rows)
    path.write_text(VISITS + "".join(lines), encoding="utf-8")
    return path


def as_parquet(path: Path, rows: list[Visit]) -> Path:
    """Visits as Parquet."""
    names = VISITS.strip().split(",")
    columns = [pa.array(column, pa.int64()) for column in zip(*rows, strict=True)]
    parquet.write_table(pa.table(dict(zip(names, columns, strict=True))), path)
    return path


def cases(path: Path, rows: str = CASES_ROWS) -> Path:
    """Cases as CSV."""
    path.write_text(CASES + rows, encoding="utf-8")
    return path
