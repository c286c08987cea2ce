"""What stands in the margins of pages: numbers of pages, and heads that repeat."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vungxanh.documents.letterfiles.pages.boxes import Page, Word
from vungxanh.documents.letterfiles.pages.rows import Row, rows_of

# Decree 30/2020: margins of 20 mm and more above and below, the page number in the upper one.
_MARGIN: Final = 56.0
_PAGE_NUMBER: Final = re.compile(r"(?:trang\s*)?[-–—]?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—]?", re.I)
_FIGURES: Final = re.compile(r"\d+")
_SAME_HEIGHT: Final = 4.0


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Pages without page numbers, and with a repeated head or foot on its first page only."""
    margins = [_in_margins(page) for page in pages]
    counts = Counter(key for rows in margins for key in {_key(row) for row in rows})
    seen: set[tuple[str, int]] = set()
    kept = []
    for page, rows in zip(pages, margins, strict=True):
        dropped = {
            word
            for row in rows
            if _PAGE_NUMBER.fullmatch(row.text) or (counts[_key(row)] > 1 and _key(row) in seen)
            for word in _words(row)
        }
        seen |= {_key(row) for row in rows}
        kept.append(replace(page, words=tuple(w for w in page.words if w not in dropped)))
    return kept


def _in_margins(page: Page) -> list[Row]:
    edge = [w for w in page.words if w.base < _MARGIN or w.base > page.height - _MARGIN]
    return rows_of(edge)


def _key(row: Row) -> tuple[str, int]:
    """The words without their figures, and how high they stand."""
    return _FIGURES.sub("#", row.text), round(row.base / _SAME_HEIGHT)


def _words(row: Row) -> list[Word]:
    return [word for segment in row.segments for word in segment.words]
