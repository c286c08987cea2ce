"""Tables whose words are in TCVN3 (ABC) or VNI, told by their words and brought to Unicode.

The sets and the evidence are those of letters (`letterfiles.legacy`): at least ten accented words,
four in five of them Vietnamese in the old set and at most half as they stand. Shorter tables stay
as they are: what is not sure is not changed.
"""

import unicodedata
from typing import Final

from vungxanh.documents.letterfiles.legacy import (
    LegacySet,
    from_legacy,
    modern,
    recognised_bytes,
)
from vungxanh.refusals import Words

_UNDEFINED: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")
# Windows-1252, and Latin-1 for the five bytes that it does not define.
_SIGNS: Final = [
    bytes([byte]).decode("latin-1" if byte in _UNDEFINED else "cp1252") for byte in range(256)
]


def of_bytes(content: bytes) -> tuple[str, LegacySet] | None:
    """The text of bytes in an old set, where every byte is one sign; None if they are in none."""
    signs = "".join(map(_SIGNS.__getitem__, content))
    legacy = recognised_bytes(signs, _as_windows_1258)
    return (from_legacy(signs, legacy), legacy) if legacy else None


def of_text(text: str) -> tuple[str, LegacySet | None]:
    """The text with its old lines in Unicode, as fonts such as .VnTime show them."""
    return (text, None) if text.isascii() else modern(text)


def of_strings(strings: list[str]) -> tuple[list[str], LegacySet | None]:
    """The strings of a workbook, all weighed together."""
    lines = "\n".join(" ".join(string.splitlines()) for string in strings)
    text, legacy = of_text(lines)
    return (text.split("\n"), legacy) if legacy else (strings, None)


def was_converted(legacy: LegacySet | None) -> tuple[Words, ...]:
    """What a person should know about the conversion."""
    if legacy is None:
        return ()
    return (
        Words(
            f"Chữ trong bảng ở bảng mã cũ {legacy.label}, đã đổi sang Unicode: xem lại tên các địa"
            " bàn.",
            f"The words of the table were in the old character set {legacy.label} and were"
            " converted to Unicode: look at the names of the areas.",
        ),
    )


def _as_windows_1258(text: str) -> str:
    back = text.encode("cp1252", "replace").decode("cp1258", "replace")
    return unicodedata.normalize("NFC", back)
