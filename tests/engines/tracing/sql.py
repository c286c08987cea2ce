"""The plain SQL of contacts asked about a world, and PostgreSQL as one of its runners."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tests.engines.tracing.worlds import World
from vungxanh.checkins.gateways import sql
from vungxanh.engines.tracing import MISSING, Contacts
from vungxanh.engines.tracing.columns import latest_start
from vungxanh.engines.tracing.types import Int64s

CREATED = (
    "CREATE TEMPORARY TABLE visits (person_id BIGINT, place_id BIGINT, t_in BIGINT, t_out BIGINT)",
    (
        "CREATE TEMPORARY TABLE windows"
        " (person_id BIGINT, infectious_from BIGINT, infectious_until BIGINT)"
    ),
    "CREATE TEMPORARY TABLE left_out (person_id BIGINT)",
    (
        "CREATE TEMPORARY TABLE parameters"
        " (default_stay_s BIGINT, min_overlap_s BIGINT, linger_s BIGINT, as_of BIGINT)"
    ),
)
EMPTIED = {
    "visits": "DELETE FROM visits",
    "windows": "DELETE FROM windows",
    "left_out": "DELETE FROM left_out",
    "parameters": "DELETE FROM parameters",
}
FILLED = {
    "visits": "INSERT INTO visits VALUES (%s, %s, %s, %s)",
    "windows": "INSERT INTO windows VALUES (%s, %s, %s)",
    "left_out": "INSERT INTO left_out VALUES (%s)",
    "parameters": "INSERT INTO parameters VALUES (%s, %s, %s, %s)",
}
Rows = Sequence[tuple[Any, ...]]


class Postgres:
    """Through a cursor, in tables that end with the transaction."""

    def __init__(self, execute: Callable[..., Any], fetch: Callable[[], Rows]) -> None:
        self.execute, self.fetch = execute, fetch
        for statement in CREATED:
            execute(statement)

    def fill(self, table: str, columns: Mapping[str, Int64s]) -> None:
        self.execute(EMPTIED[table])
        lists = (_values(name, column) for name, column in columns.items())
        for row in zip(*lists, strict=True):
            self.execute(FILLED[table], row)

    def answer(self, text: str) -> Int64s:
        self.execute(text)
        return np.array([list(map(int, row)) for row in self.fetch()], np.int64)


def contacts(world: World, runner: sql.Runner) -> Contacts:
    """The same question as to the engine."""
    runner.fill("visits", {name: getattr(world.visits, name) for name in sql.TABLES["visits"]})
    return sql.contacts(
        runner,
        world.windows,
        world.parameters,
        as_of=latest_start(world.visits) if world.as_of is None else world.as_of,
        generations=world.generations,
    )


def _values(name: str, column: Int64s) -> list[int | None]:
    values = column.tolist()
    return [None if value == MISSING else value for value in values] if name == "t_out" else values
