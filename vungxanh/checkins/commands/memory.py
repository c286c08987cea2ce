"""How much memory work will take, said before it begins."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from vungxanh.checkins.commands import refusals

# Bytes a visit at the peak, measured: a store made in memory, a delta of one on disk, others.
LAID_OUT: Final = 60
DELTA: Final = 130
SQL: Final = 100
PLAIN: Final = 700
_CGROUP: Final = Path("/sys/fs/cgroup/memory.max")
_MEMORY: Final = Path("/proc/meminfo")


def check(needed: int, allowed: int | None) -> None:
    """Refuse `tracing.memory_short` where more is needed than allowed, or than there is."""
    limit = free() if allowed is None else allowed
    if limit is not None and needed > limit:
        raise refusals.memory_short(needed, limit)


def free() -> int | None:
    """Bytes that this program may still take; nothing where the system does not say."""
    found = [size for size in (_available(), _container_limit()) if size is not None]
    return min(found, default=None)


def _available() -> int | None:
    with suppress(OSError, ValueError):
        for line in _MEMORY.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _container_limit() -> int | None:
    with suppress(OSError, ValueError):
        return int(_CGROUP.read_text(encoding="ascii"))
    return None
