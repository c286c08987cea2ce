"""Long work of tracing: what the machine lacks is said in a sentence."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from vungxanh.checkins.commands import refusals
from vungxanh.core import progress
from vungxanh.core.progress import StoppedError, Watch

__all__ = ["StoppedError", "Watch", "run", "run_here"]

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)

Result = TypeVar("Result")


def run(work: Callable[[Watch], Result], lang: str) -> Result:
    """As `core.progress.run`.

    Raises `tracing.memory_short` and `tracing.disk_full` where the system has no more to give.
    """
    with _said_in_a_sentence():
        return progress.run(work, lang)


def run_here(work: Callable[[Watch], Result], lang: str) -> Result:
    """The same in this thread, for work that listens to signals itself."""
    with _said_in_a_sentence():
        return progress.run_here(work, lang)


@contextmanager
def _said_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise refusals.memory_short(None, None) from None
    except OSError as error:
        if error.errno in _FULL:
            raise refusals.disk_full() from None
        raise
