"""Files that are there whole or not at all, also after a power cut."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_draft(path: Path, content: bytes) -> Path:
    """Write beside `path`, readable by the owner alone, forced to disk; the caller renames it."""
    draft = beside(path)
    fill(draft, lambda stream: stream.write(content))
    return draft


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or replace it; where that fails nothing is left and what was there stays."""
    draft = beside(path)
    try:
        fill(draft, lambda stream: stream.write(content))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def beside(path: Path) -> Path:
    """A new name for a draft of a file, in its folder."""
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}")


def fill(draft: Path, write: Callable[[BinaryIO], object]) -> None:
    """Make a file that is not there yet, readable by the owner alone, forced to disk."""
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Force a folder's list of names to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
