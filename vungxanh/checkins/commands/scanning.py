"""`qr read`: the code in a text, checked by keys that were given."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from vungxanh.protocol import scanned
from vungxanh.protocol.places import revocation_refusals, revocations
from vungxanh.protocol.places.revocations import Verdict
from vungxanh.protocol.scanned import NamedKey, Scanned, keys
from vungxanh.protocol.scanned.keys import LONGEST

PLACE: Final = "vungxanh.place"
_STANDARD_INPUT: Final = "-"
_LONGEST_PATH: Final = 4096
_LONGEST_LIST: Final = 1 << 22  # bytes; of 3.7 million codes it is shorter, however many are gone
_LONGEST_INPUT: Final = 4 * scanned.MOST + 4  # bytes, of more characters than a code has


def answer(said: dict[str, Any]) -> dict[str, object]:
    """The document of a code. Raises the refusals of `protocol.scanned`."""
    known = [scanned.public_key(_key_text(one)) for one in said["public_key"]]
    found = scanned.read(_text(said["payload"]), known)
    document: dict[str, object] = {"format": found.format, "fields": found.fields}
    document["verified"] = found.verified
    if said["revoked"] is not None:
        document["revoked"] = _is_revoked(found, _content(said["revoked"]), known)
    return document


def _is_revoked(found: Scanned, content: bytes, known: Sequence[NamedKey]) -> bool | None:
    """What a signed list says of a code of ours; None where it may not be asked, or is older."""
    unchecked = revocations.read(content, {})
    trusted = keys.ed25519(known, unchecked.key_id)
    is_signed = any(revocations.read(content, {unchecked.key_id: key}).verified for key in trusted)
    issue = found.fields.get("issue") if found.format == PLACE else None
    if not is_signed or not isinstance(issue, int) or found.verified is not True:
        return None
    return {Verdict.REVOKED: True, Verdict.NOT_REVOKED: False}.get(unchecked.holds(issue))


def _content(file: Path) -> bytes:
    """The bytes of a list. Raises `protocol.not_revocations` where the file is far too long."""
    with file.open("rb") as opened:
        content = opened.read(_LONGEST_LIST + 1)
    if len(content) > _LONGEST_LIST:
        raise revocation_refusals.not_revocations()
    return content


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
