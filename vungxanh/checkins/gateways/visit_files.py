"""Visits and cases out of Parquet and CSV files, checked at the door.

Visits have the columns person_id, place_id, t_in, t_out, cases person_id and their window; ids
are integers, times unix seconds, only t_out may be missing. Other columns are not read.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from vungxanh.checkins.gateways import csv_files, parquet_files
from vungxanh.checkins.gateways import file_refusals as refuse
from vungxanh.checkins.gateways.file_columns import (
    VISIT,
    Batch,
    Integers,
    Piece,
    batch_of,
    check_windows,
    numbers_of,
)
from vungxanh.checkins.gateways.parquet_files import Span
from vungxanh.engines.tracing.types import Int64s, Visits, Windows

__all__ = [
    "EXPOSED",
    "INFECTIOUS",
    "Batch",
    "FileFacts",
    "Span",
    "estimated_rows",
    "file_facts",
    "mark_of",
    "read_exposures",
    "read_visits",
    "read_windows",
    "visit_batches",
]

INFECTIOUS = ("infectious_from", "infectious_until")
EXPOSED = ("exposed_from", "exposed_until")

Progress = Callable[[int, int], None]
Shaped = TypeVar("Shaped")


class FileFacts(NamedTuple):
    """What tells a file of visits from another.

    `n_rows` and `t_in` are of a Parquet's footer, None for a CSV (`t_in` also without statistics).
    """

    name: str
    n_rows: int | None
    n_bytes: int
    mtime_ns: int
    t_in: Span | None


def visit_batches(paths: Sequence[Path], *, progress: Progress | None = None) -> Iterator[Batch]:
    """The visits of all files in the order of files and rows, half a million or more at a time.

    `progress` is told the bytes done and the bytes of all files; what it raises ends the reading.
    Raises the refusals of `file_refusals`; what came before one is no answer.
    """
    sizes = [path.stat().st_size for path in _checked_paths(paths)]
    done, total = 0, sum(sizes)
    for path, size in zip(paths, sizes, strict=True):
        n, expected = 0, _n_rows(path, size)
        for batch in _shaped(path, VISIT, batch_of):
            yield batch
            n += len(batch)
            if progress:
                progress(done + int(size * min(n / max(expected, 1), 1)), total)
        done += size


def read_visits(paths: Sequence[Path], *, progress: Progress | None = None) -> Visits:
    """All visits of all files in memory, 32 bytes each."""
    parts: dict[str, list[Integers]] = {name: [] for name in VISIT}
    for batch in visit_batches(paths, progress=progress):
        for name, column in parts.items():
            column.append(getattr(batch, name))
    return Visits(**{name: _joined(parts.pop(name)) for name in VISIT})


def read_windows(path: Path, *, columns: tuple[str, str] = INFECTIOUS) -> Windows:
    """Cases with a window each, [from, until); `EXPOSED` names the columns of the other kind."""
    names = ("person_id", *columns)

    def windows_of(piece: Piece) -> tuple[Int64s, ...]:
        windows = numbers_of(piece, names)
        check_windows(piece, windows, names)
        return windows

    _checked_paths([path])
    parts = list(_shaped(path, names, windows_of))
    return Windows(*(_joined([part[place] for part in parts]) for place in range(3)))


def read_exposures(path: Path) -> Windows:
    """Cases with the window in which they were exposed, or with the one of `INFECTIOUS`."""
    _checked_paths([path])
    is_parquet = _is_parquet(path)
    names = parquet_files.column_names(path) if is_parquet else csv_files.column_names(path)
    is_other = set(INFECTIOUS) <= set(names) and not set(EXPOSED) & set(names)
    return read_windows(path, columns=INFECTIOUS if is_other else EXPOSED)


def file_facts(path: Path) -> FileFacts:
    """What a store's manifest keeps of a file; reads no visit."""
    _checked_paths([path])
    stat = path.stat()
    is_parquet = _is_parquet(path)
    rows = parquet_files.n_rows(path) if is_parquet else None
    times = parquet_files.span(path, "t_in") if is_parquet else None
    return FileFacts(path.name, rows, stat.st_size, stat.st_mtime_ns, times)


def mark_of(path: Path) -> str:
    """The SHA-256 of all bytes of a file, wherever it is moved and whatever it is called."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise refuse.unreadable_file(path) from None


def estimated_rows(paths: Sequence[Path]) -> int:
    """How many visits the files hold: exactly for Parquet, by their bytes for CSV."""
    return sum(_n_rows(path, path.stat().st_size) for path in _checked_paths(paths))


def _n_rows(path: Path, size: int) -> int:
    bytes_of_a_line = 30
    return parquet_files.n_rows(path) if _is_parquet(path) else size // bytes_of_a_line


def _shaped(path: Path, names: Sequence[str], shape: Callable[[Piece], Shaped]) -> Iterator[Shaped]:
    if _is_parquet(path):
        yield from parquet_files.shaped_pieces(path, names, shape)
    else:
        yield from map(shape, csv_files.pieces(path, names))


def _checked_paths(paths: Sequence[Path]) -> Sequence[Path]:
    """The same paths, all files, none twice."""
    seen = set()
    for path in paths:
        if not path.is_file():
            raise refuse.missing_file(path)
        if path.resolve() in seen:
            raise refuse.given_twice(path)
        seen.add(path.resolve())
    return paths


def _is_parquet(path: Path) -> bool:
    """By its first bytes; what only its name calls Parquet is damaged."""
    begins = _bytes_at(path, 0, len(parquet_files.MAGIC)) == parquet_files.MAGIC
    if path.suffix.lower() == ".parquet" and not begins:
        raise refuse.damaged(path)
    if path.suffix.lower() != ".csv" and not begins:
        raise refuse.unknown_kind(path)
    return begins


def _bytes_at(path: Path, place: int, n: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(place)
            return file.read(n)
    except OSError:
        raise refuse.unreadable_file(path) from None


def _joined(parts: Sequence[Integers]) -> Int64s:
    return np.concatenate([np.empty(0, np.int64), *parts], dtype=np.int64)
