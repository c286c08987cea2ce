"""The chain: each sealed event's digest covers the event and the digest before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

GENESIS = bytes(32)
UUID_LENGTH = 36


def canonical(event: Mapping[str, object]) -> bytes:
    """One byte form of an event: JSON with sorted keys, UTF-8, no spaces, times in UTC.

    >>> canonical({"b": 1, "a": "số"}).decode()
    '{"a":"số","b":1}'
    """
    return json.dumps(
        event, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    ).encode()


def link_digest(previous: bytes, event: Mapping[str, object]) -> bytes:
    """SHA-256 of the previous digest followed by the event's canonical bytes."""
    return hashlib.sha256(previous + canonical(event)).digest()


def short(reference: str) -> str:
    """A reference as a column shows it: of a UUID the end, which is its random part.

    >>> short("staff:01a2007a-3d9f-79e2-b25e-fffc4c8806cb"), short("vn-2021:540")
    ('staff:…8806cb', 'vn-2021:540')
    """
    kind, _, identifier = reference.rpartition(":")
    if len(identifier) != UUID_LENGTH:
        return reference
    return f"{kind}:…{identifier[-6:]}" if kind else f"…{identifier[-6:]}"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    message = f"an audit event holds no {type(value).__name__}"
    raise TypeError(message)
