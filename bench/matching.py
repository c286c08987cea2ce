"""Matching published keys with identifiers seen, on one core, beside `cryptography` and beside C.

Random keys of fourteen days, identifiers of which two hundred were made by them; every answer is
compared before a time is reported. The peer makes identifiers with `cryptography`, two calls a key,
and asks our first filter for many keys at once, on fewer keys: its speed is a key's. The C of
`matching_peer.c` does the work of our loop.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from bench.harness import Row
from bench.matching_peers import seek_in_c, seek_with_cryptography
from vungxanh.engines.keymatch import (
    KeyColumns,
    columns,
    compiled,
    core,
    key_columns,
    reference,
)
from vungxanh.engines.keymatch.candidates import confirmed, seen_of
from vungxanh.engines.keymatch.filters import filters_of
from vungxanh.engines.keymatch.types import UInt8s
from vungxanh.exposure.gateways.compiled import Kept
from vungxanh.protocol import exports
from vungxanh.protocol.exports import messages

N_IDS: Final = 20_000
N_MADE: Final = 200
FIRST: Final = 2_649_600  # an interval of 2020
LEAST_KEYS, LEAST_FALLBACK, LEAST_PARSED = 3e6, 120_000.0, 40e6
LEAST_TIMES, LEAST_OF_C, COLD_S, CACHED_S = 20.0, 75.0, 1.5, 0.3
REPEATS: Final = 15
ENOUGH_S: Final = 4.0
TURNS: Final = 3


@dataclass(frozen=True, slots=True)
class World:
    """Keys, identifiers uint8 (m, 16), and which key made the first of them in which interval."""

    keys: KeyColumns
    ids: UInt8s
    made: list[tuple[int, int]]


def run(full: bool) -> list[Row]:
    """Half a million keys; the small form has 4,096."""
    world = _world(500_000 if full else 4096)
    least = full and "avx512" in core.available()
    best, beside_c = _in_turns(world, limited=least)
    peer = _peer_speed(world, 20_000 if full else 400)
    return [
        _rate("match, one core", best, peer, limit=LEAST_KEYS if least else None),
        _times("match, times the peer", best / peer, LEAST_TIMES if least else None),
        *beside_c,
        _rate("match, two threads", _speed(world, core.available()[0], threads=2)),
        *_lesser(world, peer, limited=full),
        *_parsing(world, limited=full),
        *_first_match(limited=full),
    ]


def _world(n: int) -> World:
    rng = np.random.default_rng(1)
    teks = rng.integers(0, 256, (n, 16), np.uint8)
    keys = key_columns(teks, (FIRST + 144 * rng.integers(0, 14, n)).astype(np.uint32))
    ids = rng.integers(0, 256, (N_IDS, 16), np.uint8)
    made = sorted({(int(rng.integers(n)), int(rng.integers(144))) for _ in range(N_MADE)})
    for at, (key, offset) in enumerate(made):
        ids[at] = np.frombuffer(reference.made_by(keys, key)[offset], np.uint8)
    return World(keys, ids, made)


def _speed(world: World, route: str, *, threads: int = 1) -> float:
    """Keys a second of complete answers."""

    def work() -> None:
        hits = core.match(world.keys, world.ids, route=route, threads=threads)
        found = list(zip(hits.key.tolist(), hits.offset.tolist(), strict=True))
        if found != world.made:
            raise AssertionError(f"{route}: {len(found)} hits instead of {len(world.made)}")

    return len(world.keys) / _best(work)


def _peer_speed(world: World, n: int) -> float:
    keys = world.keys.rows(0, n)
    expected = [pair for pair in world.made if pair[0] < n]

    def work() -> None:
        found = seek_with_cryptography(keys, filters_of(world.ids))
        hits = confirmed(keys, seen_of(world.ids), found)
        if list(zip(hits.key.tolist(), hits.offset.tolist(), strict=True)) != expected:
            raise AssertionError("the peer finds other keys")

    return n / _best(work)


def _in_turns(world: World, *, limited: bool) -> tuple[float, list[Row]]:
    """Our best route and the same in C, where that can be built, in turns on the same machine."""
    route = core.available()[0]
    with TemporaryDirectory() as folder:
        seek = seek_in_c(Path(folder))
        if seek is None:
            return max(_speed(world, route) for _ in range(TURNS)), []

        def work() -> None:
            found = seek(world.keys, filters_of(world.ids))
            hits = confirmed(world.keys, seen_of(world.ids), found)
            if list(zip(hits.key.tolist(), hits.offset.tolist(), strict=True)) != world.made:
                raise AssertionError("C finds other keys")

        speeds = [(_speed(world, route), len(world.keys) / _best(work)) for _ in range(TURNS)]
    ours, theirs = (max(each) for each in zip(*speeds, strict=True))
    limit, note = LEAST_OF_C if limited else None, f"gcc -O3 -march=native: {theirs / 1e6:.2f} M/s"
    share = 100 * ours / theirs
    return ours, [Row("matching: share of the same in C", share, 100, None, limit, "%/C", note)]


def _lesser(world: World, peer: float, *, limited: bool) -> list[Row]:
    """Routes for lesser processors; the best one without AES instructions is the fallback."""
    few = World(world.keys.rows(0, 100_000), world.ids, [])
    few.made.extend(pair for pair in world.made if pair[0] < 100_000)
    rows, least = [], LEAST_FALLBACK if limited else None
    for name in core.available()[1:]:
        is_fallback = name.startswith("sliced") and least is not None
        what = f"match, {name}" + (" (fallback)" if name.startswith("sliced") else "")
        rows.append(_rate(what, _speed(few, name), peer, limit=least if is_fallback else None))
    return rows


def _parsing(world: World, *, limited: bool) -> list[Row]:
    """`export.bin` into columns, beside the protobuf library key by key."""
    keys = [
        exports.Key(tek.tobytes(), int(start), 144, 2, 1, at % 29 - 14)
        for at, (tek, start) in enumerate(zip(world.keys.keys, world.keys.starts, strict=True))
    ]
    head = exports.Head(FIRST * 600, (FIRST + 2100) * 600, "VN")
    body = messages.body_of(exports.Export(head, (), tuple(keys)))
    if len(columns.columns_in(body)) != len(keys):
        raise AssertionError("keys are missing")
    ours = len(keys) / _best(lambda: columns.columns_in(body))
    few = messages.body_of(exports.Export(head, (), tuple(keys[:4000])))
    theirs = 4000 / _best(lambda: exports.parsed(few))
    limit = LEAST_PARSED if limited else None
    return [_rate("export file into columns", ours, theirs, limit=limit, peer_name="protobuf")]


def _first_match(*, limited: bool) -> list[Row]:
    """A new process, from its start to its first answer: nothing kept, then all kept."""
    with TemporaryDirectory() as folder:
        cold = _new_process(folder)
        cached = min(_new_process(folder) for _ in range(5))
    note = f"whole process, load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            "matching: first match, cold", cold, None, None, COLD_S if limited else None, "s", note
        ),
        Row("matching: first match", cached, None, None, CACHED_S if limited else None, "s", note),
    ]


def _new_process(folder: str) -> float:
    command = [sys.executable, "-m", "bench.matching", folder]
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def _match_once(folder: str) -> None:
    """What the new process does: one key from an export file, one identifier of it."""
    key = exports.Key(secrets.token_bytes(16), FIRST)
    body = messages.body_of(exports.Export(exports.Head(0, 0, "VN"), (), (key,)))
    kept = Kept(Path(folder))
    keys = columns.columns_in(body, objects=kept)
    ids = np.frombuffer(reference.made_by(keys, 0)[7], np.uint8).reshape(1, 16)
    if core.match(keys, ids, objects=kept).offset.tolist() != [7]:
        raise AssertionError("the first match is wrong")


def _best(work: Callable[[], object]) -> float:
    """The shortest of several runs: what else the machine does only makes them longer."""
    times: list[float] = []
    while len(times) < REPEATS and (len(times) < 3 or sum(times) < ENOUGH_S):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _rate(
    name: str,
    ours: float,
    peer: float | None = None,
    *,
    limit: float | None = None,
    peer_name: str = "cryptography",
) -> Row:
    ratio = ours / peer if peer else None
    note = f"{peer_name if peer else ''}; {compiled.host().cpu}, load {os.getloadavg()[0]:.1f}"
    return Row(f"matching: {name}", ours, peer, ratio, limit, "keys/s", note.lstrip("; "))


def _times(name: str, ratio: float, least: float | None) -> Row:
    return Row(f"matching: {name}", ratio, None, None, least, "peer/ours", "the row above")


if __name__ == "__main__":
    _match_once(sys.argv[1])
