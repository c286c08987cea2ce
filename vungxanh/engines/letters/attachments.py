"""What comes with a letter: annexes and forms, by their own titles."""

from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.lines import Line, lines_of
from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.types import Named
from vungxanh.engines.letters.zones import Zones

_TITLE: Final = words(
    r"^(?:phụ lục|biểu mẫu|biểu|mẫu)(?:\s+(?:số\s*)?(?:\d{1,2}|[ivx]{1,4}))?\s*[:.]?$"
    r"|^(?:phụ lục|biểu mẫu|biểu|mẫu)\s+(?:số\s*)?(?:\d{1,2}|[ivx]{1,4})\b.{0,80}$"
)


def attachments_of(letter: str, zones: Zones) -> tuple[Named, ...]:
    """The titles that stand alone on a line after the signature, once each."""
    found: dict[str, Named] = {}
    for line in _titles(letter, zones):
        found.setdefault(line.words.rstrip(" .:"), _named(line))
    return tuple(found.values())


def _titles(letter: str, zones: Zones) -> Iterator[Line]:
    for line in lines_of(letter, *zones.annex):
        if _TITLE.match(line.folded):
            yield line


def _named(line: Line) -> Named:
    name = line.words.rstrip(" .:")
    start = line.start + line.raw.index(name) if name in line.raw else line.start
    return Named(name, (start, start + len(name)))
