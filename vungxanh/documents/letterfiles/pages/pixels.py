"""A scanned page made ready for a machine: straightened, its drawn lines found and taken out.

Lines of a table touch the letters beside them and are read as "|" and "_". They are therefore kept
as strokes, by which the table is known, and wiped from the picture. Grey values run from 0 (black)
to 255; `dpi` turns pixels into points.
"""

from collections.abc import Iterator
from functools import reduce
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.documents.letterfiles.pages.boxes import Stroke
from vungxanh.documents.letterfiles.types import Picture

Grey = NDArray[np.uint8]
Marks = NDArray[np.bool_]

_POINTS_PER_INCH: Final = 72
_DARK: Final = 150
_STEP: Final = 4  # the slope is measured on every fourth pixel
_STEEPEST: Final = 0.06  # 3.4 degrees
_COARSE, _FINE = 0.002, 0.0002
_LEAST_SLOPE: Final = 0.0005
# A drawn line is at least this many points long and this full; a row of letters T, or a letter l
# under its marks, is shorter.
_ACROSS, _DOWN = 100, 20
_THICK: Final = 4  # points: a stamp, a picture, the dark edge of a scan
_FULL: Final = 0.95
_WIPED: Final = 2  # pixels beside a line
_WHITE: Final = 255


class Straightened(NamedTuple):
    """A page without its lines, and the lines."""

    picture: Picture
    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]


def straightened(page: Grey, dpi: int) -> Straightened:
    """The page with level lines of text and without drawn lines."""
    level = _sheared(_without_specks(page), _slope(page))
    dark = level < _DARK
    pixels = dpi / _POINTS_PER_INCH
    across, down = _lines(dark, int(_ACROSS * pixels)), _lines(dark.T, int(_DOWN * pixels)).T
    thick = int(_THICK * pixels)
    across, down = across & ~_lines(dark.T, thick).T, down & ~_lines(dark, thick)
    clean = np.where(_widened(across) | _widened(down), np.uint8(_WHITE), level)
    scale = _POINTS_PER_INCH / dpi
    return Straightened(
        Picture(pgm(clean), "pgm", dpi),
        tuple(_strokes(across, scale)),
        tuple(_strokes(down.T, scale)),
    )


def pgm(page: Grey) -> bytes:
    """A grey picture in the simplest format there is (Netpbm)."""
    height, width = page.shape
    return b"P5 %d %d 255\n" % (width, height) + page.tobytes()


def _without_specks(page: Grey) -> Grey:
    """Each pixel brought between the darkest and the lightest of its four neighbours."""
    inner = page[1:-1, 1:-1]
    beside = (page[:-2, 1:-1], page[2:, 1:-1], page[1:-1, :-2], page[1:-1, 2:])
    clean = page.copy()
    clean[1:-1, 1:-1] = np.clip(inner, reduce(np.minimum, beside), reduce(np.maximum, beside))
    return clean


def _slope(page: Grey) -> float:
    """How much the lines of text sink to the right: at the true slope they are sharpest."""
    down, across = np.nonzero(page[::_STEP, ::_STEP] < _DARK)
    if not down.size:
        return 0.0
    coarse = _sharpest(down, across, np.arange(-_STEEPEST, _STEEPEST, _COARSE))
    return _sharpest(down, across, np.arange(coarse - _COARSE, coarse + _COARSE, _FINE))


def _sharpest(
    down: NDArray[np.intp], across: NDArray[np.intp], slopes: NDArray[np.float64]
) -> float:
    def sharpness(slope: float) -> int:
        rows = np.rint(down - slope * across).astype(np.intp)
        counts = np.bincount(rows - rows.min())
        return int((counts * counts).sum())

    return float(max(slopes, key=sharpness))


def _sheared(page: Grey, slope: float) -> Grey:
    """The page turned by a small slope: columns moved up, then rows moved right."""
    if abs(slope) < _LEAST_SLOPE:
        return page
    height, width = page.shape
    rise = np.rint(slope * (np.arange(width) - width / 2)).astype(np.intp)
    rows = np.clip(np.arange(height)[:, None] + rise, 0, height - 1)
    up = np.take_along_axis(page, rows, axis=0)
    shift = np.rint(-slope * (np.arange(height) - height / 2)).astype(np.intp)
    columns = np.clip(np.arange(width) + shift[:, None], 0, width - 1)
    return np.take_along_axis(up, columns, axis=1)


def _lines(dark: Marks, length: int) -> Marks:
    """Pixels in level runs of at least `length` that are dark almost throughout.

    A run may step up or down by one pixel on its way.
    """
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    if not 0 < length < thick.shape[1]:
        return np.zeros_like(dark)
    begins = _sums(thick, length) >= _FULL * length
    within = np.zeros_like(dark)
    padded = np.pad(begins, ((0, 0), (length - 1, length - 1)))
    within[:, : padded.shape[1] - length + 1] = _sums(padded, length) > 0
    return within & thick


def _sums(marks: Marks, length: int) -> NDArray[np.int32]:
    """How many pixels of each level run of `length` are marked."""
    totals = np.cumsum(marks, axis=1, dtype=np.int32)
    totals = np.pad(totals, ((0, 0), (1, 0)))
    return totals[:, length:] - totals[:, :-length]


def _widened(lines: Marks) -> Marks:
    """Lines with the pixels beside them."""
    wide = lines.copy()
    for step in range(1, _WIPED + 1):
        wide[step:] |= lines[:-step]
        wide[:-step] |= lines[step:]
        wide[:, step:] |= lines[:, :-step]
        wide[:, :-step] |= lines[:, step:]
    return wide


def _strokes(lines: Marks, scale: float) -> Iterator[Stroke]:
    """The runs of each row that holds a line, in points."""
    for row in np.flatnonzero(lines.any(axis=1)):
        edges = np.flatnonzero(np.diff(lines[row], prepend=False, append=False))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            yield Stroke(float(row * scale), float(start * scale), float(end * scale))
