"""Districts as cells: each place belongs to the district of the nearest commune."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from shapely import STRtree, coverage_simplify, union_all, voronoi_polygons
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

Cells = dict[str, BaseGeometry]
_SPREAD = 0.012  # degrees: communes that share their district's point are put this far around it
_CRUMB = 0.04  # a piece smaller than this share of its district joins its neighbour


def spread(placed: Sequence[tuple[str, Point]]) -> list[tuple[str, Point]]:
    """Points of owners with those that coincide put on a ring around their place."""
    groups: dict[tuple[float, float], list[str]] = defaultdict(list)
    for owner, point in placed:
        groups[point.x, point.y].append(owner)
    return [
        (owner, _on_ring(Point(place), turn, len(owners)))
        for place, owners in groups.items()
        for turn, owner in enumerate(owners)
    ]


def _on_ring(centre: Point, turn: int, n_points: int) -> Point:
    if n_points == 1:
        return centre
    angle = 2 * math.pi * turn / n_points
    return Point(centre.x + _SPREAD * math.cos(angle), centre.y + _SPREAD * math.sin(angle))


def near_their_own(placed: Sequence[tuple[str, Point]]) -> list[tuple[str, Point]]:
    """Without points that lie far from the others of their owner: errors of geocoding."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for owner, point in placed:
        groups[owner].append(point)
    reach = {owner: _reach(points) for owner, points in groups.items()}
    return [(owner, point) for owner, point in placed if _is_near(point, *reach[owner])]


def _reach(points: Sequence[Point]) -> tuple[Point, float]:
    """The middle of some points and four times their median distance from it."""
    xs, ys = sorted(p.x for p in points), sorted(p.y for p in points)
    middle = Point(xs[len(xs) // 2], ys[len(ys) // 2])
    distances = sorted(point.distance(middle) for point in points)
    return middle, max(4 * distances[len(distances) // 2], 0.05)


def _is_near(point: Point, middle: Point, reach: float) -> bool:
    return bool(point.distance(middle) <= reach)


def cells(placed: Sequence[tuple[str, Point]], area: BaseGeometry) -> Cells:
    """`area` parted among the owners of the points; owners without a piece are left out."""
    faces = voronoi_polygons(MultiPoint([point for _, point in placed]), extend_to=area)
    tree = STRtree(list(faces.geoms))
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for owner, point in placed:
        (face,) = tree.query(point, predicate="intersects")[:1]
        pieces[owner].append(tree.geometries[face])
    parted = {owner: union_all(mine).intersection(area) for owner, mine in pieces.items()}
    return {owner: mine for owner, mine in parted.items() if mine.area > 0}


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons of a geometry, largest first; lines and points are dropped."""
    parts = getattr(geometry, "geoms", [geometry])
    return sorted((part for part in parts if isinstance(part, Polygon)), key=lambda one: -one.area)


def without_crumbs(parted: Cells) -> Cells:
    """Small pieces torn off their district are given to the neighbour they touch most."""
    kept: dict[str, list[Polygon]] = {}
    crumbs: list[Polygon] = []
    for owner, geometry in parted.items():
        pieces = polygons(geometry)
        kept[owner] = [one for one in pieces if one.area >= _CRUMB * geometry.area]
        crumbs += [one for one in pieces if one.area < _CRUMB * geometry.area]
    for crumb in crumbs:
        kept[_neighbour(crumb, kept)].append(crumb)
    return {owner: union_all(pieces) for owner, pieces in kept.items()}


def _neighbour(crumb: Polygon, kept: dict[str, list[Polygon]]) -> str:
    def shared(owner: str) -> tuple[float, float]:
        lengths = [crumb.intersection(piece).length for piece in kept[owner]]
        return max(lengths), -min(crumb.distance(piece) for piece in kept[owner])

    return max(kept, key=shared)


def simplified(parted: Cells, tolerance: float) -> Cells:
    """Fewer corners, neighbours still meeting without gaps."""
    simple = coverage_simplify(list(parted.values()), tolerance)
    return dict(zip(parted, simple, strict=True))


def redrawn(provinces: Cells, group: Iterable[str], placed: Sequence[tuple[str, Point]]) -> Cells:
    """Borders among some provinces drawn anew by their communes; their common outline stays."""
    members = set(group)
    area = union_all([provinces[code] for code in members])
    mine = [(code, point) for code, point in placed if code in members]
    return provinces | without_crumbs(cells(mine, area))
