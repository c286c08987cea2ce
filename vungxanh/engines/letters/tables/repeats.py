"""Heads that are printed again on a new page, over rows that only go on."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vungxanh.engines.letters.tables.rows import Line
from vungxanh.engines.letters.tables.vocabulary import is_order_head

_NUMBER: Final = re.compile(r"[\s|*]*0?(\d{1,4})(?=[\s|*.)]|$)")
_MOST_LINES: Final = 60  # of a head
_PAGE_NUMBER: Final = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*")


def without_repeats(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without those of a head that stands again, and the page number above it.

    A head over a row 1 begins another table.
    """
    texts = [" ".join(line.text.split()) for line in lines]
    first: dict[str, int] = {}
    left: list[Line] = []
    at = 0
    while at < len(lines):
        text = texts[at]
        length = _repeated(texts, first.get(text), at)
        if length and _goes_on(lines, at + length):
            if left and _PAGE_NUMBER.fullmatch(left[-1].text[:20]):
                left.pop()
            at += length
            continue
        if text not in first and is_order_head(text):
            first[text] = at
        left.append(lines[at])
        at += 1
    if len(left) == len(lines):
        return tuple(lines)
    return tuple(replace(line, number=number) for number, line in enumerate(left))


def _repeated(texts: Sequence[str], first: int | None, at: int) -> int:
    """How many lines from `at` are the same as those from an earlier head on."""
    if first is None:
        return 0
    most = min(at - first, len(texts) - at, _MOST_LINES)
    same = (texts[first + i] == texts[at + i] for i in range(most))
    return next((i for i, is_same in enumerate(same) if not is_same), most)


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a row numbered above 1 begins here."""
    match = _NUMBER.match(lines[at].text) if at < len(lines) else None
    return match is not None and int(match.group(1)) > 1
