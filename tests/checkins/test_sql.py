"""DuckDB in this process: shut off from files and network, and telling when memory ends."""

import duckdb
import numpy as np
import pytest

from vungxanh.checkins.gateways.sql import TABLES, DuckDb
from vungxanh.engines.tracing import MISSING


def test_missing_ends_become_nulls_and_other_columns_keep_every_value() -> None:
    column = np.array([MISSING, 5])
    with DuckDb() as database:
        database.fill("visits", dict.fromkeys(TABLES["visits"], column))
        found = database.answer("SELECT COUNT(t_out), COUNT(*), MIN(person_id) FROM visits")
    assert found.tolist() == [[1, 2, MISSING]]


def test_a_table_is_replaced_whole() -> None:
    with DuckDb() as database:
        database.fill("left_out", {"person_id": np.arange(9)})
        database.fill("left_out", {"person_id": np.arange(2)})
        assert database.answer("SELECT COUNT(*) FROM left_out").tolist() == [[2]]


@pytest.mark.parametrize("text", ["SELECT * FROM read_csv('README.md')", "INSTALL httpfs"])
def test_neither_files_nor_extensions_are_reached(text: str) -> None:
    with DuckDb() as database, pytest.raises(duckdb.Error, match=r"disabled|Permission"):
        database.answer(text)


@pytest.mark.slow
def test_more_than_the_memory_is_a_memory_error() -> None:
    column = np.arange(3_000_000)
    with DuckDb(memory=20_000_000, threads=1) as database, pytest.raises(MemoryError):
        database.fill("visits", dict.fromkeys(TABLES["visits"], column))
