"""Those a letter is sent to (Kính gửi), and an order that hides among them in brackets."""

import re
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.flow import mark_of
from vungxanh.engines.letters.lines import Line, lines_of
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.sections import Section, heading_of
from vungxanh.engines.letters.types import Named

ADDRESS: Final = "address"
_HEAD: Final = words(
    r"^\W*k[ií]nh g[uư]i\s*:?\s*|^[^.;:]{4,90}\bđiện\s*:\s*|^(?:kính\s)?(?:điện|gửi)\s*:\s*"
)
_BRACKET: Final = re.compile(r"\s*\(([^()]{12,})\)")
_SEPARATE: Final = re.compile(r"\s*;\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Addressees:
    """Names in their order, and orders found in brackets after one of them."""

    names: tuple[Named, ...]
    orders: tuple[Section, ...]


def addressees_of(letter: str, start: int, end: int) -> Addressees:
    """The addressees between two offsets."""
    items = _items(letter, start, end)
    if len(items) == 1:
        items = _parts(items[0])
    names = tuple(filter(None, (_named(item) for item in items)))
    orders = tuple(filter(None, (_order(item) for item in items)))
    return Addressees(names, orders)


def _items(letter: str, start: int, end: int) -> list[Passage]:
    """One passage for each bullet; lines without a bullet go on with the last one."""
    lines = [line for line in lines_of(letter, start, end) if not line.is_blank]
    if not any(mark_of(line.raw.lstrip())[1] for line in lines):
        return [_item(letter, lines)] if lines else []
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_item(letter, group) for group in groups]


def _begins(group: list[Line], line: Line) -> bool:
    is_ended = group[-1].words.endswith((";", "."))
    return (
        bool(mark_of(line.raw.lstrip())[1]) or is_ended or bool(_HEAD.fullmatch(group[-1].folded))
    )


def _item(letter: str, group: list[Line]) -> Passage:
    whole = Passage.of(letter, group[0].start, group[-1].end)
    head = _HEAD.match(whole.folded)
    rest = whole.part(head.end()) if head else whole
    return rest.part(mark_of(rest.text)[2])


def _parts(item: Passage) -> list[Passage]:
    """Several bodies on one line, parted by semicolons."""
    found = [m for m in _SEPARATE.finditer(item.text) if item.text[: m.start()].count("(") == 0]
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(item.text)]
    return [item.part(start, end) for start, end in zip(starts, ends, strict=True)]


def _named(item: Passage) -> Named | None:
    """The name without its bracket and its final sign."""
    bracket = _BRACKET.search(item.text)
    whole = item.part(0, bracket.start() if bracket and _order(item) else None)
    name = whole.part(0, len(whole.text.rstrip(" ;.,:")))
    return Named(name.text, name.span()) if re.search(r"\w", name.text) else None


def _order(item: Passage) -> Section | None:
    found = _BRACKET.search(item.text)
    if not found:
        return None
    heading = heading_of(item.part(*found.span(1)))
    if heading is None or heading.modality is None or not heading.rest:
        return None
    return Section(ADDRESS, heading.names, heading.modality, (heading.rest,))
