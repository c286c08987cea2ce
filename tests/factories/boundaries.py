"""Files of boundaries: squares and schematic cells as GeoJSON, whole or spoilt in one place."""

import json
from typing import Any

from tests.factories.outlines import rings
from vungxanh.locations.queries.maps import schematic_sheet
from vungxanh.locations.values import MapSheet, split_unit_id

Json = dict[str, Any]


def schematic(unit_id: str) -> MapSheet:
    """The vendored sheet of a unit."""
    found = schematic_sheet(unit_id)
    assert found is not None, unit_id
    return found


def file_of(unit_id: str) -> Json:
    """The schematic cells of a unit's sheet in degrees, each with its unit's code and name."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": split_unit_id(shape.unit_id)[1], "name": shape.name},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[closed(ring)] for ring in rings(shape.d)],
                },
            }
            for shape in schematic(unit_id).shapes
        ],
    }


def closed(ring: list[tuple[int, int]]) -> list[list[float]]:
    """Drawing units as degrees somewhere in Vietnam, the first corner repeated."""
    return [[106 + x / 100, 16 - y / 100] for x, y in (*ring, ring[0])]


def content(whole: Json) -> bytes:
    """The bytes of a file."""
    return json.dumps(whole).encode()


def square(name: str, *, at: tuple[float, float] = (108.0, 14.0), side: float = 0.5) -> Json:
    """One feature: a square with its lower left corner at a place."""
    x, y = at
    corners = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def collection(*features: Json) -> Json:
    """A file of some features."""
    return {"type": "FeatureCollection", "features": list(features)}
