"""References that tell nothing to who holds only the log: no name, address or number."""

import re
from collections.abc import Mapping

UUID_LENGTH = 36
# More than there are people in Vietnam, fewer than a telephone or identity number has digits for.
MOST = 300_000_000
_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._/+,-]*")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_USUAL = re.compile(rf"[A-Za-z]+:{_UUID.pattern}")
_DIGEST = re.compile(r"\b[0-9a-f]{16,64}\b")
# A telephone number at home or with +84 or 84, an identity paper (9 or 12 digits) or insurance
# number (10), also parted by dots, dashes or slashes.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d[.\-/]?){8,14}\d(?![0-9A-Za-z])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class TellingError(ValueError):
    """A subject or detail of the log that may tell who is meant."""


def is_opaque(reference: str) -> bool:
    """Whether a text is a reference or code and cannot be a name, address or telephone number.

    >>> is_opaque("staff:01a2007a-3d9f-79e2-b25e-fffc4c8806cb"), is_opaque("vn-2021:540")
    (True, True)
    >>> is_opaque("a@b.vn"), is_opaque("Trần An"), is_opaque("0901234567")
    (False, False, False)
    """
    if not reference or _USUAL.fullmatch(reference):
        return True
    if not _SHAPE.fullmatch(reference):
        return False
    if sum(map(str.isdigit, reference)) < 9:
        return True
    bare = _DAY.sub("day", _DIGEST.sub("digest", _UUID.sub("id", reference)))
    return not _NUMBER.search(bare)


def refuse_what_tells(subject: str, detail: Mapping[str, object]) -> None:
    """Raise for a subject or detail that is no reference, count or code."""
    if not is_opaque(subject):
        message = "the subject of an event must be an opaque reference"
        raise TellingError(message)
    for name, value in detail.items():
        if not _is_plain(value):
            message = f"{name!r} of an event must be a count, a code or an opaque reference"
            raise TellingError(message)


def short(reference: str) -> str:
    """A reference as a column shows it: of a UUID the end, which is its random part.

    >>> short("staff:01a2007a-3d9f-79e2-b25e-fffc4c8806cb"), short("vn-2021:540")
    ('staff:…8806cb', 'vn-2021:540')
    """
    kind, _, identifier = reference.rpartition(":")
    if len(identifier) != UUID_LENGTH:
        return reference
    return f"{kind}:…{identifier[-6:]}" if kind else f"…{identifier[-6:]}"


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return is_opaque(value)
    return value is None or (isinstance(value, int) and abs(value) < MOST)
