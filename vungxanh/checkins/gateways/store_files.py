"""What a store on disk is made of: a manifest, and arrays that are mapped and never written again.

`manifest.json` is written last and replaced in one step, so that a store is the old one or the new
one. It names a folder of arrays beside it; a folder that no manifest names is a broken attempt.
"""

import os
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from vungxanh.checkins.gateways import store_refusals as refuse
from vungxanh.core.durable import sync_folder, write_draft
from vungxanh.engines.tracing.ids import Ids
from vungxanh.engines.tracing.kernel import Rows
from vungxanh.engines.tracing.store import Shard, Store, frozen

FORMAT: Final = "vungxanh.tracing/1"
MANIFEST: Final = "manifest.json"
_COLUMNS: Final = ("starts", "words", "stays", "longest")


class Source(msgspec.Struct, frozen=True):
    """A file of visits that the store holds; `mark` tells its content apart."""

    path: str
    n_bytes: int
    mtime_ns: int
    mark: str


class RowsEntry(msgspec.Struct, frozen=True):
    """Arrays `<name>.starts`, `.words`, `.stays`, `.longest` and the bits of a partner."""

    name: str
    bits: int
    lengths: tuple[int, int, int, int]


class IdsEntry(msgspec.Struct, frozen=True):
    """A range of ids, or the length of the array `<name>`."""

    name: str
    least: int
    n_range: int
    n_listed: int


class ShardEntry(msgspec.Struct, frozen=True):
    """The places [first, until) and their layers."""

    first: int
    until: int
    layers: tuple[RowsEntry, ...]


class Manifest(msgspec.Struct, frozen=True):
    """What a store holds; times in unix seconds."""

    format: str
    folder: str
    n_visits: int
    n_people: int
    base: int
    latest: int
    persons: IdsEntry
    places: IdsEntry
    by_person: tuple[RowsEntry, ...]
    shards: tuple[ShardEntry, ...]
    sources: tuple[Source, ...]


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a store.

    Raises `tracing.not_a_store`, `tracing.store_half_built`, `tracing.store_damaged` or
    `tracing.store_format`.
    """
    try:
        content = (directory / MANIFEST).read_bytes()
    except OSError:
        is_begun = directory.is_dir() and any(directory.glob("layout-*"))
        raise (refuse.half_built if is_begun else refuse.not_a_store)(directory) from None
    try:
        written = msgspec.json.decode(content, type=dict).get("format")
        if written != FORMAT:
            raise refuse.other_format(directory, str(written))
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError:
        raise refuse.manifest_unreadable(directory) from None


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Make the folder that the manifest names the store, in one step."""
    path = directory / MANIFEST
    draft = write_draft(path, msgspec.json.format(msgspec.json.encode(manifest)))
    draft.rename(path)
    sync_folder(directory)


def save_rows(folder: Path, name: str, rows: Rows) -> RowsEntry:
    """Write the arrays of one layer to disk."""
    arrays = (rows.starts, rows.words, rows.stays, rows.longest)
    for column, array in zip(_COLUMNS, arrays, strict=True):
        save(folder / f"{name}.{column}.npy", array)
    starts, words, stays, longest = (array.size for array in arrays)
    return RowsEntry(name, rows.bits, (starts, words, stays, longest))


def save_ids(folder: Path, name: str, ids: Ids) -> IdsEntry:
    """Write a list of ids; a range needs no array."""
    save(folder / f"{name}.npy", ids.listed)
    return IdsEntry(name, ids.least, ids.n_range, ids.listed.size)


def save(path: Path, array: NDArray[np.int64]) -> None:
    """Write an array, readable by the owner alone, and wait until it is on the disk."""
    path.touch(mode=0o600)
    with path.open("wb") as stream:
        np.lib.format.write_array(stream, np.ascontiguousarray(array))
        stream.flush()
        os.fsync(stream.fileno())


def mapped(directory: Path, manifest: Manifest) -> Store:
    """The store that a manifest names; pages are read when they are looked at.

    Raises `tracing.store_damaged` for an array that is missing or has another length.
    """
    folder = _Folder(directory, directory / manifest.folder)
    return Store(
        persons=folder.ids(manifest.persons),
        places=folder.ids(manifest.places),
        base=manifest.base,
        latest=manifest.latest,
        by_person=tuple(folder.rows(entry) for entry in manifest.by_person),
        shards=tuple(
            Shard(one.first, one.until, tuple(folder.rows(entry) for entry in one.layers))
            for one in manifest.shards
        ),
        n_people=manifest.n_people,
    )


class _Folder:
    """Arrays by name."""

    def __init__(self, directory: Path, folder: Path) -> None:
        self._directory, self._folder = directory, folder

    def rows(self, entry: RowsEntry) -> Rows:
        starts, words, stays, longest = (
            self._array(f"{entry.name}.{column}", length)
            for column, length in zip(_COLUMNS, entry.lengths, strict=True)
        )
        return frozen(Rows(starts, words, stays, longest, 0, entry.bits))

    def ids(self, entry: IdsEntry) -> Ids:
        listed = self._array(entry.name, entry.n_listed)
        return Ids(entry.least, entry.n_range, listed)

    def _array(self, name: str, length: int) -> NDArray[np.int64]:
        path = self._folder / f"{name}.npy"
        try:
            array = np.asarray(np.load(path, mmap_mode="r" if length else None))
        except (OSError, ValueError):
            raise refuse.array_missing(self._directory, path.name) from None
        if array.dtype != np.int64 or array.shape != (length,):
            raise refuse.array_missing(self._directory, path.name)
        return array
