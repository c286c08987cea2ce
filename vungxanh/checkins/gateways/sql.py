"""Contacts by the plain SQL text, word for word on any engine of SQL; DuckDB in this process.

Slow beside the compiled engine, and a second opinion that anybody can read.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from types import TracebackType
from typing import Final, Protocol, Self

import duckdb
import numpy as np
import pyarrow as pa

from vungxanh.engines.tracing.columns import sorted_contacts
from vungxanh.engines.tracing.types import (
    COLUMNS,
    MISSING,
    Contacts,
    Int64s,
    Parameters,
    Windows,
)

CONTACTS: Final = (
    files("vungxanh.engines.tracing").joinpath("contacts.sql").read_text(encoding="utf-8")
)
# The tables that the text reads, with their columns, all BIGINT.
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "visits": ("person_id", "place_id", "t_in", "t_out"),
    "windows": ("person_id", "infectious_from", "infectious_until"),
    "left_out": ("person_id",),
    "parameters": ("default_stay_s", "min_overlap_s", "linger_s", "as_of"),
}
_N_ANSWERED: Final = len(COLUMNS) - 1  # the text knows no generation


class Runner(Protocol):
    """An engine of SQL that holds the four `TABLES`."""

    def fill(self, table: str, columns: Mapping[str, Int64s]) -> None:
        """Replace a table; `MISSING` in the column `t_out` becomes NULL."""

    def answer(self, text: str) -> Int64s:
        """The rows of a query, int64 (n, columns)."""


def contacts(
    runner: Runner, windows: Windows, parameters: Parameters, *, as_of: int, generations: int = 1
) -> Contacts:
    """Contacts over the visits that the runner already holds; the text runs once a generation."""
    runner.fill("parameters", _parameters(parameters, as_of))
    seen, seeds = np.unique(windows.person_id), windows
    tables = [np.empty((0, len(COLUMNS)), np.int64)]
    for generation in range(1, generations + 1):
        runner.fill("windows", {name: getattr(seeds, name) for name in TABLES["windows"]})
        runner.fill("left_out", {"person_id": seen})
        found = runner.answer(CONTACTS).reshape(-1, _N_ANSWERED)
        tables.append(np.column_stack([found, np.full(len(found), generation, np.int64)]))
        seen = np.union1d(seen, found[:, 0])
        seeds = _next_windows(found, parameters, as_of)
    return sorted_contacts(np.concatenate(tables))


class DuckDb:
    """DuckDB in memory only: nothing is spilt to disk, nothing is fetched from anywhere."""

    def __init__(self, *, memory: int | None = None, threads: int | None = None) -> None:
        self._connection = duckdb.connect(
            config={
                "temp_directory": "",
                "autoinstall_known_extensions": "false",
                **({"memory_limit": f"{memory}B"} if memory else {}),
                **({"threads": str(threads)} if threads else {}),
            }
        )
        self._connection.execute("SET enable_external_access = false")
        for name, columns in TABLES.items():
            self.fill(name, {column: np.empty(0, np.int64) for column in columns})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def fill(self, table: str, columns: Mapping[str, Int64s]) -> None:
        """Replace a table; MemoryError where it does not fit."""
        self._take(_REPLACED[table], columns)

    def answer(self, text: str) -> Int64s:
        """The rows of a query, int64 (n, columns); MemoryError where they do not fit."""
        with _memory_said():
            columns = self._connection.execute(text).fetchnumpy()
        return np.column_stack([np.asarray(column, np.int64) for column in columns.values()])

    def _take(self, statement: str, columns: Mapping[str, Int64s]) -> None:
        arrays = {name: array_of(name, column) for name, column in columns.items()}
        self._connection.register("incoming", pa.table(arrays))
        with _memory_said():
            self._connection.execute(statement)
        self._connection.unregister("incoming")


@contextmanager
def _memory_said() -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MemoryError from None


_REPLACED: Final = {
    "visits": "CREATE OR REPLACE TABLE visits AS SELECT * FROM incoming",
    "windows": "CREATE OR REPLACE TABLE windows AS SELECT * FROM incoming",
    "left_out": "CREATE OR REPLACE TABLE left_out AS SELECT * FROM incoming",
    "parameters": "CREATE OR REPLACE TABLE parameters AS SELECT * FROM incoming",
}


def array_of(name: str, column: Int64s) -> pa.Array:
    """A column for an engine of SQL; `MISSING` in `t_out` is a null."""
    missing = column == MISSING if name == "t_out" else None
    return pa.array(column, mask=missing).cast(pa.int64())


def _parameters(parameters: Parameters, as_of: int) -> Mapping[str, Int64s]:
    values = (parameters.default_stay_s, parameters.min_overlap_s, parameters.linger_s, as_of)
    return {
        name: np.array([value], np.int64)
        for name, value in zip(TABLES["parameters"], values, strict=True)
    }


def _next_windows(found: Int64s, parameters: Parameters, as_of: int) -> Windows:
    """A contact is infectious some time after the first exposure, until `as_of`."""
    since = found[:, 2] + parameters.latency_s
    is_open = since < as_of
    until = np.full(int(is_open.sum()), as_of, np.int64)
    return Windows(found[is_open, 0], since[is_open], until)
