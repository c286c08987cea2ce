"""Who may send by a raw application: phones by what is remembered of tokens, and not too often."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from vungxanh.core import clock
from vungxanh.core.limits.addresses import counted_address
from vungxanh.core.limits.local import Buckets
from vungxanh.core.limits.rule import Rate, Wait
from vungxanh.core.remembered import Remembered
from vungxanh.people.actions.senders import senders
from vungxanh.people.values.senders import Sender
from vungxanh.refusals import RefusalError

BAD_TOKENS_OF_ADDRESS: Final = Rate(120, 60)


def _remembered() -> Remembered[str, Sender]:
    return Remembered(lambda tokens: senders(tokens=tokens, at=clock.now()))


@dataclass(frozen=True, slots=True)
class SenderGate:
    """Lets senders in; `no_sender` and `too_often` are the refusals of whoever keeps it.

    `now` tells microseconds since 1970; `too_often` is given the seconds to wait, where known.
    """

    bodies_of_device: Rate
    no_sender: Callable[[], RefusalError]
    too_often: Callable[..., RefusalError]
    now: Callable[[], int]
    senders: Remembered[str, Sender] = field(default_factory=_remembered)
    buckets: Buckets = field(default_factory=Buckets)

    async def sender(self, token: str, address: str) -> Sender:
        """Whose phone it is, as was so within the last minute."""
        tick = asyncio.get_running_loop().time
        sender = self.senders.known(token, tick())
        if sender is None:
            where = self.unblocked(address)
            await self.senders.learn([token])
            sender = self.senders.known(token, tick())
            if sender is None:
                self.note_bad(where)
                raise self.no_sender()
        self.must_be_few(sender.device_id)
        return sender

    async def anew(self, token: str) -> Sender:
        """The same, asked anew: somebody may have turned out to be another within the minute."""
        await self.senders.learn([token])
        sender = self.senders.known(token, asyncio.get_running_loop().time())
        if sender is None:
            raise self.no_sender()
        return sender

    def must_be_few(self, device_id: UUID) -> None:
        """Count a body of a device. Refuses one that sends too many."""
        if not self.buckets.take(device_id.bytes, self.bodies_of_device, self.now()):
            raise self.too_often()

    def unblocked(self, address: str) -> bytes:
        """What an address is counted by. Refuses one that tried too many tokens."""
        where = counted_address(address).encode()
        blocked = self.buckets.blocked(where, self.now())
        if blocked:
            raise self.too_often(blocked.seconds)
        return where

    def note_bad(self, address: bytes) -> None:
        """Whoever tries many tokens waits before the database is asked again."""
        if not address:
            return
        now = self.now()
        if not self.buckets.take(address, BAD_TOKENS_OF_ADDRESS, now):
            self.buckets.block(address, now, Wait(BAD_TOKENS_OF_ADDRESS.per_seconds))

    def close(self) -> None:
        """Forget, and end what asks."""
        self.senders.close()
