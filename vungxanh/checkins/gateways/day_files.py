"""The folder of visits by day: Parquet files that never change, and a manifest that names them.

A file is forced to disk under its own name before the manifest is replaced in one step; what the
manifest does not name is what a crash left, or of yesterday. Names hold the beginning of the
content's digest, so that another content never comes under a name that somebody reads.
"""

import base64
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, TypeVar

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vungxanh.checkins.values.day_files import FORMAT, MANIFEST, Manifest
from vungxanh.core.durable import beside, fill, sync_folder, write_whole

Int64s = NDArray[np.int64]
Told = TypeVar("Told")
SCHEMA: Final = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("place_id", pa.int64(), nullable=False),
        pa.field("t_in", pa.int64(), nullable=False),
        pa.field("t_out", pa.int64(), nullable=False),
        pa.field("started_by", pa.int8(), nullable=False),
        pa.field("ended_by", pa.int8(), nullable=False),
        pa.field("flags", pa.int16(), nullable=False),
        pa.field("entrance", pa.int16(), nullable=False),
    ]
)
_ENCODINGS: Final = {
    "person_id": "PLAIN",
    "place_id": "DELTA_BINARY_PACKED",
    "t_in": "DELTA_BINARY_PACKED",
    "t_out": "DELTA_BINARY_PACKED",
    **dict.fromkeys(SCHEMA.names[4:], "PLAIN"),
}
_WHOLE: Final = b"vungxanh.whole"
_LOCK: Final = ".lock"
_GROUP_ROWS: Final = 1 << 20
ASKED_AT_MOST: Final = 5
"""How often files are asked for that are gone when they are read."""


class Written(NamedTuple):
    """A file that is on disk: its name, the SHA-256 of its bytes, how many they are."""

    name: str
    sha256: str
    n_bytes: int


class DayFolder:
    """Where files of visits lie, readable by the owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def manifest(self) -> Manifest | None:
        """The manifest; None where there is none of this form."""
        try:
            content = (self.path / MANIFEST).read_bytes()
            if msgspec.json.decode(content, type=dict).get("format") != FORMAT:
                return None
            return msgspec.json.decode(content, type=Manifest)
        except (OSError, msgspec.DecodeError):
            return None

    def holds(self, name: str, n_bytes: int | None = None) -> bool:
        """Whether a file is there, of that size."""
        try:
            found = (self.path / name).stat().st_size
        except OSError:
            return False
        return n_bytes is None or found == n_bytes

    def write_visits(self, day: date, table: pa.Table, whole: Int64s) -> Written:
        """Write a day's visits; `whole` are the numbers of persons who were read whole."""
        numbers = np.sort(whole).astype("<i8").tobytes()
        told = table.replace_schema_metadata({_WHOLE: base64.b64encode(numbers)})
        return self._write(f"visits-{day:%Y%m%d}", told)

    def write_points(self, columns: Mapping[str, NDArray[Any]]) -> Written:
        """Write what was known of control points."""
        return self._write("points", pa.table(dict(columns)))

    def points(self, name: str) -> dict[str, NDArray[Any]]:
        """What was known of control points."""
        table = pq.read_table(self.path / name)
        return {column: table[column].to_numpy() for column in table.column_names}

    def visits(self, names: Iterable[str]) -> pa.Table:
        """The visits of some files."""
        tables = [pq.read_table(self.path / name, schema=SCHEMA) for name in names]
        return pa.concat_tables([SCHEMA.empty_table(), *tables])

    def whole(self, name: str) -> Int64s:
        """The numbers of persons of whom all was read for a file."""
        kept = pq.read_metadata(self.path / name).metadata or {}
        return np.frombuffer(base64.b64decode(kept.get(_WHOLE, b"")), "<i8").astype(np.int64)

    def settle(self, manifest: Manifest) -> bool:
        """Make this the manifest, unless it is; then remove what it does not name."""
        content = msgspec.json.format(msgspec.json.encode(manifest)) + b"\n"
        path = self.path / MANIFEST
        is_new = not path.exists() or path.read_bytes() != content
        if is_new:
            write_whole(path, content)
        self._sweep(manifest)
        return is_new

    @contextmanager
    def held(self) -> Iterator[None]:
        """Alone with the folder, which is made where it lacks; a killed process lets go."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _write(self, stem: str, table: pa.Table) -> Written:
        draft = beside(self.path / f"{stem}.parquet")
        try:
            fill(draft, lambda stream: _write_table(table, stream))
            with draft.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            n_bytes = draft.stat().st_size
            name = f"{stem}-{digest[:8]}.parquet"
            draft.rename(self.path / name)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(self.path)
        return Written(name, digest, n_bytes)

    def _sweep(self, manifest: Manifest) -> None:
        named = {MANIFEST, _LOCK, manifest.points, *(one.file for one in manifest.days)}
        for path in self.path.iterdir():
            if path.name not in named:
                with suppress(FileNotFoundError):
                    path.unlink()
        sync_folder(self.path)


def asked_again(work: Callable[[], Told]) -> Told:
    """What work gives that asks for the manifest and reads what it names.

    A run that writes days again removes what it replaces: whoever asked before it asks anew.
    Raises FileNotFoundError where that happened `ASKED_AT_MOST` times in a row.
    """
    for _ in range(ASKED_AT_MOST - 1):
        with suppress(FileNotFoundError):
            return work()
    return work()


def _write_table(table: pa.Table, stream: BinaryIO) -> None:
    encodings = {name: kind for name, kind in _ENCODINGS.items() if name in table.column_names}
    pq.write_table(
        table,
        stream,
        compression="zstd",
        compression_level=1,
        use_dictionary=False,
        column_encoding=encodings or None,
        row_group_size=_GROUP_ROWS,
        write_page_checksum=True,
    )
