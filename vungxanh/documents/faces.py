"""Which signs the document fonts can show, read from their character maps.

An archival PDF must not hold a sign without a glyph, so a sign that the fonts lack is printed as □.
"""

import struct
from functools import reduce
from pathlib import Path
from typing import Final

SUBSTITUTE: Final = "□"
_FORMAT: Final = 4
_PLANE: Final = 0x10000


class Replacements(dict[int, int | str]):
    """A table for `str.translate` that leaves known signs alone and replaces all others."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, sign: int) -> int | str:
        self[sign] = sign if sign in self._known or sign < ord(" ") else SUBSTITUTE
        return self[sign]


def replacements(folder: Path) -> Replacements:
    """What to print instead of signs that some face in a folder lacks."""
    faces = [signs_of(font.read_bytes()) for font in sorted(folder.glob("*.ttf"))]
    return Replacements(reduce(frozenset.intersection, faces))


def signs_of(font: bytes) -> frozenset[int]:
    """The signs of the Basic Multilingual Plane that a font has a glyph for.

    Reads the `cmap` subtable of format 4 (OpenType 1.9.1, "cmap", format 4).
    """
    base = _table(font, b"cmap")
    (n_subtables,) = struct.unpack_from(">H", font, base + 2)
    for place in range(n_subtables):
        (offset,) = struct.unpack_from(">I", font, base + 4 + 8 * place + 4)
        if struct.unpack_from(">H", font, base + offset) == (_FORMAT,):
            return _signs_of_segments(font, base + offset)
    reason = "a document font has no character map of format 4"
    raise ValueError(reason)


def _table(font: bytes, name: bytes) -> int:
    """Where a table of the font begins."""
    (n_tables,) = struct.unpack_from(">H", font, 4)
    for place in range(n_tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        if tag == name:
            return int(offset)
    reason = f"a document font has no table {name.decode()}"
    raise ValueError(reason)


def _signs_of_segments(font: bytes, at: int) -> frozenset[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    shape = f">{doubled // 2}H"
    ends = struct.unpack_from(shape, font, at + 14)
    starts, deltas, ranges = (
        struct.unpack_from(shape, font, at + 16 + doubled * part) for part in (1, 2, 3)
    )
    found: set[int] = set()
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if ranges[place]:
            listed_at = at + 16 + doubled * 3 + 2 * place + ranges[place]
            glyphs = struct.unpack_from(f">{end - start + 1}H", font, listed_at)
        else:
            glyphs = tuple((sign + deltas[place]) % _PLANE for sign in range(start, end + 1))
        found.update(start + nth for nth, glyph in enumerate(glyphs) if glyph)
    return frozenset(found - {_PLANE - 1})
