"""Killed at any step, a run leaves the last good state, and the next one ends what it began."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from vungxanh.checkins.gateways.day_files import SCHEMA, DayFolder
from vungxanh.checkins.values.day_files import FORMAT, DayEntry, Manifest

pytestmark = pytest.mark.slow
STEPS = ("open", "fsync", "rename", "replace", "unlink")
DAYS = (date(2031, 3, 1), date(2031, 3, 2))
KILLED = 9


def entry(files: DayFolder, day: date, person: int) -> DayEntry:
    rows = [np.array([person, 1, 5, 9, 0, 0, 0, 0])] * 3
    columns = [np.array([row[at] for row in rows]) for at in range(8)]
    table = pa.table(
        [pa.array(column).cast(field.type) for column, field in zip(columns, SCHEMA, strict=True)],
        schema=SCHEMA,
    )
    file = files.write_visits(day, table, np.array([person], np.int64))
    made = datetime(2031, 3, 4, tzinfo=UTC)
    return DayEntry(
        day=day,
        file=file.name,
        sha256=file.sha256,
        n_bytes=file.n_bytes,
        rows=3,
        scans=(0,) * 7,
        snapshot="1:1:",
        least=5,
        greatest=5,
        settled=9,
        written_at=made,
    )


def run(files: DayFolder, person: int) -> None:
    """Write both days of one person, then the manifest."""
    with files.held():
        days = tuple(entry(files, day, person) for day in DAYS)
        points = files.write_points({"point_id": np.array([person])}).name
        files.settle(Manifest(FORMAT, DAYS[0], "a database", points, days))


def good(files: DayFolder) -> list[int]:
    """The person of each day that the manifest names; every file is as it was written."""
    manifest = files.manifest()
    assert manifest is not None
    for one in manifest.days:
        assert sha256((files.path / one.file).read_bytes()).hexdigest() == one.sha256
    persons = files.visits(one.file for one in manifest.days)["person_id"]
    return sorted(set(persons.to_pylist()))


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Whether a child that did the work died at that step on the disk instead of ending."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    n = 0

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def step_of(*given: Any, **named: Any) -> Any:
            nonlocal n
            n += 1
            if n == step:
                os._exit(KILLED)
            return real(*given, **named)

        return step_of

    for name in STEPS:
        setattr(os, name, dying(getattr(os, name)))
    try:
        work()
    finally:
        os._exit(0)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_kill_between_any_two_steps_leaves_the_former_days_or_the_new_ones(
    tmp_path: Path,
) -> None:
    files = DayFolder(tmp_path / "visits")
    run(files, person=1)
    step, seen = 1, []
    while killed_at(step, lambda: run(files, person=2)):
        seen.append(good(files))
        step += 1
    assert good(files) == [2]
    assert {tuple(one) for one in seen} == {(1,), (2,)}
    assert seen == sorted(seen)
    assert len(seen) > 10
    run(files, person=2)
    assert len([path for path in files.path.iterdir() if path.suffix == ".parquet"]) == 3
    assert {path.name for path in files.path.iterdir() if path.suffix != ".parquet"} == {
        ".lock",
        "manifest.json",
    }
