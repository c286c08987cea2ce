"""What is drawn on a PDF page beside words: strokes along it, and how much of it pictures cover."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from vungxanh.documents.letterfiles.pages.boxes import Stroke
from vungxanh.documents.letterfiles.pdf.signs import Frame

_SHORTEST: Final = 3.0
_STRAIGHT: Final = 0.7
_MOST_SEGMENTS: Final = 400
_WHITE: Final = 250
_MOST_NESTED: Final = 3

Point = tuple[float, float]
Edge = tuple[Point, Point]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Strokes, the share of the page under its largest picture, and how many paths there are.

    `is_hidden` says that all words are drawn invisibly, as a scanner's software does.
    """

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]
    picture_share: float
    n_paths: int
    is_hidden: bool


def drawn_on(page: pypdfium2.PdfPage, frame: Frame, most: int) -> Drawn:
    """What is drawn; of a page of more than `most` things (a map) no strokes are read."""
    n_paths, share = 0, 0.0
    edges: list[Edge] = []
    modes: set[int] = set()
    n_things = pdfium.FPDFPage_CountObjects(page)
    for thing in _things(page, min(n_things, most)):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            n_paths += 1
            if n_things <= most and _is_visible(thing):
                edges += _edges(thing, frame)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            share = max(share, _share(thing, frame))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            modes.add(pdfium.FPDFTextObj_GetTextRenderMode(thing))
    is_hidden = modes == {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE}
    return Drawn(_across(edges), _down(edges), share, n_paths, is_hidden)


def _across(edges: list[Edge]) -> tuple[Stroke, ...]:
    return tuple(
        Stroke((y1 + y2) / 2, min(x1, x2), max(x1, x2))
        for (x1, y1), (x2, y2) in edges
        if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _SHORTEST
    )


def _down(edges: list[Edge]) -> tuple[Stroke, ...]:
    return tuple(
        Stroke((x1 + x2) / 2, min(y1, y2), max(y1, y2))
        for (x1, y1), (x2, y2) in edges
        if abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _SHORTEST
    )


def _things(page: pypdfium2.PdfPage, n_things: int) -> Iterator[object]:
    for place in range(n_things):
        thing = pdfium.FPDFPage_GetObject(page, place)
        yield thing
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _pictures_in(thing, _MOST_NESTED)


def _pictures_in(form: object, depth: int) -> Iterator[object]:
    """Pictures and words of a form; its strokes have places of their own and are left out."""
    for place in range(min(pdfium.FPDFFormObj_CountObjects(form), _MOST_SEGMENTS)):
        thing = pdfium.FPDFFormObj_GetObject(form, place)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT}:
            yield thing
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _pictures_in(thing, depth - 1)


def _share(thing: object, frame: Frame) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return 0.0
    area = (right.value - left.value) * (top.value - bottom.value)
    return area / max(frame.across * frame.up, 1.0)


def _is_visible(path: object) -> bool:
    """Whether a path is stroked, or filled with something else than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if stroke.value:
        return True
    colours = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(path, *colours)
    return bool(fill.value) and min(colour.value for colour in colours[:3]) < _WHITE


def _edges(path: object, frame: Frame) -> Iterator[Edge]:
    """The straight edges of a path, as shown."""
    matrix = _matrix(path)
    first: Point | None = None
    last: Point | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, place)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = frame.shown(*_moved(matrix, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield here, first
        last = here


def _matrix(path: object) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
