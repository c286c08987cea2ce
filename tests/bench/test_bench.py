"""Every benchmark runs in its small form and reports rows; how fast it was is not judged here."""

import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from bench import harness
from bench.harness import Row


@pytest.mark.slow
@pytest.mark.parametrize("name", harness.modules())
def test_benchmark_runs_and_reports(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not pytest's own folder: each session closes that to the database server's user.
    with tempfile.TemporaryDirectory(prefix="vungxanh-bench-") as cache:
        monkeypatch.setenv("VUNGXANH_BENCH_CACHE", cache)
        # A process of its own, as `make bench` is one: Spark allows one session a process.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            rows = alone.submit(harness.run_one, name, full=False).result()
    assert rows
    assert all(isinstance(row, Row) and row.ours >= 0 and row.unit for row in rows)


def test_table_aligns_and_marks_a_limit_that_was_not_kept() -> None:
    rows = [
        Row("slow", ours=12.5, peer=50.0, ratio=4.0, limit=10.0, unit="ms"),
        Row("quick", ours=1234.5, peer=None, ratio=None, limit=1000.0, unit="requests/s", note="n"),
    ]
    lines = harness.table(rows).splitlines()
    assert [row.is_within for row in rows] == [False, True]
    assert lines[1].split() == ["slow", "12.5", "50", "4×", "10", "✗", "ms"]
    assert lines[2].split() == ["quick", "1,234", "1,000", "requests/s", "n"]


def test_unknown_name_is_refused_before_anything_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert harness.main(["--help"]) == 2
    assert {"point_search", "point_tables"} <= set(harness.modules())
    assert "point_search, point_tables, posters" in capsys.readouterr().out
