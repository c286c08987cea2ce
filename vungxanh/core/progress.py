"""Long work that says how far it is, ends soon after Ctrl-C, and leaves nothing half written."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Event, Thread
from typing import Any, Final, Generic, TypeVar

import click

from vungxanh.refusals import Words

INTERRUPTED: Final = 130  # the exit code after Ctrl-C
STOPPED: Final = Words(
    "Đã dừng theo yêu cầu; không ghi gì.", "Stopped as asked; nothing was written."
)
_QUIET_S: Final = 1.0  # work under a second says nothing
_LINE_S: Final = 5.0  # between two lines where standard error is no terminal
_REWRITE_S: Final = 0.1
# The system may give Ctrl-C to any thread; the main thread learns of it when it wakes up.
_LISTEN_S: Final = 0.1
_GRACE_S: Final = 0.7  # for the work to end by itself after Ctrl-C
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)

Result = TypeVar("Result")


class StoppedError(Exception):
    """Raised inside the work when it should end."""


class Watch:
    """What the work tells and is told: how far it is, whether to stop, what to undo then."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.stopped = Event()
        self._undo: list[Callable[[], None]] = []
        self._is_terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._said_at = self._began
        self._width = 0

    def step(self, words: Words) -> Callable[[int, int], None]:
        """The progress of a part of the work: how much is done, of how much."""

        def progress(done: int, total: int) -> None:
            if self.stopped.is_set():
                raise StoppedError
            self._say(words, done / total if total else 1.0)

        return progress

    @contextmanager
    def undoing(self, action: Callable[[], None]) -> Iterator[None]:
        """What takes back a piece of work that hears nothing; work that ends cleans up itself."""
        self._undo.append(action)
        try:
            yield
        finally:
            self._undo.remove(action)

    def undo(self) -> None:
        """Take back what is not whole."""
        for action in reversed(self._undo):
            action()

    def say(self, words: Words) -> None:
        """A line on standard error."""
        self.clear()
        click.echo(words.in_language(self.lang), err=True)

    def clear(self) -> None:
        """Take the line of progress off the terminal."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0

    def _say(self, words: Words, share: float) -> None:
        now = time.monotonic()
        pause = _REWRITE_S if self._is_terminal else _LINE_S
        if now - self._began < _QUIET_S or now - self._said_at < pause:
            return
        self._said_at = now
        percent = int(100 * min(share, 1.0))
        line = Words(f"{words.vi} {percent} %", f"{words.en} {percent}%").in_language(self.lang)
        if self._is_terminal:
            self.clear()
            self._width = len(line)
        click.echo(line, nl=not self._is_terminal, err=True)


class _Task(Thread, Generic[Result]):
    """The work in a thread of its own, so that Ctrl-C is heard while compiled code runs."""

    def __init__(self, work: Callable[[Watch], Result], watch: Watch) -> None:
        super().__init__(daemon=True)
        self._work, self._watch = work, watch
        self._results: list[Result] = []
        self._error: BaseException | None = None
        # Python 3.11 takes a thread for ended once Ctrl-C interrupts a join (gh-90882).
        self._ended = Event()

    def run(self) -> None:
        """Do the work."""
        try:
            self._results.append(self._work(self._watch))
        except BaseException as error:  # handed to the main thread, which raises it
            self._error = error
        finally:
            self._ended.set()

    def wait(self, seconds: float) -> None:
        """Wait for the end of the work, for so many seconds at most."""
        self._ended.wait(seconds)

    @property
    def is_whole(self) -> bool:
        """Whether the work has ended well."""
        return bool(self._results)

    def result(self) -> Result:
        """What the work gave or raised."""
        while not self._ended.wait(_LISTEN_S):
            pass
        if self._error is not None:
            raise self._error
        return self._results[0]


def answered(module: str, said: dict[str, Any]) -> Any:
    """What `answer` of a verb's module gives; its engines are imported now.

    Ctrl-C while they still are ends the verb as it does later.
    """
    try:
        return import_module(module).answer(said)
    except KeyboardInterrupt:
        click.echo(STOPPED.in_language(said["lang"]), err=True)
        sys.exit(INTERRUPTED)


def run(work: Callable[[Watch], Result], lang: str) -> Result:
    """The result of some work; after Ctrl-C a sentence and exit code 130 within a second."""
    watch = Watch(lang)
    task = _Task(work, watch)
    try:
        task.start()  # inside: the work may be interrupted before this thread waits for it
        return task.result()
    except KeyboardInterrupt:
        return _stopped(task, watch)
    finally:
        watch.clear()


def run_here(work: Callable[[Watch], Result], lang: str) -> Result:
    """The same in this thread, for work that listens to signals itself."""
    watch = Watch(lang)
    try:
        return work(watch)
    except KeyboardInterrupt:
        watch.undo()
        watch.say(STOPPED)
        sys.exit(INTERRUPTED)
    finally:
        watch.clear()


@contextmanager
def limits_of_the_machine(
    memory_short: Callable[[], Exception], disk_full: Callable[[], Exception]
) -> Iterator[None]:
    """Raise a room's own refusal where the system has no more memory or room on disk."""
    try:
        yield
    except MemoryError:
        raise memory_short() from None
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full() from None
        raise


def _stopped(task: _Task[Result], watch: Watch) -> Result:
    """The result if it was there already, else the end of the program, without drafts."""
    watch.stopped.set()
    with suppress(KeyboardInterrupt):
        task.wait(_GRACE_S)
    if task.is_whole:
        return task.result()
    watch.undo()
    watch.say(STOPPED)
    sys.stderr.flush()
    os._exit(INTERRUPTED)
