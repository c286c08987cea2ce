"""Tesseract's TSV to pages: words with their boxes, straightened and measured in points.

Source: Tesseract 4 and 5, `tesseract … tsv`: level, page, block, paragraph, line, word, left, top,
width, height (pixels), confidence, text; level 1 is a page, level 5 a word.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

from vungxanh.documents.letterfiles.pages.boxes import Page, Word
from vungxanh.documents.letterfiles.refusals import Reason, refused

_N_FIELDS: Final = 12
_PAGE, _WORD = "1", "5"
_POINTS_PER_INCH: Final = 72
_A4_WIDTH: Final = 595.0
# A word with capitals, tone marks or tails is about this share of the size of its type high.
_HEIGHT_OF_A_WORD: Final = 0.8
_FEWEST_WORDS: Final = 4
_LEAST_CONFIDENCE: Final = 0.0
_FAR_OFF: Final = 0.5


class _Box(NamedTuple):
    """One line of the table, in pixels; `line` tells the words of one line from others."""

    line: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float
    text: str


def pages_of(tsv: str, dpi: int | None) -> list[Page]:
    """The pages of a table of words; refuses a table that is none."""
    sizes: list[tuple[float, float]] = []
    words: list[list[_Box]] = []
    for fields in (line.split("\t") for line in tsv.splitlines()[1:]):
        if len(fields) != _N_FIELDS:
            raise refused(Reason.OCR_FAILED)
        left, top, width, height, confidence = _numbers(fields[6:11])
        if fields[0] == _PAGE:
            sizes.append((width, height))
            words.append([])
        elif (
            fields[0] == _WORD and words and fields[11].strip() and confidence >= _LEAST_CONFIDENCE
        ):
            words[-1].append(_Box(tuple(fields[1:5]), left, top, width, height, fields[11].strip()))
    if not sizes:
        raise refused(Reason.OCR_FAILED)
    return [_page(size, boxes, dpi) for size, boxes in zip(sizes, words, strict=True)]


def _numbers(fields: Sequence[str]) -> list[float]:
    try:
        return [float(field) for field in fields]
    except ValueError:
        raise refused(Reason.OCR_FAILED) from None


def _page(size_px: tuple[float, float], boxes: list[_Box], dpi: int | None) -> Page:
    width, height = size_px
    scale = _POINTS_PER_INCH / dpi if dpi else _A4_WIDTH / max(width, 1.0)
    lines: dict[tuple[str, ...], list[_Box]] = defaultdict(list)
    for box in boxes:
        lines[box.line].append(box)
    slope = _slope(lines.values()) if boxes else 0.0
    size = median(box.height for box in boxes) / _HEIGHT_OF_A_WORD if boxes else 0.0
    words = [
        Word(box.text, box.left * scale, (box.left + box.width) * scale, base * scale, size * scale)
        for line in lines.values()
        for box, base in _based(line, slope)
    ]
    return Page(width * scale, height * scale, tuple(words))


def _slope(lines: Iterable[list[_Box]]) -> float:
    """How much lines sink from left to right, by the lower edges of first and last words."""
    long = [line for line in lines if len(line) >= _FEWEST_WORDS]
    return median(_sinking(line) for line in long) if long else 0.0


def _sinking(line: list[_Box]) -> float:
    first, last = line[0], line[-1]
    low, high = first.top + first.height, last.top + last.height
    return (high - low) / max(last.left - first.left, 1.0)


def _based(line: list[_Box], slope: float) -> list[tuple[_Box, float]]:
    """The words of a line on its one straight baseline; tails of letters do not lower it.

    What stands far off it was put into the line by mistake and keeps its own place.
    """
    lows = [box.top + box.height - slope * box.left for box in line]
    base, height = median(lows), median(box.height for box in line)
    return [
        (box, base if abs(low - base) < _FAR_OFF * height else low)
        for box, low in zip(line, lows, strict=True)
    ]
