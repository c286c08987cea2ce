"""Answers as files: Parquet or CSV with int64 columns, whole or not at all."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import csv, parquet

from vungxanh.checkins.commands import refusals
from vungxanh.checkins.commands.running import Watch
from vungxanh.core import answer_files
from vungxanh.engines.tracing.types import Int64s

_ROW_GROUP: Final = 1_000_000

Columns = Mapping[str, Int64s]


def check_out(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse, before any work, what could not be written afterwards."""
    if path.suffix.lower() not in _WRITERS:
        raise refusals.unknown_ending(path)
    if not answer_files.can_be_written(path):
        raise refusals.no_folder(path)
    if answer_files.is_among(path, inputs):
        raise refusals.overwrites_input(path)


def write(tables: Mapping[Path, Columns], watch: Watch) -> None:
    """Write all tables or none, readable by the owner alone."""
    files = {path: partial(_write, path.suffix.lower(), table) for path, table in tables.items()}
    answer_files.write_all(files, watch)


def _write(ending: str, columns: Columns, file: BinaryIO) -> None:
    table = pa.table({name: pa.array(column, pa.int64()) for name, column in columns.items()})
    _WRITERS[ending](table, file)


def _write_parquet(table: pa.Table, file: BinaryIO) -> None:
    parquet.write_table(table, file, compression="zstd", row_group_size=_ROW_GROUP)


def _write_csv(table: pa.Table, file: BinaryIO) -> None:
    csv.write_csv(table, file, csv.WriteOptions(quoting_header="none", batch_size=_ROW_GROUP))


_WRITERS: Final = {".parquet": _write_parquet, ".csv": _write_csv}
