"""One event, one line: a log that can be read by people and cut by programs."""

import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from types import TracebackType

from vungxanh.core.clock import TZ

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
SHOWN_FRAMES = 8
SHOWN_CAUSES = 3


class OneLine(logging.Formatter):
    """`2021-05-26T08:12:03+07:00 ERROR django.request: … | ValueError: … at views.py:20 show`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        return " | ".join(line for line in super().format(record).splitlines() if line.strip())

    def formatTime(  # noqa: N802 (the name is the standard library's)
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        """The time of the record in Vietnam, to the second."""
        return datetime.fromtimestamp(record.created, TZ).isoformat(timespec="seconds")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the name is the standard library's)
        """The exception and its causes, each with its innermost frames."""
        return "\n".join(_told(error) for error in _chain(ei[1]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, then what caused it, the newest first."""
    for _ in range(SHOWN_CAUSES):
        if error is None:
            return
        yield error
        hidden = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or hidden


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
    return f"{type(error).__name__}: {error} at {' < '.join(places)}"


def _short(filename: str) -> str:
    """The path below the directory that Python found the module in."""
    path = PurePath(filename)
    roots = [root for root in sys.path if root and path.is_relative_to(root)]
    return str(path.relative_to(max(roots, key=len))) if roots else path.name
