"""The one byte form of a row, and the tag that only a holder of the key can make.

A row's bytes are the line that PostgreSQL's `COPY … TO STDOUT` prints of its columns `id, event,
by, at, subject, purpose, detail` with DateStyle ISO and time zone UTC: UTF-8, fields parted by
tabs, a newline at the end, control characters and backslashes escaped. No two rows share a line,
and whoever checks a million rows hashes what the database sends, without building it anew.

A tag is `key id (4) | BLAKE2b-128 keyed (16)` (RFC 7693, 2.9); BLAKE2b is a MAC by itself and takes
a third of HMAC-SHA256's time here.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

ID_BYTES = 4
DIGEST_BYTES = 16
TAG_BYTES = ID_BYTES + DIGEST_BYTES
# As COPY escapes them: PostgreSQL manual, COPY, "Text Format".
_ESCAPES = str.maketrans(
    {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
)
_NEEDS_ESCAPE = re.compile(r"[\\\x08-\x0d]")


class Tagger:
    """Makes and checks the tags of one purpose under the keys of a ring."""

    def __init__(self, current: bytes, keys: Mapping[bytes, bytes]) -> None:
        self.current = current
        self.started = {
            key_id: hashlib.blake2b(key=key, digest_size=DIGEST_BYTES)
            for key_id, key in keys.items()
        }

    def tag(self, content: bytes) -> bytes:
        """The tag of these bytes under the current key."""
        return self.current + self._digest(self.current, content)

    def holds(self, content: bytes, tag: bytes) -> bool:
        """Whether a holder of one of the keys tagged these bytes."""
        key_id = tag[:ID_BYTES]
        if key_id not in self.started:
            return False
        return hmac.compare_digest(self._digest(key_id, content), tag[ID_BYTES:])

    def knows(self, tag: bytes) -> bool:
        """Whether the tag names a key that is held."""
        return tag[:ID_BYTES] in self.started

    def _digest(self, key_id: bytes, content: bytes) -> bytes:
        running = self.started[key_id].copy()
        running.update(content)
        return running.digest()


def row_line(fields: tuple[str, ...]) -> bytes:
    r"""The bytes of a row: its columns as texts, in the order of the module's head.

    >>> row_line(("1", "audit.seen", "a\tb"))
    b'1\taudit.seen\ta\\tb\n'
    """
    if any(_NEEDS_ESCAPE.search(field) for field in fields):
        fields = tuple(field.translate(_ESCAPES) for field in fields)
    return ("\t".join(fields) + "\n").encode()


def stamp(at: datetime) -> str:
    """An instant as PostgreSQL prints it with DateStyle ISO in UTC.

    >>> stamp(datetime(2021, 5, 26, 5, 0, 0, 120000, UTC)), stamp(datetime(2021, 5, 26, tzinfo=UTC))
    ('2021-05-26 05:00:00.12+00', '2021-05-26 00:00:00+00')
    """
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    return (text.rstrip("0") if at.microsecond else text) + "+00"


def detail_text(detail: Mapping[str, object]) -> str:
    """The one text of a detail: JSON in ASCII, sorted, without spaces.

    >>> detail_text({"b": 1, "a": None})
    '{"a":null,"b":1}'
    """
    return json.dumps(dict(detail), sort_keys=True, separators=(",", ":")) if detail else "{}"
