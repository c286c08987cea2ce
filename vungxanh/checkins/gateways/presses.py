"""Two processes that print posters for a job: their memory is theirs, and both cores work.

Each reads one order a line from its standard input and writes the PDF behind its length. It ends
when its input does, so also when the process that started it dies.
"""

import os
import struct
import subprocess  # our own program, no shell
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

import msgspec

from vungxanh.checkins.values.poster_refusals import press_stopped
from vungxanh.documents.posters import Form, Poster

N_PRESSES: Final = 2
# A press works by itself: threads of its libraries would only take the other one's core.
_ALONE: Final = {"RAYON_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
_AHEAD: Final = 8  # orders of about 1 kB each; a pipe holds 64
_LENGTH: Final = struct.Struct(">I")


class Order(msgspec.Struct, frozen=True):
    """What a press is asked for."""

    form: Form
    poster: Poster


class Presses:
    """The processes, from the beginning of the block to its end."""

    def __init__(self, n: int = N_PRESSES) -> None:
        self._n = n
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "vungxanh.checkins.gateways.press"]
        self._running = [_started(command) for _ in range(self._n)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._running:
            _end(one)

    def print(self, posters: Sequence[Poster], form: Form) -> list[bytes]:
        """The PDF of each poster, in their order. Raises `checkins.press_stopped`."""
        shares = [posters[at :: self._n] for at in range(self._n)]
        found: list[bytes] = [b""] * len(posters)
        with ThreadPoolExecutor(self._n) as pool:
            done = pool.map(_print, self._running, shares, [form] * self._n)
            for at, pdfs in enumerate(done):
                found[at :: self._n] = pdfs
        return found


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join(sys.path),
            **_ALONE,
        },
    )


def _end(press: subprocess.Popen[bytes]) -> None:
    for stream in (press.stdin, press.stdout):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
    try:
        press.wait(timeout=5)
    except subprocess.TimeoutExpired:
        press.kill()
        press.wait()


def _print(press: subprocess.Popen[bytes], posters: Sequence[Poster], form: Form) -> list[bytes]:
    """Orders go a few ahead of the sheets, so that a press never waits; few fit into its pipe."""
    for one in posters[:_AHEAD]:
        _order(press, Order(form, one))
    found = []
    for at in range(len(posters)):
        found.append(_sheet(press))
        if at + _AHEAD < len(posters):
            _order(press, Order(form, posters[at + _AHEAD]))
    return found


def _order(press: subprocess.Popen[bytes], order: Order) -> None:
    if press.stdin is None:
        raise press_stopped()
    try:
        press.stdin.write(msgspec.json.encode(order) + b"\n")
        press.stdin.flush()
    except OSError as ended:
        raise press_stopped() from ended


def _sheet(press: subprocess.Popen[bytes]) -> bytes:
    if press.stdout is None:
        raise press_stopped()
    try:
        (length,) = _LENGTH.unpack(press.stdout.read(_LENGTH.size))
        pdf = press.stdout.read(length)
    except (OSError, struct.error) as ended:
        raise press_stopped() from ended
    if len(pdf) != length:
        raise press_stopped()
    return pdf
