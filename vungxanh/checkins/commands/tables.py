"""Answers as files: Parquet or CSV with int64 columns, whole or not at all."""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import csv, parquet

from vungxanh.checkins.commands import refusals
from vungxanh.checkins.commands.running import StoppedError, Watch
from vungxanh.engines.tracing.types import Int64s

_ROW_GROUP: Final = 1_000_000


def check_out(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse, before any work, what could not be written afterwards."""
    if path.suffix.lower() not in _WRITERS:
        raise refusals.unknown_ending(path)
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK) or path.is_dir():
        raise refusals.no_folder(path)
    if any(path.resolve() == other.resolve() for other in inputs):
        raise refusals.overwrites_input(path)


def write(path: Path, columns: Mapping[str, Int64s], watch: Watch) -> None:
    """Write a draft beside the path, readable by the owner alone, and rename it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with watch.undoing(partial(draft.unlink, missing_ok=True)):
        try:
            _write_draft(draft, columns, _WRITERS[path.suffix.lower()])
            if watch.stopped.is_set():
                raise StoppedError
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _write_draft(
    draft: Path, columns: Mapping[str, Int64s], writer: Callable[[pa.Table, BinaryIO], None]
) -> None:
    table = pa.table({name: pa.array(column, pa.int64()) for name, column in columns.items()})
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        writer(table, file)
        file.flush()
        os.fsync(file.fileno())


def _write_parquet(table: pa.Table, file: BinaryIO) -> None:
    parquet.write_table(table, file, compression="zstd", row_group_size=_ROW_GROUP)


def _write_csv(table: pa.Table, file: BinaryIO) -> None:
    csv.write_csv(table, file, csv.WriteOptions(quoting_header="none", batch_size=_ROW_GROUP))


_WRITERS: Final = {".parquet": _write_parquet, ".csv": _write_csv}
