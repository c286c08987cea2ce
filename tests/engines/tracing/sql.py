"""The plain SQL of contacts, run on DuckDB and on PostgreSQL, generation by generation."""

from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any, Protocol

import duckdb

from tests.engines.tracing.worlds import World
from vungxanh.engines.tracing import MISSING, Contacts
from vungxanh.engines.tracing.columns import contacts_of_rows, latest_start

CONTACTS = files("vungxanh.engines.tracing").joinpath("contacts.sql").read_text(encoding="utf-8")
N_COLUMNS = {"visits": 4, "windows": 3, "left_out": 1, "parameters": 4}
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
    "visits": "INSERT INTO visits VALUES ",
    "windows": "INSERT INTO windows VALUES ",
    "left_out": "INSERT INTO left_out VALUES ",
    "parameters": "INSERT INTO parameters VALUES ",
}
Rows = Sequence[tuple[Any, ...]]


class Database(Protocol):
    """Somewhere that four tables can be filled and the text be run."""

    def fill(self, table: str, rows: Rows) -> None:
        """Replace what a table holds."""

    def answer(self) -> Rows:
        """The rows of the text."""


def filled(table: str, mark: str) -> str:
    """The statement that takes one row, with the driver's own mark for a value."""
    return f"{FILLED[table]}({', '.join([mark] * N_COLUMNS[table])})"


class DuckDb:
    """In this process."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        for statement in CREATED:
            self.connection.execute(statement)

    def fill(self, table: str, rows: Rows) -> None:
        self.connection.execute(EMPTIED[table])
        if rows:
            self.connection.executemany(filled(table, "?"), list(rows))

    def answer(self) -> Rows:
        return self.connection.execute(CONTACTS).fetchall()


class Postgres:
    """Through a cursor, in tables that end with the transaction."""

    def __init__(self, execute: Callable[..., Any], fetch: Callable[[], Rows]) -> None:
        self.execute, self.fetch = execute, fetch
        for statement in CREATED:
            execute(statement)

    def fill(self, table: str, rows: Rows) -> None:
        self.execute(EMPTIED[table])
        for row in rows:
            self.execute(filled(table, "%s"), row)

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
