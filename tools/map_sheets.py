"""Sheets as the product reads them: paths of whole numbers, labels, insets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from shapely import affinity, maximum_inscribed_circle, union_all
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from tools.map_cells import Cells, polygons, simplified
from tools.map_labels import Margins, Tag, height_for, margins, untangled

MAP_WIDTH, MAP_HEIGHT, EDGE = 212, 330, 8
COUNTRY_WIDTH, COUNTRY_HEIGHT = 392, 640
INSET_WIDTH, INSET_HEIGHT, INSET_HEAD = 88, 64, 40
_CORNERS = 1.1  # px: what simplification may cut off
_DOT = 2
_ISLET = 5
_SPECK = 0.02  # degrees: the size of an island known only by a point

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """From the plane to a sheet: (x − left) · scale + right shift, likewise down."""

    left: float
    top: float
    scale: float
    x: float
    y: float

    def place(self, geometry: BaseGeometry) -> BaseGeometry:
        """The geometry in the sheet's drawing units."""
        shift = [self.x - self.left * self.scale, self.y - self.top * self.scale]
        return affinity.affine_transform(geometry, [self.scale, 0, 0, self.scale, *shift])


@dataclass(frozen=True, slots=True)
class FarIslands:
    """Islands for an inset: the unit they colour, its names, and where they lie."""

    code: str
    title: str
    owner: str
    area: BaseGeometry


def frame(area: BaseGeometry, width: float, height: float, *, x: float, y: float) -> Frame:
    """The largest frame that shows `area` in the middle of a box at (x, y)."""
    left, top, right, bottom = area.bounds
    wide, high = max(right - left, 1e-6), max(bottom - top, 1e-6)
    scale = min(width / wide, height / high)
    return Frame(left, top, scale, x + (width - wide * scale) / 2, y + (height - high * scale) / 2)


def path(geometry: BaseGeometry) -> str:
    """The `d` of an SVG path with whole numbers; holes run the other way round."""
    rings = [
        ring
        for piece in polygons(geometry)
        for ring in (orient(piece).exterior, *orient(piece).interiors)
    ]
    return "".join(filter(None, map(_ring, rings)))


def _ring(ring: Any) -> str:
    corners: list[tuple[int, int]] = []
    for x, y in ring.coords:
        corner = (round(x), round(y))
        if not corners or corner != corners[-1]:
            corners.append(corner)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"


def short_path(geometry: BaseGeometry) -> str:
    """The same outline as `path` in fewer letters: steps from corner to corner."""
    return "".join(_steps(ring) for ring in path(geometry).split("Z") if ring)


def _steps(ring: str) -> str:
    corners = [tuple(map(int, corner.split())) for corner in ring[1:].split("L")]
    steps = "".join(f"{x1 - x0: d}{y1 - y0: d}" for (x0, y0), (x1, y1) in pairwise(corners))
    return f"M{corners[0][0]} {corners[0][1]}l{steps.replace(' -', '-').lstrip()}Z"


def dot(x: int, y: int, radius: int) -> str:
    """A disc as a path."""
    wide = 2 * radius
    return f"M{x - radius} {y}a{radius} {radius} 0 1 0 {wide} 0a{radius} {radius} 0 1 0 {-wide} 0Z"


def inside(geometry: BaseGeometry) -> tuple[int, int]:
    """A point well inside the largest piece."""
    largest: Polygon = polygons(geometry)[0]
    centre = Point(maximum_inscribed_circle(largest, tolerance=0.5).coords[0])
    return round(centre.x), round(centre.y)


def country_sheet(provinces: Cells, names: dict[str, str], islands: Sequence[FarIslands]) -> Json:
    """All provinces without labels, the archipelagos framed in the sea at their latitude."""
    whole = union_all(list(provinces.values()))
    shown = frame(whole, COUNTRY_WIDTH, COUNTRY_HEIGHT - 2 * EDGE, x=0, y=EDGE)
    flush_left = Frame(shown.left, shown.top, shown.scale, EDGE, EDGE)
    placed = {code: flush_left.place(area) for code, area in provinces.items()}
    shapes = [
        {"code": code, "name": names[code], "d": path(area), "anchor": inside(area)}
        for code, area in simplified(_without_specks(placed), _CORNERS).items()
    ]
    x = COUNTRY_WIDTH - INSET_WIDTH - 2
    heights = [flush_left.place(far.area.centroid).y - INSET_HEIGHT / 2 for far in islands]
    insets = [inset(far, x, round(y)) for far, y in zip(islands, heights, strict=True)]
    return _sheet("vn", COUNTRY_WIDTH, COUNTRY_HEIGHT, shapes, insets)


def _without_specks(placed: Cells) -> Cells:
    """Without islands that would be smaller than a drawing unit or two; the largest piece stays."""
    return {
        code: union_all([one for i, one in enumerate(polygons(area)) if i == 0 or one.area > 2])
        for code, area in placed.items()
    }


def province_sheet(
    code: str,
    cells: Cells,
    names: dict[str, str],
    *,
    islets: dict[str, Point],
    far: Sequence[FarIslands],
) -> Json:
    """The cells of a province's districts with labels; islets as discs, far islands in insets."""
    area = union_all([*cells.values(), *islets.values()])
    flat = frame(area, MAP_WIDTH, MAP_HEIGHT, x=0, y=EDGE)
    sides = margins(_tags(flat, cells, names, islets), MAP_WIDTH)
    map_height = max(_height(area), height_for(sides.rows) - 2 * EDGE)
    x = Margins.width(sides.left)
    shown = frame(area, MAP_WIDTH, map_height, x=x, y=EDGE)
    tags = _tags(
        Frame(shown.left, shown.top, shown.scale, shown.x - x, shown.y), cells, names, islets
    )
    sides = margins(tags, MAP_WIDTH)
    height = round(map_height) + 2 * EDGE
    labels = _labels(sides, x, height)
    shapes = _shapes(shown, cells, names, islets)
    for one in shapes:
        one["label"] = labels[one["code"]]
    width = x + MAP_WIDTH + Margins.width(sides.right)
    insets = [
        inset(one, 4 + place * (INSET_WIDTH + 12), height + INSET_HEAD)
        for place, one in enumerate(far)
    ]
    below = INSET_HEAD + INSET_HEIGHT + EDGE if far else 0
    return _sheet(code, width, height + below, shapes, insets)


def _height(area: BaseGeometry) -> float:
    left, top, right, bottom = area.bounds
    return float(min(MAP_HEIGHT, (bottom - top) * MAP_WIDTH / (right - left)))


def _shapes(
    shown: Frame, cells: Cells, names: dict[str, str], islets: dict[str, Point]
) -> list[Json]:
    placed = simplified({code: shown.place(cell) for code, cell in cells.items()}, _CORNERS)
    drawn = [
        {"code": code, "name": names[code], "d": path(area), "anchor": inside(area)}
        for code, area in placed.items()
    ]
    for code, point in islets.items():
        spot = shown.place(point)
        x, y = round(spot.x), round(spot.y)
        drawn.append({"code": code, "name": names[code], "d": dot(x, y, _ISLET), "anchor": (x, y)})
    return sorted(drawn, key=lambda one: one["code"])


def _tags(shown: Frame, cells: Cells, names: dict[str, str], islets: dict[str, Point]) -> list[Tag]:
    drawn = _shapes(shown, cells, names, islets)
    return [Tag(one["code"], one["name"], *one["anchor"]) for one in drawn]


def _labels(sides: Margins, x: int, height: int) -> dict[str, Json]:
    left, right = x, x + MAP_WIDTH
    labels: dict[str, Json] = {}
    for tag, y in untangled(sides.left, 0, height):
        lead = [(tag.x + x, tag.y), (left - 12, y - 4), (left - 18, y - 4)]
        labels[tag.key] = {"side": "left", "at": (left - 22, y), "lead": lead}
    for tag, y in untangled(sides.right, MAP_WIDTH, height):
        lead = [(tag.x + x, tag.y), (right + 2, y - 4), (right + 8, y - 4)]
        labels[tag.key] = {"side": "right", "at": (right + 12, y), "lead": lead}
    return labels


def inset(far: FarIslands, x: int, y: int) -> Json:
    """A box at (x, y) with far islands in it, islands too small to see as dots."""
    area = far.area.buffer(_SPECK) if isinstance(far.area, Point) else far.area
    shown = frame(area, INSET_WIDTH - 24, INSET_HEIGHT - 24, x=x + 12, y=y + 12)
    return {
        "code": far.code,
        "title": far.title,
        "owner": far.owner,
        "corner": (x, y),
        "width": INSET_WIDTH,
        "height": INSET_HEIGHT,
        "d": "".join(_islands(polygons(shown.place(area)))),
    }


def _islands(pieces: Iterable[BaseGeometry]) -> list[str]:
    return [
        path(piece)
        if piece.area > 60
        else dot(round(piece.centroid.x), round(piece.centroid.y), _DOT)
        for piece in pieces
    ]


def _sheet(code: str, width: int, height: int, shapes: list[Json], insets: list[Json]) -> Json:
    return {"code": code, "width": width, "height": height, "shapes": shapes, "insets": insets}
