"""The file store: originals kept by their content under the data directory, sealed at rest.

A file is first written whole and forced to disk, then its row is inserted in the caller's
transaction. A crash between the two leaves bytes that no row names, never a row without its bytes;
`sweep` takes such bytes away. The name on disk is the SHA-256 of the content, keyed for sealed
files, so that nobody can find out from the names whether a known file is kept.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from vungxanh.core import clock
from vungxanh.core.durable import sync_folder, write_draft, write_whole
from vungxanh.core.errors import MissingError
from vungxanh.core.models import StoredFile
from vungxanh.core.sealed import IndexKey, UnopenableError, seal, unseal
from vungxanh.core.viewer import Viewer

PLACE = "core_storedfile.content"
ADDRESS = IndexKey("core_storedfile.address", normalise=str)
# Bytes without a row are left alone for a day: their transaction may still be under way.
GRACE = timedelta(days=1)
_SWEEPING = 0x76785F66696C65
_PIECE: Final = 1024 * 1024


def keep(
    data: bytes,
    *,
    name: str,
    media_type: str,
    by: Viewer,
    sealed: bool = True,
    at: datetime | None = None,
) -> StoredFile:
    """Store the bytes durably and note who kept them; equal contents are stored once.

    The row belongs to the caller's transaction; the caller records the event of the field.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    address = ADDRESS.digest(sha256).hex() if sealed else sha256
    with transaction.atomic():
        hold_off_sweeping()
        _write(_path(address), seal(data, PLACE) if sealed else data)
        return StoredFile.objects.create(
            address=address,
            is_sealed=sealed,
            sha256=sha256,
            size_bytes=len(data),
            name=name,
            media_type=media_type,
            kept_by=by.id,
            kept_at=at or clock.now(),
        )


def keep_whole(
    path: Path, *, name: str, media_type: str, by: Viewer, at: datetime | None = None
) -> StoredFile:
    """Move a large file into the store as it is, without holding it in memory: it is not sealed.

    Only for what anybody may know. It lies under the data directory, whole and forced to disk.
    """
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    with transaction.atomic():
        hold_off_sweeping()
        kept_as, size = _path(sha256), path.stat().st_size
        kept_as.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(kept_as)
        for folder in (kept_as.parent, kept_as.parent.parent):
            sync_folder(folder)
        return StoredFile.objects.create(
            address=sha256,
            is_sealed=False,
            sha256=sha256,
            size_bytes=size,
            name=name,
            media_type=media_type,
            kept_by=by.id,
            kept_at=at or clock.now(),
        )


def pieces(file_id: UUID) -> tuple[int, Iterator[bytes]]:
    """The size of a file that is kept unsealed, and its bytes piece by piece."""
    stored = StoredFile.objects.filter(pk=file_id, is_sealed=False).first()
    if stored is None:
        raise MissingError
    stream = _path(stored.address).open("rb")
    return stored.size_bytes, _read(stream)


def open_file(file_id: UUID) -> bytes:
    """The bytes of a kept file, checked against the digest taken when they came."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise MissingError
    content = _path(stored.address).read_bytes()
    data = unseal(content, PLACE) if stored.is_sealed else content
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise UnopenableError(PLACE)
    return data


def sweep(at: datetime) -> int:
    """Take away bytes that no row names and drafts of writers that died; returns how many.

    Waits for keepers under way, and they for it, so that nothing just reused is taken.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SWEEPING])
        left = _adrift(at)
        for path in left:
            path.unlink()
    return len(left)


def n_adrift(at: datetime) -> int:
    """How many files `sweep` would take away now."""
    return len(_adrift(at))


def _adrift(at: datetime) -> list[Path]:
    """Old bytes that no row names."""
    named = set(StoredFile.objects.values_list("address", flat=True).distinct())
    return [path for path in _old_files(at) if path.name not in named]


def hold_off_sweeping() -> None:
    """Until the caller's transaction ends nothing is swept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_SWEEPING])


def kept(*, after: str) -> list[Path]:
    """What lies in the store, by name, behind a name; drafts of writers are left out."""
    paths = (path for path in _folder().glob("*/*") if not path.name.startswith("."))
    return sorted((path for path in paths if path.name > after), key=lambda path: path.name)


def head(path: Path, n: int) -> bytes:
    """The first bytes of a kept file; none when it has gone since."""
    try:
        with path.open("rb") as stream:
            return stream.read(n)
    except FileNotFoundError:
        return b""


def replace(path: Path, content: bytes) -> None:
    """Other bytes of the same content under the same name: the former or the new, never none."""
    write_whole(path, content)


def give_address(stored: StoredFile, address: str) -> None:
    """Let a file be found under another name as well, then name it so; inside a transaction.

    Whoever read the row before still finds the former name, until it is swept.
    """
    former, path = _path(stored.address), _path(address)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.link(former, path)
        for folder in (path.parent, path.parent.parent):
            sync_folder(folder)
    StoredFile.objects.filter(pk=stored.pk).update(address=address)


def destroy(file_id: UUID) -> None:
    """Take a kept file away at once, its bytes too where no other row names them.

    Bytes first: whoever is stopped in between does it again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SWEEPING])
        stored = StoredFile.objects.filter(pk=file_id).first()
        if stored is None:
            return
        if not StoredFile.objects.filter(address=stored.address).exclude(pk=file_id).exists():
            _path(stored.address).unlink(missing_ok=True)
        stored.delete()


def _read(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece


def _folder() -> Path:
    return Path(settings.HOME) / "files"


def _path(address: str) -> Path:
    return _folder() / address[:2] / address


def _old_files(at: datetime) -> list[Path]:
    before = (at - GRACE).timestamp()
    files = (path for path in _folder().glob("*/*") if path.is_file())
    return [path for path in files if path.stat().st_mtime < before]


def _write(path: Path, content: bytes) -> None:
    """Appear whole or not at all, and survive a power cut once this has returned."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_draft(path, content).replace(path)
    for folder in (path.parent, path.parent.parent):
        sync_folder(folder)
