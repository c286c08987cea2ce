"""Loops compiled by numba and kept on disk, safe when several processes compile at once.

Numba numbers the files of a loop's variants by an index that it writes before the code and without
a lock: two processes that compile different variants at once may name the same file, and a third
then calls one variant with the arguments of the other. Here one process at a time reads or writes
what is kept of a loop, and what a killed process left half written is dropped.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
WRITING = b"writing"


def compiled(loop: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """`loop` compiled at its first call, kept on disk where possible, run without the lock."""
    made: Any = numba.njit(nogil=True)(loop)
    files: Any = FunctionCache
    with suppress(RuntimeError):  # nowhere to keep it: each process compiles
        made._cache = Kept(files(loop), f"{loop.__module__}.{loop.__qualname__}")
    return cast("Callable[Arguments, Result]", made)


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
