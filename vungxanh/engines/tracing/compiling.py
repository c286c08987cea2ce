"""Loops compiled by numba and kept on disk, safe when several processes compile at once.

Numba numbers the files of a loop's variants by an index that it writes before the code and without
a lock: two processes that compile different variants at once may name the same file, and a third
then calls one variant with the arguments of the other. Here one process at a time reads or writes
what is kept of a loop, and what a killed process left half written is dropped.

Numba makes a loop anew when its own file changes, but not when a constant or another loop that it
took from elsewhere does. Here it does when any file with loops beside it changes.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
WRITING = b"writing"
_IS_OF_LOOPS = b"\n@compiled\n"


def compiled(loop: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """`loop` compiled at its first call, kept on disk where possible, run without the lock."""
    made: Any = numba.njit(nogil=True)(loop)
    files: Any = FunctionCache
    with suppress(RuntimeError):  # nowhere to keep it: each process compiles
        kept = files(loop)
        kept._cache_file._source_stamp = stamp(Path(loop.__code__.co_filename).parent)
        made._cache = Kept(kept, f"{loop.__module__}.{loop.__qualname__}")
    return cast("Callable[Arguments, Result]", made)


@lru_cache
def stamp(folder: Path) -> str:
    """What the loops of a folder are made from, all of its files that hold any."""
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        text = path.read_bytes()
        if _IS_OF_LOOPS in text:
            found.update(path.name.encode() + hashlib.sha256(text).digest())
    return found.hexdigest()


class Kept:
    """Numba's files of one loop, held by one process at a time."""

    def __init__(self, files: Any, name: str) -> None:
        self._files = files
        self._lock = Path(files.cache_path) / f"{name}.lock"

    @property
    def cache_path(self) -> str:
        """The directory in which the files lie."""
        return str(self._files.cache_path)

    def load_overload(self, sig: object, target_context: object) -> object:
        """The code of one variant, or None."""
        with self._held():
            return self._files.load_overload(sig, target_context)

    def save_overload(self, sig: object, data: object) -> None:
        """Keep the code of one variant; a process that dies here leaves its mark in the lock."""
        with self._held() as lock:
            lock.write(WRITING)
            lock.flush()
            self._files.save_overload(sig, data)
            lock.truncate(0)

    @contextmanager
    def _held(self) -> Iterator[IO[bytes]]:
        with self._lock.open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if lock.tell():  # the last writer was killed: what it left is not to be trusted
                self._files.flush()
                lock.truncate(0)
            yield lock
