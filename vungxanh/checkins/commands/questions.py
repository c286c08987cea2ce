"""Where visits come from, and what a question may use; the same for every verb that asks."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vungxanh.checkins.commands import memory
from vungxanh.checkins.commands.running import Watch
from vungxanh.checkins.gateways import stores
from vungxanh.checkins.gateways.visit_files import estimated_rows
from vungxanh.engines.tracing.store import Store
from vungxanh.refusals import Words

READING: Final = Words("Đọc lượt vào", "Reading visits")


@dataclass(frozen=True, slots=True)
class Source:
    """Where visits come from and what may be used; files that a store does not name are its delta.

    `memory` is in bytes, None for what the machine has.
    """

    store: Path | None
    visits: tuple[Path, ...]
    threads: int
    memory: int | None

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file and folder that is read."""
        return (*self.visits, *((self.store,) if self.store else ()))


def source_of(said: dict[str, Any]) -> Source:
    """The source that the options name; by default all cores."""
    threads = said.get("threads") or os.cpu_count() or 1
    return Source(said["store"], tuple(said["visits"]), threads, said["memory"])


def opened(source: Source, watch: Watch) -> Store:
    """The store with its delta, or the files laid out in memory."""
    each = memory.DELTA if source.store else memory.LAID_OUT
    memory.check(estimated_rows(_new(source)) * each, source.memory)
    if source.store:
        return stores.opened(source.store, source.visits)
    return stores.in_memory(source.visits, progress=watch.step(READING))


def _new(source: Source) -> list[Path]:
    """The files that no store holds."""
    if source.store is None:
        return list(source.visits)
    return stores.not_held(stores.read_manifest(source.store), source.visits)
