"""What only accents tell apart: ngay and ngày, tới and tối, sáng and sang."""

import re
from collections.abc import Iterable
from typing import Final

from vungxanh.engines.letters.passages import Passage, Span

_MARKED: Final = re.compile("[À-ÖØ-öø-ỹ]")


def is_marked(passage: Passage) -> bool:
    """Whether the passage still has accents, so that their absence says something."""
    return _MARKED.search(passage.text) is not None


def has_any(folded: str, stems: tuple[str, ...]) -> bool:
    """Whether one of these strings stands in a text: far quicker than a pattern that fails."""
    return any(map(folded.__contains__, stems))


def is_one_of(passage: Passage, span: Span, spellings: Iterable[str]) -> bool:
    """Whether a stretch is spelt in one of these ways; without accents nothing speaks against it.

    >>> piece = Passage.of("Tối 20/8 trả lời tới 21/8")
    >>> is_one_of(piece, (0, 3), ["tới"]), is_one_of(piece, (17, 20), ["tới"])
    (False, True)
    """
    written = passage.text[slice(*span)].lower()
    return written in spellings or (written.isascii() and not is_marked(passage))
