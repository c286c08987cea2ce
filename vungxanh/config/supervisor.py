"""Several programs as one: if one ends, all end; a signal ends them in order."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from vungxanh.refusals import RefusalError, Words

LOOK_SECONDS = 0.2
GRACE_SECONDS = 25


class ChildEndedError(RefusalError):
    """One of the programs ended by itself, so the others were stopped."""

    def __init__(self, name: str, code: int) -> None:
        words = Words(
            vi=f"Chương trình “{name}” đã tự dừng (mã {code}), nên tất cả đã dừng. "
            "Xem thông báo ngay phía trên.",
            en=f"Program “{name}” ended by itself (code {code}), so everything was stopped. "
            "See what it said above.",
        )
        super().__init__("config.child_ended", words, where=name)


@dataclass(frozen=True, slots=True)
class Child:
    """A program that was started here."""

    name: str
    program: "subprocess.Popen[bytes]"


def start(name: str, arguments: Sequence[str], environment: dict[str, str]) -> Child:
    """Start `vungxanh …` in its own session, so that Ctrl-C reaches only the supervisor."""
    command = [sys.executable, "-m", "vungxanh.config.cli", *arguments, "--with-parent"]
    program = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        env={**os.environ, **environment},
        start_new_session=True,
    )
    return Child(name, program)


def watch(children: Sequence[Child], stop: threading.Event, look: Callable[[], None]) -> None:
    """Wait for `stop`; `look` is called at each glance. A child that ends is an error."""
    while not stop.wait(LOOK_SECONDS):
        for child in children:
            code = child.program.poll()
            if code is not None:
                raise ChildEndedError(child.name, code)
        look()


def end(children: Sequence[Child]) -> None:
    """Ask every child to end, wait, and kill what does not."""
    for child in children:
        child.program.terminate()
    for child in children:
        try:
            child.program.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.program.kill()
            child.program.wait()


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set, once or many times."""
    stop = threading.Event()

    def set_it(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, set_it) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, former in before.items():
            signal.signal(number, former)
