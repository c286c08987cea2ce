"""The plain SQL of clusters on a connection: tables made once, filled anew for each question."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final, NamedTuple

from tests.engines.tracing.cluster_worlds import ClusterWorld
from vungxanh.engines.tracing import MISSING
from vungxanh.engines.tracing.cluster_types import (
    Clusters,
    Present,
    clusters_of_rows,
    present_of_rows,
)
from vungxanh.engines.tracing.columns import latest_start

CLUSTERS, PRESENT = (
    files("vungxanh.engines.tracing").joinpath(name).read_text(encoding="utf-8")
    for name in ("clusters.sql", "present.sql")
)


class Table(NamedTuple):
    """Statements for a table of integers; `%s` marks a value."""

    created: str
    emptied: str
    filled: str


TABLES: Final = {
    "visits": Table(
        "CREATE TEMPORARY TABLE visits"
        " (person_id BIGINT, place_id BIGINT, t_in BIGINT, t_out BIGINT)",
        "DELETE FROM visits",
        "INSERT INTO visits VALUES (%s, %s, %s, %s)",
    ),
    "windows": Table(
        "CREATE TEMPORARY TABLE windows"
        " (person_id BIGINT, infectious_from BIGINT, infectious_until BIGINT)",
        "DELETE FROM windows",
        "INSERT INTO windows VALUES (%s, %s, %s)",
    ),
    "slots": Table(
        "CREATE TEMPORARY TABLE slots (slot_from BIGINT, slot_until BIGINT)",
        "DELETE FROM slots",
        "INSERT INTO slots VALUES (%s, %s)",
    ),
    "cluster_parameters": Table(
        "CREATE TEMPORARY TABLE cluster_parameters"
        " (default_stay_s BIGINT, min_cases BIGINT, as_of BIGINT)",
        "DELETE FROM cluster_parameters",
        "INSERT INTO cluster_parameters VALUES (%s, %s, %s)",
    ),
    "clusters": Table(
        "CREATE TEMPORARY TABLE clusters (place_id BIGINT, slot_from BIGINT,"
        " slot_until BIGINT, n_cases BIGINT, n_present BIGINT)",
        "DELETE FROM clusters",
        "INSERT INTO clusters VALUES (%s, %s, %s, %s, %s)",
    ),
}
Rows = Sequence[tuple[Any, ...]]


class Database:
    """A connection to PostgreSQL, or one like it."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        for table in TABLES.values():
            cursor.execute(table.created)

    def fill(self, table: str, rows: Rows) -> None:
        """Replace what a table holds."""
        self.cursor.execute(TABLES[table].emptied)
        if rows:
            self.insert(TABLES[table].filled, rows)

    def insert(self, statement: str, rows: Rows) -> None:
        """Add rows."""
        self.cursor.executemany(statement, list(rows))

    def answer(self, text: str) -> Rows:
        """The rows of a text, without what a driver wraps integers in."""
        self.cursor.execute(text)
        return [tuple(map(int, row)) for row in self.cursor.fetchall()]


class DuckDb(Database):
    """In this process; it takes columns much faster than rows."""

    def insert(self, statement: str, rows: Rows) -> None:
        columns = [list(column) for column in zip(*rows, strict=True)]
        table = statement.partition(" VALUES")[0]
        self.cursor.execute(f"{table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


def fill(database: Database, world: ClusterWorld) -> None:
    """Put a world into its tables, with every slot that it could touch."""
    visits, windows, asked = world.visits, world.windows, world.parameters
    outs = [None if out == MISSING else out for out in visits.t_out.tolist()]
    starts = visits.t_in.tolist()
    ends = [start + asked.default_stay_s for start in starts]
    reached = [*starts, *ends, *(out for out in outs if out is not None)]
    ids = (visits.person_id.tolist(), visits.place_id.tolist())
    columns = (windows.person_id, windows.infectious_from, windows.infectious_until)
    as_of = latest_start(visits) if world.as_of is None else world.as_of
    database.fill("visits", list(zip(*ids, starts, outs, strict=True)))
    database.fill("windows", list(zip(*(column.tolist() for column in columns), strict=True)))
    slots = asked.slots_between(min(reached), max(reached)) if reached else []
    database.fill("slots", slots)
    database.fill("cluster_parameters", [(asked.default_stay_s, asked.min_cases, as_of)])


def clusters(database: Database) -> tuple[Clusters, list[tuple[int, ...]]]:
    """The clusters, and their rows in the order in which the text gave them."""
    rows = [tuple(row) for row in database.answer(CLUSTERS)]
    return clusters_of_rows(rows), rows


def present(database: Database, found: Clusters) -> Present:
    """Everybody present in clusters."""
    database.fill("clusters", list(found.rows()))
    return present_of_rows(database.answer(PRESENT), found)
