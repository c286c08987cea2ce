"""Threads of one raw application beside the loop: what asks Django's database waits there."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final, TypeVar

from django.db import close_old_connections, connections

Answer = TypeVar("Answer")
THREADS: Final = 4
MOST_WAITING: Final = 64


class TooManyWaitError(Exception):
    """Nobody is let in while so many wait."""


class OwnThreads:
    """A few threads with connections of their own, and few who wait for them."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix=name)
        self._waiting = 0

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """What the work answers. Raises `TooManyWaitError`."""
        if self._waiting >= MOST_WAITING:
            raise TooManyWaitError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, _fresh, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the threads and their connections: each waits for the others, so all take part."""
        everybody = Barrier(THREADS)
        for _ in range(THREADS):
            self._threads.submit(_end, everybody)
        self._threads.shutdown()


def _fresh(work: Callable[[], Answer]) -> Answer:
    close_old_connections()
    return work()


def _end(everybody: Barrier) -> None:
    connections.close_all()
    everybody.wait()
