"""Times of tracing beside a peer's, and the time that reading the bytes alone would take."""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from bench.harness import Row

PAIR_BYTES: Final = 8  # a visit is a word of eight bytes; a pair cannot be found unread
STREAM_BYTES: Final = 400_000_000
MOST_REPEATS: Final = 9
ENOUGH_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of several runs of one question."""

    best: float
    median: float


def timed(work: Callable[[], object], *, most: int = MOST_REPEATS) -> Timed:
    """Run again until there are so many times, or four seconds are over."""
    times: list[float] = []
    while len(times) < most and sum(times) < ENOUGH_S:
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return Timed(min(times), statistics.median(times))


def row(
    name: str, ours: Timed, peer: Timed | None = None, *, limit: float | None, note: str
) -> Row:
    """The best times in milliseconds; `limit` too."""
    ratio = peer.best / ours.best if peer else None
    theirs = peer.best * 1e3 if peer else None
    note = f"median {ours.median * 1e3:.3g}; {note}, load {os.getloadavg()[0]:.1f}"
    return Row(f"tracing: {name}", ours.best * 1e3, theirs, ratio, limit, "ms", note)


def times_faster(name: str, ours: Timed, peer: Timed, *, least: float | None) -> Row:
    """How many times the peer's time is ours, as a row of its own: a miss is seen."""
    note = f"the row above: at least {least:g} times" if least else "the row above"
    ratio = peer.best / ours.best
    return Row(f"tracing: {name}", ratio, None, None, least, "peer/ours", note)


def bytes_note(n_pairs: int, ours: Timed, *, threads: int = 1) -> str:
    """What must be read at least, at this machine's speed, and how far from it ours is."""
    least = PAIR_BYTES * n_pairs / stream_speed(threads)
    speed = f"{stream_speed(threads) / 1e9:.1f} GB/s"
    over = f"{ours.best / least:,.0f}×" if n_pairs else "no"
    return f"{n_pairs:,} pairs, {over} the {least * 1e3:.2g} ms of their bytes at {speed}"


@cache
def stream_speed(threads: int) -> float:
    """Bytes a second that so many cores read from memory, each its own stretch."""
    stretches = np.array_split(np.ones(STREAM_BYTES // 8, np.int64), threads)
    with ThreadPoolExecutor(threads) as pool:
        return STREAM_BYTES / timed(lambda: list(pool.map(np.sum, stretches))).best
