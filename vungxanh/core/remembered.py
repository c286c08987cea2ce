"""What was asked of the database lately, for paths that cannot ask at every request.

An answer is kept for a while and is then asked anew; what there is no answer to is not kept. Keys
that are missing are asked together: one question is on its way at a time, and what comes meanwhile
goes with the next. What nobody waits for any more is not asked.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from django.db import close_old_connections, connections

Key = TypeVar("Key")
Value = TypeVar("Value")
Ask = Callable[[Sequence[Key]], Mapping[Key, Value]]
SECONDS_REMEMBERED = 60.0


class Remembered(Generic[Key, Value]):
    """Answers by key; `ask` is called in a thread of its own and may use Django's database."""

    def __init__(
        self,
        ask: "Ask[Key, Value]",
        *,
        seconds: float = SECONDS_REMEMBERED,
        most: int = 200_000,
    ) -> None:
        self._ask, self._seconds, self._most = ask, seconds, most
        self._kept: dict[Key, tuple[float, Value]] = {}
        self._wishes: dict[object, set[Key]] = {}  # of everybody who waits
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="remembered")

    def known(self, key: Key, now: float) -> Value | None:
        """The answer, if it is not older than it may be at `now`, of the loop's clock."""
        found = self._kept.get(key)
        return found[1] if found is not None and found[0] > now else None

    async def learn(self, keys: Iterable[Key]) -> None:
        """Ask for these; afterwards `known` tells. Raises what asking raises."""
        me = object()
        self._wishes[me] = set(keys)
        try:
            async with self._turn:
                if me in self._wishes:  # else the one before asked for me too
                    await self._learn_all()
        finally:
            self._wishes.pop(me, None)

    async def _learn_all(self) -> None:
        asked = dict(self._wishes)
        loop = asyncio.get_running_loop()
        keys = list(set[Key]().union(*asked.values()))
        answers = await loop.run_in_executor(self._thread, self._answers, keys)
        for one in asked:
            self._wishes.pop(one, None)
        until = loop.time() + self._seconds
        for key, value in answers.items():
            self._kept.pop(key, None)
            self._kept[key] = until, value
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]

    def _answers(self, keys: Sequence[Key]) -> Mapping[Key, Value]:
        close_old_connections()
        return self._ask(keys)

    def close(self) -> None:
        """End the thread and its connection."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown()
