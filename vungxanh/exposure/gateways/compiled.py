"""Compiled loops kept in the user's cache folder, so that the next process need not compile.

Nothing of a person is in it. A file holds the SHA-256 of its content, then the content; one that
was cut or changed is not used. What cannot be kept is compiled again, and nobody is told.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from vungxanh.core.durable import write_whole

_DIGEST_BYTES: Final = 32


class Kept:
    """A folder of compiled code that only its owner may write; made when it is first needed."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _cache() / "vungxanh" / "compiled"

    def get(self, name: str) -> bytes | None:
        """The code of a name, whole and written by this user."""
        path = self._folder / name
        try:
            is_ours = path.stat().st_uid == os.getuid() == self._folder.stat().st_uid
            kept = path.read_bytes() if is_ours else b""
        except OSError:
            return None
        digest, code = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
        return code if hashlib.sha256(code).digest() == digest else None

    def put(self, name: str, content: bytes) -> None:
        """Keep the code of a name, where the folder can be written."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._folder / name, hashlib.sha256(content).digest() + content)


def _cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    if Path(named).is_absolute():
        return Path(named)
    try:
        return Path.home() / ".cache"
    except RuntimeError:  # a user without a home keeps nothing
        return Path(os.devnull)
