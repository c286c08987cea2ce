"""Scans of others than the sender, beside the hot path: found, begun and kept in threads."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from vungxanh.checkins.actions.scanning import ScanSender, keep_scans
from vungxanh.checkins.queries.door_devices import kept_by_token
from vungxanh.checkins.values.scan_body import ScansTold, SentScan
from vungxanh.checkins.values.scan_refusals import ScansNotStoredError
from vungxanh.core import clock
from vungxanh.core.own_threads import OwnThreads, TooManyWaitError

Answer = TypeVar("Answer")


class OthersKeeper:
    """Asks and keeps in threads of its own, so that what phones send of themselves never waits."""

    def __init__(self) -> None:
        self._threads = OwnThreads("others")

    async def keeper(self, token: str) -> ScanSender | None:
        """The device of a keeper's token, asked anew each time; None for none that may come in."""
        found = await self._run(lambda: kept_by_token(token, clock.now()))
        return None if found is None else ScanSender(None, found[0], found[1])

    async def keep(self, sent: Sequence[SentScan], sender: ScanSender) -> ScansTold:
        """Keep a body. Raises ScansNotStoredError where too many wait."""
        return await self._run(lambda: keep_scans(sent=sent, sender=sender, at=clock.now()))

    def close(self) -> None:
        """End the threads and their connections."""
        self._threads.close()

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        try:
            return await self._threads.run(work)
        except TooManyWaitError as many:
            raise ScansNotStoredError from many
