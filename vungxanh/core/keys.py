"""The installation's keys: files outside the data and outside backups, readable by the owner.

`data.json` holds the keys that seal values, `people.json` those that wrap each person's own key,
`index.json` those that make blind indexes, `qr.json` the seeds that sign QR codes, `audit.json`
those that tag the rows of the log and `seal.json` those that chain and sign it, which only the
worker needs; who steals one file cannot use it for another's purpose. Each key has an id of four
bytes which every sealed value carries, so that a new key can come into use while old values stay
readable. A running process reads a file again every few seconds: new values soon take a new key.

Where a value must be found or checked by every process under the same keys, a new key first comes
to be known (`add_coming`) and is taken into use later (`take_into_use`).
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from vungxanh.core.durable import sync_folder, write_draft
from vungxanh.refusals import RefusalError, Words

KEY_BYTES = 32
ID_BYTES = 4
_FORMAT = 1
# How long a process goes on with what it read: far shorter than a former key is kept.
FRESH_SECONDS = 10


class Use(StrEnum):
    """What the keys of one file are for."""

    DATA = "data"
    PEOPLE = "people"
    INDEX = "index"
    QR = "qr"
    AUDIT = "audit"
    SEAL = "seal"


class KeysMissingError(RefusalError):
    """The key file is not where it should be; a new one would not open what is stored."""

    status = 503

    def __init__(self) -> None:
        words = Words(
            vi="Thiếu tệp khóa của hệ thống. Đặt lại tệp khóa đã cất giữ rồi khởi động lại.",
            en="The key file is missing. Put back the one kept in safe custody, then restart.",
        )
        super().__init__("core.keys_missing", words)


class UnknownKeyError(RefusalError):
    """A value was sealed with a key that this installation does not hold."""

    status = 503

    def __init__(self) -> None:
        words = Words(
            vi="Dữ liệu được niêm phong bằng khóa khác. Đặt lại đúng tệp khóa của hệ thống.",
            en="The data was sealed with another key. Put back the installation's own key file.",
        )
        super().__init__("core.unknown_key", words)


class CurrentKeyError(RefusalError):
    """The key to be destroyed is the one that new values take."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Khóa này đang dùng nên không hủy được. Đổi sang khóa mới trước, rồi hủy khóa cũ.",
            en="This key is in use and cannot be destroyed. Change to a new key first.",
        )
        super().__init__("core.current_key", words)


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys of one use, by id, and the id that new values take.

    `coming` is held already and makes nothing yet. `lasting` are keys for one purpose each that
    outlive the key which they were derived from.
    """

    current: bytes
    keys: dict[bytes, bytes]
    coming: bytes | None = None
    lasting: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)

    def key(self, key_id: bytes) -> bytes:
        """The key with this id."""
        if key_id not in self.keys:
            raise UnknownKeyError
        return self.keys[key_id]


def folder() -> Path:
    """Where the key files are: settings.KEYS, else `keys` under the data directory."""
    return getattr(settings, "KEYS", None) or settings.HOME / "keys"


def ring(use: Use) -> KeyRing:
    """The keys of one use."""
    return _ring_at(_file(use), int(time.monotonic()) // FRESH_SECONDS)


def key_of(use: Use, key_id: bytes) -> bytes:
    """One key; the file is read again for a new id, which another process may have added."""
    if key_id not in ring(use).keys:
        forget()
    return ring(use).key(key_id)


@lru_cache(maxsize=1024)
def derived(key: bytes, purpose: str) -> bytes:
    """A key for one purpose alone, by HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def create_missing(uses: Iterable[Use] = tuple(Use)) -> None:
    """Make the key files that do not exist yet; a file that exists is never touched."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    for use in uses:
        if not _file(use).exists():
            first = secrets.token_bytes(ID_BYTES)
            _write_new(_file(use), _written(_with_key(KeyRing(first, {}), first, current=first)))
    forget()


def add_key(use: Use) -> bytes:
    """Take a new key into use and keep the old ones for reading; returns the new id."""
    with _only_one_writer():
        held = _read(_file(use))
        new_id = _new_id(held)
        _replace(_file(use), _written(_with_key(held, new_id, current=new_id)))
    forget()
    return ring(use).current


def add_coming(use: Use) -> bytes:
    """Hold a new key that makes nothing yet, so that all know it beforehand; returns its id.

    While one is coming there is no second: its id is returned again.
    """
    with _only_one_writer():
        held = _read(_file(use))
        new_id = held.coming or _new_id(held)
        if held.coming is None:
            grown = _with_key(held, new_id, current=held.current)
            _replace(_file(use), _written(replace(grown, coming=new_id)))
    forget()
    return new_id


def take_into_use(use: Use) -> bytes:
    """From now on new values take the key that was coming; returns the id in use."""
    with _only_one_writer():
        held = _read(_file(use))
        if held.coming is not None:
            _replace(_file(use), _written(replace(held, current=held.coming, coming=None)))
    forget()
    return ring(use).current


def destroy_key(use: Use, key_id: bytes, *, lasting: Iterable[str] = ()) -> None:
    """Take a former key out of its file for good and write over the file that held it.

    Whatever lies under it, in every backup too, opens no more. For the purposes named in `lasting`
    the key derived for that purpose alone stays: nothing else follows from it. Refuses the current
    key, the one that is coming and one that is not held. A disk that copies on write may keep the
    old blocks until it reuses them.
    """
    with _only_one_writer():
        held = _read(_file(use))
        if key_id in (held.current, held.coming):
            raise CurrentKeyError
        left = _without_key(held, key_id, lasting)
        with _file(use).open("r+b") as former:
            _replace(_file(use), _written(left))
            _overwrite(former)
    forget()
    derived.cache_clear()


def forget() -> None:
    """Drop what was read, so that the files are read again."""
    _ring_at.cache_clear()


@lru_cache(maxsize=16)
def _ring_at(path: Path, moment: int) -> KeyRing:
    """What the file held at a moment; the next moment reads it again."""
    return _read(path)


def _read(path: Path) -> KeyRing:
    if not path.exists():
        raise KeysMissingError
    content = json.loads(path.read_text("ascii"))
    keys = {bytes.fromhex(key_id): bytes.fromhex(key) for key_id, key in content["keys"].items()}
    coming = bytes.fromhex(content.get("coming", ""))
    lasting = {
        purpose: tuple(map(bytes.fromhex, derived_keys))
        for purpose, derived_keys in content.get("lasting", {}).items()
    }
    return KeyRing(bytes.fromhex(content["current"]), keys, coming or None, lasting)


def _file(use: Use) -> Path:
    return _file_in(folder(), use)


@lru_cache(maxsize=64)
def _file_in(keys: Path, use: Use) -> Path:
    """A path is asked for with each row of the log: putting it together costs more than finding."""
    return keys / f"{use}.json"


def _new_id(held: KeyRing) -> bytes:
    new_id = secrets.token_bytes(ID_BYTES)
    while new_id in held.keys:
        new_id = secrets.token_bytes(ID_BYTES)
    return new_id


def _with_key(held: KeyRing, new_id: bytes, *, current: bytes) -> KeyRing:
    keys = {**held.keys, new_id: secrets.token_bytes(KEY_BYTES)}
    return replace(held, current=current, keys=keys)


def _without_key(held: KeyRing, key_id: bytes, purposes: Iterable[str]) -> KeyRing:
    key = held.key(key_id)
    kept = {
        purpose: (*held.lasting.get(purpose, ()), derived(key, purpose)) for purpose in purposes
    }
    left = {known: one for known, one in held.keys.items() if known != key_id}
    return replace(held, keys=left, lasting={**held.lasting, **kept})


def _written(held: KeyRing) -> bytes:
    content: dict[str, object] = {"format": _FORMAT, "current": held.current.hex()}
    content["keys"] = {key_id.hex(): key.hex() for key_id, key in held.keys.items()}
    if held.coming is not None:
        content["coming"] = held.coming.hex()
    if held.lasting:
        content["lasting"] = {
            purpose: [key.hex() for key in keys] for purpose, keys in held.lasting.items()
        }
    return json.dumps(content).encode()


def _write_new(path: Path, content: bytes) -> None:
    """Appear whole or not at all; the first of two processes wins."""
    draft = write_draft(path, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
        sync_folder(path.parent)


def _replace(path: Path, content: bytes) -> None:
    write_draft(path, content).replace(path)
    sync_folder(path.parent)


def _overwrite(former: BinaryIO) -> None:
    """Noise over a file that no longer has a name, forced to disk."""
    size = os.fstat(former.fileno()).st_size
    former.seek(0)
    former.write(secrets.token_bytes(size))
    former.flush()
    os.fsync(former.fileno())


@contextmanager
def _only_one_writer() -> Iterator[None]:
    handle = os.open(folder() / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
