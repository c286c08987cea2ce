"""Files that are there whole or not at all, also after a power cut."""

import os
import secrets
from pathlib import Path


def write_draft(path: Path, content: bytes) -> Path:
    """Write beside `path`, readable by the owner alone, forced to disk; the caller renames it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return draft


def sync_folder(path: Path) -> None:
    """Force a folder's list of names to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
