"""Codes that prove a telephone number: their form, their life, how long somebody waits.

Six digits, five minutes, five tries: somebody who guesses finds one code in 200,000; the limits by
number and network keep them from asking for more.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

DIGITS = 6
LIVES = timedelta(minutes=5)
MOST_TRIES = 5
# Before the second, third, … code for one device: messages of slow networks come late.
WAITS = (timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=10))


def new_code() -> str:
    """Six digits, each of the million equally likely."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_digest(code: str, key: bytes, device: str) -> bytes:
    """What is kept of a code: keyed, and bound to the device that it was sent for."""
    return hmac.digest(key, f"{device}:{code}".encode(), hashlib.sha256)


def typed_code(text: str) -> str:
    """What somebody typed, without the spaces that messages show between digits.

    >>> typed_code(" 123 456 ")
    '123456'
    """
    return "".join(text.split())


def next_code_at(n_sent: int, last_at: datetime) -> datetime:
    """When the next code may be asked for, after so many were sent.

    >>> from datetime import UTC
    >>> next_code_at(1, datetime(2026, 1, 1, tzinfo=UTC)).minute
    1
    """
    return last_at + WAITS[min(n_sent, len(WAITS)) - 1]
