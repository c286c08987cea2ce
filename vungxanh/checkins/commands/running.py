"""Long work of tracing: what the machine lacks is said in a sentence."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from vungxanh.checkins.commands import refusals
from vungxanh.core import progress
from vungxanh.core.progress import Watch

__all__ = ["Watch", "run", "run_here"]

Result = TypeVar("Result")


def run(work: Callable[[Watch], Result], lang: str) -> Result:
    """As `core.progress.run`.

    Raises `tracing.memory_short` and `tracing.disk_full` where the system has no more to give.
    """
    with _limits_of_the_machine():
        return progress.run(work, lang)


def run_here(work: Callable[[Watch], Result], lang: str) -> Result:
    """The same in this thread, for work that listens to signals itself."""
    with _limits_of_the_machine():
        return progress.run_here(work, lang)


def _limits_of_the_machine() -> AbstractContextManager[None]:
    return progress.limits_of_the_machine(refusals.memory_short, refusals.disk_full)
