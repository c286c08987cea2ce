"""`qr read`: the code in a text, checked by keys that were given."""

import sys
from pathlib import Path
from typing import Any, Final

from vungxanh.protocol import scanned
from vungxanh.protocol.scanned.keys import LONGEST

_STANDARD_INPUT: Final = "-"
_LONGEST_PATH: Final = 4096
_LONGEST_INPUT: Final = 4 * scanned.MOST + 4  # bytes, of more characters than a code has


def answer(said: dict[str, Any]) -> dict[str, object]:
    """The document of a code. Raises the refusals of `protocol.scanned`."""
    known = [scanned.public_key(_key_text(one)) for one in said["public_key"]]
    found = scanned.read(_text(said["payload"]), known)
    return {"format": found.format, "fields": found.fields, "verified": found.verified}


def _text(payload: str) -> str:
    if payload != _STANDARD_INPUT:
        return payload
    content = sys.stdin.buffer.read(_LONGEST_INPUT)
    return content.decode(errors="surrogateescape")


def _key_text(said: str) -> str:
    """A key as it was given, or what the file of that name holds, after the same id."""
    key_id, comma, name = said.rpartition(",")
    if len(name) > _LONGEST_PATH or not _is_file(Path(name)):
        return said
    with Path(name).open("rb") as file:
        return f"{key_id}{comma}" + file.read(LONGEST + 1).decode(errors="replace")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
