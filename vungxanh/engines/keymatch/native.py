"""The loop of `ir` compiled for this processor, where it has AES instructions.

LLVM comes with llvmlite: no compiler is needed on the machine. What was compiled can be kept in
`Objects` and is then linked without LLVM's code generator.
"""

import ctypes
import hashlib
import threading
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple, Protocol

import llvmlite
import llvmlite.binding as llvm
import numpy as np

from vungxanh.engines.keymatch.candidates import UInt64s
from vungxanh.engines.keymatch.filters import Filters
from vungxanh.engines.keymatch.ir import seek as written
from vungxanh.engines.keymatch.types import PERIOD, KeyColumns

_AT_ONCE: Final = 2048  # keys in one call; bounds the room for candidates
_LOCK: Final = threading.Lock()
_ALIVE: Final[list[object]] = []  # compiled code lives as long as the process


class Route(NamedTuple):
    """One way to compile: words in a vector, and what the processor must have."""

    name: str
    width: int
    needs: frozenset[str]


class Target(NamedTuple):
    """For which processor: LLVM's name of it, and its features."""

    cpu: str
    features: frozenset[str]


class Objects(Protocol):
    """Where compiled code is kept between processes."""

    def get(self, name: str) -> bytes | None:
        """What was kept under a name."""

    def put(self, name: str, content: bytes) -> None:
        """Keep it."""


# The best first.
ROUTES: Final = (
    Route("avx512", 16, frozenset({"avx512f", "avx512bw", "avx512dq", "avx512vl", "vaes"})),
    Route("avx2", 8, frozenset({"avx2", "vaes"})),
    Route("aesni", 4, frozenset({"aes", "sse4.1"})),
)


@cache
def host() -> Target:
    """This machine's processor."""
    features = llvm.get_host_cpu_features()
    return Target(llvm.get_host_cpu_name(), frozenset(k for k, has in features.items() if has))


def routes() -> tuple[Route, ...]:
    """What this machine's processor can take, the best first."""
    return tuple(route for route in ROUTES if route.needs <= host().features)


class Loop:
    """A compiled loop. Safe to call from several threads at once."""

    def __init__(self, route: Route, address: int) -> None:
        pointer, size, word = ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32
        kinds = (pointer, pointer, size, pointer, word, pointer, word, pointer)
        self._call: Callable[..., int] = ctypes.CFUNCTYPE(size, *kinds)(address)
        self._width = route.width

    def __call__(self, keys: KeyColumns, filters: Filters) -> UInt64s:
        """Candidates, uint64 (c, 3), as `candidates.confirmed` takes them."""
        out = np.empty((_AT_ONCE * PERIOD + 1, 3), np.uint64)
        found = [self._sought(keys, filters, out, at) for at in range(0, len(keys), _AT_ONCE)]
        return np.concatenate([*found, np.empty((0, 3), np.uint64)])

    def _sought(self, keys: KeyColumns, filters: Filters, out: UInt64s, at: int) -> UInt64s:
        teks, starts = keys.keys[at : at + _AT_ONCE], keys.starts[at : at + _AT_ONCE]
        n = len(teks)
        missing = -n % self._width
        if missing:  # the loop takes whole vectors
            teks, starts = np.pad(teks, ((0, missing), (0, 0))), np.pad(starts, (0, missing))
        places = (teks.ctypes.data, starts.ctypes.data, len(teks))
        near = (filters.near.ctypes.data, filters.near_shift)
        far = (filters.far.ctypes.data, filters.far_shift)
        found = out[: self._call(*places, *near, *far, out.ctypes.data)].copy()
        found[:, 0] += np.uint64(at << 8)
        return found[found[:, 0] < np.uint64((at + n) << 8)]


_LOOPS: Final[dict[tuple[Route, Target], Loop]] = {}


def loop(route: Route, target: Target | None = None, objects: Objects | None = None) -> Loop:
    """`route` compiled for `target` (this machine), at most once in a process."""
    machine = target or host()
    with _LOCK:
        if (route, machine) not in _LOOPS:
            code = _object(route, machine, objects)
            _LOOPS[route, machine] = Loop(route, _linked(_machine(machine), code))
        return _LOOPS[route, machine]


def _object(route: Route, target: Target, objects: Objects | None) -> bytes:
    """The code of a route, from where it is kept or made and kept."""
    text = written.module(route.width)
    whole = (text, target.cpu, *sorted(target.features), llvmlite.__version__)
    name = hashlib.sha256("\n".join(whole).encode()).hexdigest()
    kept = objects.get(name) if objects else None
    if kept is not None:
        return kept
    code = bytes(_machine(target).emit_object(llvm.parse_assembly(text)))
    if objects:
        objects.put(name, code)
    return code


def _machine(target: Target) -> llvm.TargetMachine:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = ",".join(f"+{name}" for name in sorted(target.features))
    chosen = llvm.Target.from_default_triple()
    return chosen.create_target_machine(cpu=target.cpu, features=features, opt=3, jit=True)


def _linked(machine: llvm.TargetMachine, code: bytes) -> int:
    """The address of `@seek`."""
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _ALIVE.append(engine)
    return int(engine.get_function_address("seek"))
