"""The plain SQL of contacts, run on DuckDB and on PostgreSQL, generation by generation."""

from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any, Protocol

import duckdb

from tests.engines.tracing.worlds import World
from vungxanh.engines.tracing import MISSING, Contacts
from vungxanh.engines.tracing.columns import contacts_of_rows, latest_start

CONTACTS = files("vungxanh.engines.tracing").joinpath("contacts.sql").read_text(encoding="utf-8")
TABLES = {
    "visits": ("person_id", "place_id", "t_in", "t_out"),
    "windows": ("person_id", "infectious_from", "infectious_until"),
    "left_out": ("person_id",),
    "parameters": ("default_stay_s", "min_overlap_s", "linger_s", "as_of"),
}
Rows = Sequence[tuple[Any, ...]]


class Database(Protocol):
    """Somewhere that four tables can be filled and the text be run."""

    def fill(self, table: str, rows: Rows) -> None:
        """Replace what a table holds."""

    def answer(self) -> Rows:
        """The rows of the text."""


class DuckDb:
    """In this process."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        for table, columns in TABLES.items():
            listed = ", ".join(f"{column} BIGINT" for column in columns)
            self.connection.execute(f"CREATE TABLE {table} ({listed})")

    def fill(self, table: str, rows: Rows) -> None:
        self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        if rows:
            marks = ", ".join("?" * len(TABLES[table]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", list(rows))  # noqa: S608

    def answer(self) -> Rows:
        return self.connection.execute(CONTACTS).fetchall()


class Postgres:
    """Through a cursor, in tables that end with the transaction."""

    def __init__(self, execute: Callable[..., Any], fetch: Callable[[], Rows]) -> None:
        self.execute, self.fetch = execute, fetch
        for table, columns in TABLES.items():
            listed = ", ".join(f"{column} bigint" for column in columns)
            execute(f"CREATE TEMPORARY TABLE {table} ({listed})")

    def fill(self, table: str, rows: Rows) -> None:
        self.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        marks = ", ".join(["%s"] * len(TABLES[table]))
        for row in rows:
            self.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608

    def answer(self) -> Rows:
        self.execute(CONTACTS)
        return self.fetch()


def contacts(world: World, database: Database) -> Contacts:
    """The same question as to the engine."""
    asked, visits, windows = world.parameters, world.visits, world.windows
    now = latest_start(visits) if world.as_of is None else world.as_of
    outs = [None if out == MISSING else out for out in visits.t_out.tolist()]
    starts = (visits.person_id.tolist(), visits.place_id.tolist(), visits.t_in.tolist())
    database.fill("visits", list(zip(*starts, outs, strict=True)))
    database.fill("parameters", [(asked.default_stay_s, asked.min_overlap_s, asked.linger_s, now)])
    columns = (windows.person_id, windows.infectious_from, windows.infectious_until)
    seeds = list(zip(*(column.tolist() for column in columns), strict=True))
    seen = {person for person, _, _ in seeds}
    rows: list[tuple[int, ...]] = []
    for generation in range(1, world.generations + 1):
        found = _generation(database, seeds, seen)
        rows += [(*map(int, row), generation) for row in found]
        seen |= {row[0] for row in found}
        later = ((row[0], row[2] + asked.latency_s) for row in found)
        seeds = [(person, since, now) for person, since in later if since < now]
    return contacts_of_rows(rows)


def _generation(database: Database, seeds: Rows, seen: Iterable[int]) -> Rows:
    database.fill("windows", seeds)
    database.fill("left_out", [(person,) for person in seen])
    return database.answer()
