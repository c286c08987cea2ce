"""Building a store: files of visits, by stable counting sort, into two copies on disk."""

import fcntl
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Final, NamedTuple

from vungxanh.checkins.gateways import parquet_files, visit_files
from vungxanh.checkins.gateways import store_files as files
from vungxanh.checkins.gateways import store_refusals as refuse
from vungxanh.checkins.gateways.parquet_files import Span
from vungxanh.checkins.gateways.store_files import Manifest, RowsEntry, ShardEntry, Source
from vungxanh.checkins.gateways.visit_files import Batch, FileFacts
from vungxanh.core.durable import sync_folder
from vungxanh.engines.tracing.ids import Arrivals, Ids, fits_range
from vungxanh.engines.tracing.staging import Coder, Columns, Known, Staging, UnannouncedError
from vungxanh.engines.tracing.store import (
    Store,
    own_rows,
    people_in,
    person_copy,
    place_copy,
    sharded,
)
from vungxanh.engines.tracing.types import TracingError

Progress = Callable[[int, int], None]  # bytes read, bytes in all; it may raise to cancel

# Bytes a visit: staged, both copies, and what a listed id costs; then what decoding keeps.
_STAGED: Final = 14
_WORDS: Final = 16
_AN_ID: Final = 24
_DECODING: Final = 600_000_000
_LONG_SHARE: Final = 8  # one visit in so many stays over two hours


class Extremes(NamedTuple):
    """How many visits there are, and the least and greatest of three columns."""

    n: int
    person_id: Span
    place_id: Span
    t_in: Span


NOTHING: Final = Extremes(0, Span(0, 0), Span(0, 0), Span(0, 0))


def build(
    paths: Sequence[Path],
    directory: Path,
    *,
    shards: int = 1,
    memory: int | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Lay the visits of files out in a directory; a store that is there stays until this is whole.

    `memory` in bytes, `shards` the number of place ranges. Raises what reading the files does,
    `tracing.memory_short`, `tracing.disk_short`, `tracing.store_busy`, `tracing.store_folder`,
    `tracing.span_too_long`.
    """
    with _alone(directory):
        seen = extremes(paths)
        _check_room(seen, directory, memory)
        _clear(directory)
        folder = directory / f"layout-{secrets.token_hex(8)}"
        folder.mkdir(mode=0o700)
        try:
            manifest = _laid_out(paths, folder, seen, n_shards=shards, progress=progress)
            files.write_manifest(directory, manifest)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _clear(directory)
    return manifest


def in_memory(paths: Sequence[Path], *, progress: Progress | None = None) -> Store:
    """A store that is gone with the program, of the same files; raises what reading them does."""
    seen = extremes(paths)
    columns = _staged(paths, seen, progress)
    by_person, by_place = person_copy(columns), place_copy(columns)
    times, people = seen.t_in, people_in(by_person)
    ids = (columns.persons, columns.places)
    return Store(*ids, times.least, times.greatest, by_person, sharded(by_place, 1), people)


def extremes(paths: Sequence[Path]) -> Extremes:
    """From the footers of Parquet files, else by reading all visits once more than needed."""
    from_footers = [_of_footer(path) for path in paths]
    known = [one for one in from_footers if one is not None]
    if len(known) == len(from_footers):
        return reduce(_united, known, NOTHING)
    return reduce(_united, map(_of_batch, visit_files.visit_batches(paths)), NOTHING)


def bytes_needed(seen: Extremes) -> tuple[int, int]:
    """What building takes of memory at its peak, and the store of the disk."""
    n_ids = sum(_n_ids(span, seen.n) for span in (seen.person_id, seen.place_id))
    on_disk = _WORDS * seen.n + (_WORDS * seen.n) // _LONG_SHARE + _AN_ID * n_ids
    return on_disk + _STAGED * seen.n + _DECODING, on_disk


def _of_footer(path: Path) -> Extremes | None:
    facts = visit_files.file_facts(path)
    if facts.n_rows is None:
        return None
    spans = [parquet_files.span(path, name) for name in ("person_id", "place_id", "t_in")]
    known = [span for span in spans if span is not None]
    if facts.n_rows and len(known) < len(spans):
        return None
    return Extremes(facts.n_rows, *known) if facts.n_rows else NOTHING


def _of_batch(batch: Batch) -> Extremes:
    if not len(batch):
        return NOTHING
    columns = (batch.person_id, batch.place_id, batch.t_in)
    return Extremes(len(batch), *(Span(int(c.min()), int(c.max())) for c in columns))


def _united(one: Extremes, other: Extremes) -> Extremes:
    if not one.n or not other.n:
        return one if one.n else other
    spans = (
        Span(min(a.least, b.least), max(a.greatest, b.greatest))
        for a, b in zip(one[1:], other[1:], strict=True)
    )
    return Extremes(one.n + other.n, *spans)


def _n_ids(span: Span, n: int) -> int:
    """At most so many: a range, or in doubt one of every two visits."""
    return min(span.greatest - span.least + 1, max(n // 2, 1))


def _coder(span: Span, n: int) -> Coder:
    if n and fits_range(span.least, span.greatest, n):
        return Known(Ids(least=span.least, n_range=span.greatest - span.least + 1))
    return Arrivals()


def _check_room(seen: Extremes, directory: Path, memory: int | None) -> None:
    in_memory, on_disk = bytes_needed(seen)
    if memory is not None and in_memory > memory:
        raise refuse.memory_short(in_memory, memory)
    there = next(folder for folder in (directory, *directory.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if on_disk > free:
        raise refuse.disk_short(directory, on_disk, free)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """No two programs build in one directory; the system lets go when one dies.

    A directory that was made for a build and has no store afterwards is gone again.
    """
    is_new = not directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (directory / "lock").open("w")
    except OSError:
        raise refuse.no_folder(directory) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refuse.being_built(directory) from None
        try:
            yield
        finally:
            if is_new and not (directory / files.MANIFEST).exists():
                shutil.rmtree(directory, ignore_errors=True)


def _clear(directory: Path) -> None:
    """Delete folders that no manifest names: broken attempts and the store that was replaced."""
    try:
        kept = files.read_manifest(directory).folder
    except TracingError:
        kept = None
    for folder in directory.glob("layout-*"):
        if folder.name != kept:
            shutil.rmtree(folder)


def _laid_out(
    paths: Sequence[Path],
    folder: Path,
    seen: Extremes,
    *,
    n_shards: int,
    progress: Progress | None,
) -> Manifest:
    facts = [visit_files.file_facts(path) for path in paths]
    with ThreadPoolExecutor(2) as pool:  # both copies at once; the loops hold no lock
        marks = pool.map(visit_files.mark_of, paths)
        columns = _staged(paths, seen, progress)
        people = pool.submit(_save_people, columns, folder)
        shards = pool.submit(_save_places, columns, folder, n_shards)
        by_person, n_people = people.result()
        sources = map(_source, paths, facts, marks)
    manifest = Manifest(
        format=files.FORMAT,
        folder=folder.name,
        n_visits=seen.n,
        n_people=n_people,
        base=seen.t_in.least,
        latest=seen.t_in.greatest,
        persons=files.save_ids(folder, "persons", columns.persons),
        places=files.save_ids(folder, "places", columns.places),
        by_person=by_person,
        shards=shards.result(),
        sources=tuple(sources),
    )
    sync_folder(folder)
    return manifest


def _staged(paths: Sequence[Path], seen: Extremes, progress: Progress | None) -> Columns:
    staging = Staging(
        seen.n,
        seen.t_in.least,
        persons=_coder(seen.person_id, seen.n),
        places=_coder(seen.place_id, seen.n),
    )
    try:
        for batch in visit_files.visit_batches(paths, progress=progress):
            staging.add(batch.person_id, batch.place_id, batch.t_in, t_out=batch.t_out)
        return staging.columns()
    except UnannouncedError:
        raise refuse.other_than_announced(paths) from None


def _save_people(columns: Columns, folder: Path) -> tuple[tuple[RowsEntry, ...], int]:
    layers = person_copy(columns)
    entries = (
        files.save_rows(folder, "by_person", layers[0]),
        files.save_rows(folder, "by_person_long", layers[1]),
    )
    return entries, people_in(layers)


def _save_places(columns: Columns, folder: Path, n_shards: int) -> tuple[ShardEntry, ...]:
    return tuple(
        ShardEntry(
            shard.first,
            shard.until,
            (
                files.save_rows(folder, f"shard{at:04}", own_rows(shard.layers[0])),
                files.save_rows(folder, f"shard{at:04}_long", own_rows(shard.layers[1])),
            ),
        )
        for at, shard in enumerate(sharded(place_copy(columns), n_shards))
    )


def _source(path: Path, facts: FileFacts, mark: str) -> Source:
    return Source(str(path.resolve()), facts.n_bytes, facts.mtime_ns, mark)
