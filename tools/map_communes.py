"""A province's communes on a sheet: numbered cells, and what is too dense drawn larger below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shapely import STRtree, affinity, box, maximum_inscribed_circle, prepare, union_all
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from tools.map_cells import Cells, polygons, simplified
from tools.map_sheets import (
    EDGE,
    INSET_HEAD,
    INSET_HEIGHT,
    INSET_WIDTH,
    FarIslands,
    Frame,
    Json,
    dot,
    frame,
    inset,
    short_path,
)

WIDTH, TALLEST = 352, 430
ZOOM_TALLEST, ZOOM_HEAD, ZOOM_GAP = 330, 18, 10
DIGIT, LINE, AIR = 6.4, 11, 2  # of a number of 10 px, and what is free beside it
_CORNERS = 0.8
_REACH = 9  # px: crowded numbers nearer than this are drawn larger together
_PAD = 3
_SCALES = (2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12)
_ISLET = 7
_SQUASH = 0.7  # numbers are wider than high: what a cell offers them is looked for as narrower

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """The communes of a province as the key lists them: number by code, and names."""

    code: str
    numbers: Mapping[str, int]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Zoom:
    """A part of the sheet, `window`, drawn `scale` times larger; whose numbers stand in it."""

    window: tuple[float, float, float, float]
    scale: float
    codes: tuple[str, ...]

    @property
    def width(self) -> float:
        """Of the frame."""
        return (self.window[2] - self.window[0]) * self.scale

    @property
    def height(self) -> float:
        """Of the frame."""
        return (self.window[3] - self.window[1]) * self.scale


def commune_sheet(
    listed: Listed, cells: Cells, *, islets: dict[str, Point], far: Sequence[FarIslands]
) -> Json:
    """Cells with numbers, frames of crowded parts below, far islands in insets at the end."""
    area = union_all([*cells.values(), *islets.values()])
    left, top, right, bottom = area.bounds
    height = min(TALLEST, (bottom - top) * (WIDTH - 2 * EDGE) / (right - left))
    shown = frame(area, WIDTH - 2 * EDGE, height, x=EDGE, y=EDGE)
    placed = {code: shown.place(cell) for code, cell in cells.items()}
    discs = {code: shown.place(point).buffer(_ISLET) for code, point in islets.items()}
    zooms = zooms_of(placed | discs, listed.numbers)
    zoomed = {code for zoom in zooms for code in zoom.codes}
    alone = {code: cell for code, cell in (placed | discs).items() if code not in zoomed}
    spots, _ = places(alone, listed.numbers)
    shapes = _shapes(placed, discs, listed, spots)
    drawn, below = _framed(zooms, placed | discs, listed, round(height) + 2 * EDGE)
    insets = _insets(far, listed, below)
    below += (INSET_HEAD + INSET_HEIGHT + EDGE) if far else 0
    return {
        "code": listed.code,
        "width": WIDTH,
        "height": below,
        "shapes": sorted(shapes, key=lambda one: one["number"]),
        "insets": insets,
        "zooms": drawn,
    }


def _shapes(placed: Cells, discs: Cells, listed: Listed, spots: Mapping[str, Spot]) -> list[Json]:
    outlines = {code: short_path(cell) for code, cell in simplified(placed, _CORNERS).items()}
    outlines |= {code: dot(*_widest_spot(disc), _ISLET) for code, disc in discs.items()}
    return [
        {
            "code": code,
            "name": listed.names[code],
            "number": listed.numbers[code],
            "d": d,
            "anchor": spots.get(code),
        }
        for code, d in outlines.items()
    ]


def _insets(far: Sequence[FarIslands], listed: Listed, y: int) -> list[Json]:
    step = INSET_WIDTH + 12
    return [
        inset(one, EDGE + place * step, y + INSET_HEAD) | {"number": listed.numbers[one.code]}
        for place, one in enumerate(far)
    ]


def zooms_of(placed: Cells, numbers: Mapping[str, int]) -> list[Zoom]:
    """The parts of a sheet where numbers would touch, each at the least scale that frees them."""
    _, crowded = places(placed, numbers)
    return [
        _zoom(codes, placed, numbers)
        for codes in _clusters({code: placed[code] for code in sorted(crowded)})
    ]


def places(cells: Cells, numbers: Mapping[str, int]) -> tuple[dict[str, Spot], set[str]]:
    """Where each number stands inside its cell, and which numbers touch all the same."""
    spots = {code: _widest_spot(cell) for code, cell in cells.items()}
    for code in sorted(_touching(spots, numbers), key=lambda code: cells[code].area):
        others = [_box(spots[one], numbers[one]) for one in spots if one != code]
        free = (spot for spot in _spots(cells[code]) if not _hits(spot, numbers[code], others))
        spots[code] = next(free, spots[code])
    return spots, _touching(spots, numbers)


def _widest_spot(cell: BaseGeometry) -> Spot:
    tight = affinity.scale(polygons(cell)[0], xfact=_SQUASH, yfact=1, origin=(0, 0))
    centre = Point(maximum_inscribed_circle(tight, tolerance=0.2).coords[0])
    return round(centre.x / _SQUASH), round(centre.y)


def _spots(cell: BaseGeometry) -> Iterator[Spot]:
    """Whole points well inside a cell, the nearest to its middle first."""
    inner = polygons(cell)[0].buffer(-_PAD)
    if inner.is_empty:
        return
    left, top, right, bottom = (round(edge) for edge in inner.bounds)
    middle = inner.centroid
    grid = [Point(x, y) for x in range(left, right + 1, 2) for y in range(top, bottom + 1, 2)]
    prepare(inner)
    for point in sorted(grid, key=middle.distance):
        if inner.covers(point):
            yield round(point.x), round(point.y)


def _box(spot: Spot, number: int) -> Polygon:
    half = (DIGIT * len(str(number)) + AIR) / 2
    return box(spot[0] - half, spot[1] - LINE / 2, spot[0] + half, spot[1] + LINE / 2)


def _hits(spot: Spot, number: int, others: Sequence[Polygon]) -> bool:
    mine = _box(spot, number)
    return any(mine.intersects(other) for other in others)


def _touching(spots: Mapping[str, Spot], numbers: Mapping[str, int]) -> set[str]:
    codes = sorted(spots)
    boxes = [_box(spots[code], numbers[code]) for code in codes]
    pairs = STRtree(boxes).query(boxes, predicate="intersects")
    return {codes[one] for one, other in pairs.T if one != other}


def _clusters(crowded: Cells) -> list[tuple[str, ...]]:
    """Crowded cells that lie near each other, together."""
    if not crowded:
        return []
    patches = polygons(union_all([cell.buffer(_REACH) for cell in crowded.values()]))
    return [
        tuple(code for code, cell in crowded.items() if patch.intersects(cell.centroid))
        for patch in patches
    ]


def _zoom(codes: tuple[str, ...], placed: Cells, numbers: Mapping[str, int]) -> Zoom:
    left, top, right, bottom = union_all([placed[code] for code in codes]).bounds
    window = (left - _PAD, top - _PAD, right + _PAD, bottom + _PAD)
    widest = min(
        (WIDTH - 2 * EDGE) / (window[2] - window[0]), ZOOM_TALLEST / (window[3] - window[1])
    )
    for scale in (*(one for one in _SCALES if one < widest), widest):
        larger = {code: affinity.scale(placed[code], scale, scale, origin=(0, 0)) for code in codes}
        if not places(larger, numbers)[1]:
            break
    return Zoom(window, scale, codes)


def _framed(zooms: Sequence[Zoom], placed: Cells, listed: Listed, y: int) -> tuple[list[Json], int]:
    """The frames in rows below `y`, and where the last of them ends.

    A frame in which numbers touch even so has frames of its own, below.
    """
    drawn: list[Json] = []
    x, row, below = EDGE, y, y
    waiting = [(zoom, placed) for zoom in zooms]
    while waiting:
        zoom, cells = waiting.pop(0)
        if x > EDGE and x + zoom.width > WIDTH - EDGE:
            x, row = EDGE, below
        corner = (x, row + ZOOM_HEAD)
        larger = _larger(zoom, cells, corner)
        inner = zooms_of({code: larger[code] for code in zoom.codes}, listed.numbers)
        waiting += [(one, larger) for one in inner]
        numbered = set(zoom.codes).difference(*(one.codes for one in inner))
        drawn.append(
            _frame_of(zoom, larger, {code: listed.numbers[code] for code in numbered}, corner)
        )
        below = max(below, round(corner[1] + zoom.height + ZOOM_GAP))
        x += round(zoom.width + ZOOM_GAP)
    return drawn, below


def _larger(zoom: Zoom, placed: Cells, corner: tuple[int, int]) -> Cells:
    left, top, right, bottom = zoom.window
    edge = box(left, top, right, bottom)
    shown = Frame(left, top, zoom.scale, *corner)
    seen = {code: cell.intersection(edge) for code, cell in placed.items() if cell.intersects(edge)}
    return {code: shown.place(cell) for code, cell in seen.items() if polygons(cell)}


def _frame_of(
    zoom: Zoom, larger: Cells, numbers: Mapping[str, int], corner: tuple[int, int]
) -> Json:
    left, top, right, bottom = zoom.window
    spots, _ = places({code: larger[code] for code in numbers}, numbers)
    return {
        "window": [round(part) for part in (left, top, right - left, bottom - top)],
        "frame": [*corner, round(zoom.width), round(zoom.height)],
        "shapes": [
            {"code": code, "d": short_path(cell), "anchor": spots.get(code)}
            for code, cell in simplified(larger, _CORNERS).items()
            if short_path(cell)
        ],
    }


def numbered_country(sheet: Json, order: Sequence[str], *, frames_at: int = 0) -> Json:
    """The country's sheet with provinces numbered in the given order.

    Where numbers touch, that part is drawn larger in frames from `frames_at` down, at the left.
    """
    numbers = {code: place for place, code in enumerate(order, start=1)}
    drawn = {shape["code"]: _outline(shape["d"]) for shape in sheet["shapes"]}
    zooms = zooms_of(drawn, numbers)
    zoomed = {code for zoom in zooms for code in zoom.codes}
    spots, _ = places({code: cell for code, cell in drawn.items() if code not in zoomed}, numbers)
    frames, _ = _framed(zooms, drawn, Listed("vn", numbers, {}), frames_at)
    shapes = [
        shape | {"number": numbers[shape["code"]], "anchor": spots.get(shape["code"])}
        for shape in sheet["shapes"]
    ]
    return sheet | {"shapes": sorted(shapes, key=lambda one: one["number"]), "zooms": frames}


def _outline(d: str) -> BaseGeometry:
    rings = [ring[1:].split("L") for ring in d.split("Z") if ring]
    return union_all([Polygon([tuple(map(int, one.split())) for one in ring]) for ring in rings])
