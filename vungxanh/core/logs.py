"""One event, one line: a log that can be read by people and cut by programs, and names nobody.

What a request held must not reach the log, and the text of an exception often repeats it ("invalid
literal for int(): '0912…'", "Key (email)=(…) already exists"). So of an exception stand here its
class, the places it passed, and its text only where that text is written in the code that raised
it, or is made of names in code. Paths of requests are told as the name of their route.
"""

import copy
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from types import TracebackType

import psycopg

from vungxanh.core.clock import TZ
from vungxanh.refusals import RefusalError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
SHOWN_FRAMES = 8
SHOWN_CAUSES = 3
# Their texts name modules, attributes and variables.
NAMES_OF_CODE = (ImportError, AttributeError, NameError)


class OneLine(logging.Formatter):
    """`2021-05-26T08:12:03+07:00 ERROR django.request: … | ValueError: … at views.py:20 show`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        if hasattr(record, "request"):
            record = _without_path(record)
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
    said = _said(error)
    return f"{type(error).__name__}{said and f': {said}'} at {' < '.join(places)}"


def _said(error: BaseException) -> str:
    """What may be told of an exception besides its class; empty where its text may hold values."""
    if isinstance(error, RefusalError):
        return error.code
    if isinstance(error, psycopg.Error):
        return _of_database(error)
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else ""
    if isinstance(error, NAMES_OF_CODE) or _is_written_in_code(error):
        return str(error)
    return ""


def _of_database(error: psycopg.Error) -> str:
    """The state and the names of the schema; the message and its detail quote the row."""
    seen = error.diag
    named = (error.sqlstate, seen.table_name, seen.column_name, seen.constraint_name)
    return " ".join(name for name in named if name)


def _is_written_in_code(error: BaseException) -> bool:
    """Whether all that the exception says are constants of the function that raised it."""
    trace = error.__traceback__
    if trace is None or not error.args:
        return False
    while trace.tb_next is not None:
        trace = trace.tb_next
    written = trace.tb_frame.f_code.co_consts
    return all(isinstance(said, str) and said in written for said in error.args)


def _without_path(record: logging.LogRecord) -> logging.LogRecord:
    """Django's record of a request that failed, with the route's name instead of the path."""
    told = copy.copy(record)
    status = getattr(record, "status_code", "")
    told.msg = f"{status} {_route(getattr(record, 'request', None))}".strip()
    told.args = ()
    return told


def _route(request: object) -> str:
    match = getattr(request, "resolver_match", None)
    return f"{getattr(request, 'method', '')} {getattr(match, 'view_name', None) or 'no route'}"


def _short(filename: str) -> str:
    """The path below the directory that Python found the module in."""
    path = PurePath(filename)
    roots = [root for root in sys.path if root and path.is_relative_to(root)]
    return str(path.relative_to(max(roots, key=len))) if roots else path.name
