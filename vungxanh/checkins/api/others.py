"""Scans of others than the sender, beside the hot path: found, begun and kept in threads."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final, TypeVar

from django.db import close_old_connections, connections

from vungxanh.checkins.actions.scanning import ScanSender, keep_scans
from vungxanh.checkins.queries.door_devices import kept_by_token
from vungxanh.checkins.values.scan_body import ScansTold, SentScan
from vungxanh.checkins.values.scan_refusals import ScansNotStoredError
from vungxanh.core import clock

Answer = TypeVar("Answer")
THREADS: Final = 4
MOST_WAITING: Final = 64


class OthersKeeper:
    """Asks and keeps in threads of its own, so that what phones send of themselves never waits."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="others")
        self._waiting = 0

    async def keeper(self, token: str) -> ScanSender | None:
        """The device of a keeper's token, asked anew each time; None for none that may come in."""
        found = await self._run(lambda: kept_by_token(token, clock.now()))
        return None if found is None else ScanSender(None, found[0], found[1])

    async def keep(self, sent: Sequence[SentScan], sender: ScanSender) -> ScansTold:
        """Keep a body. Raises ScansNotStoredError where too many wait."""
        return await self._run(lambda: keep_scans(sent=sent, sender=sender, at=clock.now()))

    def close(self) -> None:
        """End the threads and their connections: each waits for the others, so all take part."""
        everybody = Barrier(THREADS)
        for _ in range(THREADS):
            self._threads.submit(_end, everybody)
        self._threads.shutdown()

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        if self._waiting >= MOST_WAITING:
            raise ScansNotStoredError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, _fresh, work)
        finally:
            self._waiting -= 1


def _fresh(work: Callable[[], Answer]) -> Answer:
    close_old_connections()
    return work()


def _end(everybody: Barrier) -> None:
    connections.close_all()
    everybody.wait()
