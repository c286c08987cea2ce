"""Files with changed bytes are read or refused in a sentence; they never end the program."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from vungxanh.checkins.gateways import stores
from vungxanh.checkins.gateways.parquet_files import span
from vungxanh.checkins.gateways.visit_files import (
    Span,
    file_facts,
    read_exposures,
    read_visits,
    read_windows,
)
from vungxanh.engines.tracing import TracingError

pytestmark = pytest.mark.slow
SOME = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
N = 600
HEADER = "person_id,place_id,t_in,t_out\n"
PIECES = [*'0123456789,;\t"\n\r -.é\0', "person_id", "t_in", HEADER, "1,2,3,4\n", "\ufeff", "NULL"]


def table() -> pa.Table:
    """Visits in some row groups."""
    ends = [None if at % 3 else at + 5 for at in range(N)]
    places = [at % 7 for at in range(N)]
    return pa.table({"person_id": range(N), "place_id": places, "t_in": range(N), "t_out": ends})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "luot.parquet"
    parquet.write_table(table(), path, row_group_size=100, compression="zstd")
    return path


def outcomes(path: Path) -> set[str]:
    """`read`, or whose refusal it is, of everything that reads a file."""
    readings: tuple[Callable[[], object], ...] = (
        lambda: read_visits([path]),
        lambda: file_facts(path),
        lambda: read_windows(path),
        lambda: read_exposures(path),
    )
    return {_outcome(reading) for reading in readings}


def changed_copy(path: Path, changes: list[tuple[int, int]]) -> Path:
    """The file beside itself with other bytes, each counted from the end."""
    content = bytearray(path.read_bytes())
    for at, byte in changes:
        content[-at] = byte
    changed = path.with_name("hong.parquet")
    changed.write_bytes(content)
    return changed


def _outcome(reading: Callable[[], object]) -> str:
    try:
        reading()
    except TracingError as refused:
        return refused.code.partition(".")[0]
    return "read"


@SOME
@given(changes=st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 255)), min_size=1))
def test_changed_bytes_of_a_parquet_never_end_the_program(
    path: Path, changes: list[tuple[int, int]]
) -> None:
    changed = changed_copy(path, changes)
    assert outcomes(changed) <= {"read", "tracing"}


@FEW
@given(changes=st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 255)), max_size=2))
def test_changed_bytes_of_a_parquet_never_end_a_build(
    path: Path, changes: list[tuple[int, int]]
) -> None:
    changed = changed_copy(path, changes)
    outcome = _outcome(lambda: stores.build([changed], path.with_name("kho")))
    assert outcome in {"read", "tracing"}


@SOME
@given(pieces=st.lists(st.sampled_from(PIECES)), has_header=st.booleans())
def test_any_csv_is_read_or_refused(path: Path, pieces: list[str], *, has_header: bool) -> None:
    text = path.with_name("luot.csv")
    text.write_text((HEADER if has_header else "") + "".join(pieces), encoding="utf-8", newline="")
    assert outcomes(text) <= {"read", "tracing"}


@pytest.mark.parametrize("name", ["luot[1].parquet", "luot*.parquet", "lượt 1.parquet"])
def test_statistics_are_those_of_the_file_itself(path: Path, name: str) -> None:
    other = path.rename(path.with_name(name))
    parquet.write_table(table().slice(0, 9), path.with_name("luot1.parquet"))
    assert span(other, "t_in") in (Span(0, N - 1), None)


def test_statistics_that_lack_anywhere_are_not_used(path: Path) -> None:
    assert span(path, "t_in") == Span(0, N - 1)
    parquet.write_table(table(), path, write_statistics=["person_id"])
    assert (span(path, "person_id"), span(path, "t_in")) == (Span(0, N - 1), None)
