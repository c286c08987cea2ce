"""The door of foreign codes: base64, JSON and texts as strangers may write them.

Everything here answers with a value or with None; which code was wanted, and so what to say, the
caller knows.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Final

from vungxanh.protocol.personal.payloads import is_hidden

_URL_SAFE: Final = re.compile(r"[A-Za-z0-9_-]*={0,2}", re.ASCII)
_STANDARD: Final = re.compile(r"[A-Za-z0-9+/]*={0,2}", re.ASCII)
_LONGEST_NUMBER: Final = 20


def bytes_of_url(text: str) -> bytes | None:
    """The bytes of base64url with its padding or without; None where it is none.

    A text whose unused bits are not 0 is none: each code is written in one way.

    >>> bytes_of_url("_-8"), bytes_of_url("_-8="), bytes_of_url("_-9"), bytes_of_url("_-8==")
    (b'\\xff\\xef', b'\\xff\\xef', None, None)
    """
    return _bytes(text) if _URL_SAFE.fullmatch(text) else None


def bytes_of_base64(text: str) -> bytes | None:
    """The same with "+" and "/"."""
    return _bytes(text.translate({43: "-", 47: "_"})) if _STANDARD.fullmatch(text) else None


def object_of(content: bytes | None) -> Mapping[str, object] | None:
    """The JSON object of UTF-8 bytes; None where it is none, names a field twice or is too deep.

    Numbers are 0: no code here has one, and those of a thousand digits cost much.
    """
    try:
        found = json.loads(
            (content or b"").decode(),
            object_pairs_hook=_once,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_none,
        )
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def text_of(found: object, most: int, *, lines: bool = False) -> str | None:
    """A text of 1 to `most` characters, all of which show (line feeds too if `lines`), or None."""
    if not isinstance(found, str) or not 1 <= len(found) <= most or not found.strip():
        return None
    shown = found.replace("\n", " ") if lines else found
    return None if any(map(is_hidden, shown)) else found


def _bytes(text: str) -> bytes | None:
    bare = text.rstrip("=")
    missing = -len(bare) % 4
    if missing == 3 or len(text) - len(bare) not in (0, missing):
        return None
    content = base64.urlsafe_b64decode(bare + "=" * missing)
    return content if base64.urlsafe_b64encode(content).decode().rstrip("=") == bare else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _number(written: str) -> int:
    if len(written) > _LONGEST_NUMBER:
        raise ValueError
    return 0


def _none(_: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError
