"""What others make of the same contacts: DuckDB, PostgreSQL and pandas, each in its best layout.

Every peer gets the same visits, windows and parameters and answers the same six columns. DuckDB
has two native tables, one sorted by place and one by person; PostgreSQL a btree on (place, t_in)
and one on (person, t_in), with the range of t_in written out; pandas all columns in memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.tracing_visits import Town
from vungxanh.core.postgres import Cluster, find_binaries, running
from vungxanh.engines.tracing import COLUMNS, Parameters, Windows
from vungxanh.engines.tracing.cluster_types import ClusterParameters

Int64s = NDArray[np.int64]
ANSWER: Final = COLUMNS[:-1]
PARAMETERS: Final = Parameters()
HERE: Final = Path(__file__).parent


def statements(name: str) -> dict[str, str]:
    """An SQL file of this folder cut at its `-- name:` lines."""
    pieces = (HERE / name).read_text(encoding="utf-8").split("-- name: ")[1:]
    return dict(piece.split("\n", 1) for piece in pieces)


def windows_table(windows: Windows) -> pa.Table:
    """Windows by column."""
    return pa.table(asdict(windows))


def by_person(columns: dict[str, NDArray[np.int64]]) -> Int64s:
    """An answer as rows of the six columns, int64 (n, 6), by person."""
    rows = np.column_stack([np.asarray(columns[name], np.int64) for name in ANSWER])
    return rows[np.argsort(rows[:, 0])]


class DuckDb:
    """A file beside the visits, made once; `threads` as asked."""

    def __init__(self, town: Town) -> None:
        self.sql = statements("tracing_duckdb.sql")
        path = town.folder / f"duckdb-{town.n_visits}.db"
        if not path.exists():
            self._build(path, town.visits)
        self.connection = duckdb.connect(path, read_only=True)
        facts = self.connection.execute(self.sql["facts"]).fetchall()
        as_of, longest = (int(fact) for fact in facts[0])
        longest = max(longest, PARAMETERS.default_stay_s)
        self.values = {"as_of": as_of, "longest": longest, **asdict(PARAMETERS)}

    def _build(self, path: Path, visits: Path) -> None:
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        with duckdb.connect(unfinished, config={"threads": 2}) as connection:
            for name in ("by_place", "by_person"):
                connection.execute(self.sql[name].format(visits=visits))
        unfinished.replace(path)

    def ask(self, windows: Windows) -> None:
        """Put the cases where the next question finds them."""
        self.connection.register("windows", windows_table(windows))
        self._execute("first_seeds")
        self._execute("first_left_out")

    def contacts(self, form: str, *, threads: int) -> dict[str, Int64s]:
        """One generation after `ask`; `form` is place or slot, how visits are joined."""
        self.connection.execute(f"SET threads = {threads}")
        found = self.connection.execute(self._contacts(form)).fetchnumpy()
        return {name: np.asarray(found[name]) for name in ANSWER}

    def second_generation(self, windows: Windows, form: str, *, threads: int) -> dict[str, Int64s]:
        """Contacts of contacts, from the start; the first generation stays in the database."""
        self.connection.execute(f"SET threads = {threads}")
        self.ask(windows)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE found AS {self._contacts(form)}")
        self._execute("next_seeds")
        self._execute("next_left_out")
        return self.contacts(form, threads=threads)

    def clusters(self, parameters: ClusterParameters, *, threads: int) -> dict[str, Int64s]:
        """Slots that the cases of `ask` share, in the order people work through."""
        self.connection.execute(f"SET threads = {threads}")
        names = ("index_visits", "touched", "present")
        text = "".join(self.sql[name] for name in names)
        return self.connection.execute(
            text.format(**{**self.values, **asdict(parameters)})
        ).fetchnumpy()

    def _contacts(self, form: str) -> str:
        names = ("index_visits", f"joined_by_{form}", "summed")
        return "".join(self.sql[name] for name in names).format(**self.values)

    def _execute(self, name: str) -> None:
        self.connection.execute(self.sql[name].format(**self.values))


class Postgres:
    """The embedded server, with visits loaded once."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]", town: Town) -> None:
        self.connection, self.sql = connection, statements("tracing_postgres.sql")
        found = connection.execute("SELECT to_regclass('visits') IS NOT NULL").fetchone()
        if found == (False,):
            self._load(town.visits)
        for name in ("settings", "seeds"):
            connection.execute(self.sql[name])
        facts = connection.execute(self.sql["facts"]).fetchone() or (0, 0)
        as_of, longest = (int(str(fact)) for fact in facts)
        self.values = {"as_of": as_of, "longest": longest, **asdict(PARAMETERS)}

    def _load(self, visits: Path) -> None:
        """All or nothing: a broken load leaves no table behind."""
        with self.connection.transaction():
            self.connection.execute(self.sql["visits"])
            with self.connection.cursor().copy("COPY visits FROM STDIN (FORMAT csv)") as copy:
                for batch in pq.ParquetFile(visits).iter_batches(1_000_000):
                    copy.write(csv_of(pa.table(batch)))
            self.connection.execute(self.sql["indexes"])
        self.connection.execute("VACUUM (ANALYZE, FREEZE) visits")

    def ask(self, windows: Windows) -> None:
        """Put the cases where the next question finds them."""
        self.connection.execute("TRUNCATE seeds")
        with self.connection.cursor().copy("COPY seeds FROM STDIN (FORMAT csv)") as copy:
            copy.write(csv_of(windows_table(windows)))
        self.connection.execute("ANALYZE seeds")

    def contacts(self) -> dict[str, Int64s]:
        """One generation after `ask`, read as CSV: the quickest way from this server to arrays."""
        asked = self.sql["contacts"].format(**self.values)
        copied = f"COPY ({asked}) TO STDOUT (FORMAT csv, HEADER)"
        with self.connection.cursor().copy(copied) as copy:
            content = b"".join(copy)
        options = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(ANSWER, pa.int64()))
        found = pyarrow.csv.read_csv(pa.BufferReader(content), convert_options=options)
        return {name: found[name].to_numpy() for name in ANSWER}


@contextmanager
def postgres(town: Town) -> Iterator[Postgres]:
    """The server while the block runs; its data stay beside the visits."""
    home = town.folder / f"postgres-{town.n_visits}"
    with (
        running(Cluster(home, find_binaries())) as cluster,
        psycopg.connect(cluster.conninfo(), autocommit=True) as connection,
    ):
        yield Postgres(connection, town)


def csv_of(table: pa.Table) -> bytes:
    """Rows without a head; what is missing is empty."""
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(table, sink, pyarrow.csv.WriteOptions(include_header=False))
    return bytes(sink.getvalue())


class Pandas:
    """All visits in memory; merge, filter, group by."""

    def __init__(self, town: Town) -> None:
        visits = pq.read_table(town.visits)
        as_of = int(visits["t_in"][-1].as_py())
        columns = {name: visits[name].to_numpy() for name in ("person_id", "place_id", "t_in")}
        assumed = np.minimum(columns["t_in"] + PARAMETERS.default_stay_s, as_of)
        recorded = visits["t_out"].fill_null(0).to_numpy()
        end = np.where(visits["t_out"].is_null().to_numpy(), assumed, recorded)
        self.visits = pd.DataFrame({**columns, "end": end})

    def contacts(self, windows: Windows) -> dict[str, Int64s]:
        """One generation; every visit at a place of a case passes through memory."""
        index = self._index_visits(windows)
        at_places = self.visits[self.visits["place_id"].isin(index["place_id"])]
        met = at_places.merge(index, on="place_id")
        met = met[(met["person_id"] != met["case_id"]) & ~met["person_id"].isin(windows.person_id)]
        met = met.assign(
            since=met[["t_in", "i_start"]].max(axis=1), until=met[["end", "i_end"]].min(axis=1)
        )
        return _summed(_pairs(met))

    def _index_visits(self, windows: Windows) -> pd.DataFrame:
        own = self.visits[self.visits["person_id"].isin(windows.person_id)]
        index = own.merge(pd.DataFrame(asdict(windows)), on="person_id")
        index = index[
            (index["t_in"] < index["infectious_until"]) & (index["end"] > index["infectious_from"])
        ]
        return pd.DataFrame(
            {
                "case_id": index["person_id"],
                "place_id": index["place_id"],
                "i_start": index[["t_in", "infectious_from"]].max(axis=1),
                "i_end": index[["end", "infectious_until"]].min(axis=1),
                "own": index["end"] <= index["infectious_until"],
            }
        )


def _pairs(met: pd.DataFrame) -> pd.DataFrame:
    """Direct ones and those that lingered, with what each adds."""
    direct = met["until"] - met["since"] >= PARAMETERS.min_overlap_s
    lingers = met["own"] & met["t_in"].between(met["i_end"], met["i_end"] + PARAMETERS.linger_s)
    return pd.DataFrame(
        {
            "person_id": met["person_id"],
            "place_id": met["place_id"],
            "overlap": np.where(direct, met["until"] - met["since"], 0),
            "first": met["since"],
            "last": np.where(direct, met["until"], met["t_in"]),
        }
    )[direct | lingers]


def _summed(pairs: pd.DataFrame) -> dict[str, Int64s]:
    found = pairs.groupby("person_id", as_index=False).agg(
        overlap_s=("overlap", "sum"),
        first_at=("first", "min"),
        last_at=("last", "max"),
        n_places=("place_id", "nunique"),
        n_pairs=("place_id", "size"),
    )
    return {name: found[name].to_numpy(np.int64) for name in ANSWER}
