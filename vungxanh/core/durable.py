"""Files that are there whole or not at all, also after a power cut."""

import os
import secrets
from pathlib import Path


def write_draft(path: Path, content: bytes) -> Path:
    """Write beside `path`, readable by the owner alone, forced to disk; the caller renames it."""
    draft = _beside(path)
    _fill(draft, content)
    return draft


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file, or replace it; where that fails nothing is left and what was there stays."""
    draft = _beside(path)
    try:
        _fill(draft, content)
        draft.chmod(mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Force a folder's list of names to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}")


def _fill(draft: Path, content: bytes) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
