"""One event, one line: a log that can be read by people and cut by programs."""

import logging
from datetime import datetime

from vungxanh.core.clock import TZ


class OneLine(logging.Formatter):
    """`2021-05-26T08:12:03+07:00 WARNING django.request: …`; a traceback follows after bars."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        return " | ".join(line for line in super().format(record).splitlines() if line.strip())

    def formatTime(  # noqa: N802 (the name is the standard library's)
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        """The time of the record in Vietnam, to the second."""
        return datetime.fromtimestamp(record.created, TZ).isoformat(timespec="seconds")
