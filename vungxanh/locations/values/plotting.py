"""Boundaries in degrees become a map sheet: framed, simplified, numbered, crowded parts larger."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from vungxanh.locations.values.maps import MapInset, MapSheet
from vungxanh.locations.values.numbering import EDGE, WIDTH, Window, clusters, places
from vungxanh.locations.values.rings import (
    Land,
    Ring,
    Spot,
    bounds,
    clipped,
    signed_area,
    simplified,
)
from vungxanh.locations.values.units import split_unit_id

FAR: Final = 0.5  # degrees: pieces farther from the rest are left to insets
_SQUEEZE: Final = math.cos(math.radians(16))  # equirectangular, true to shape at 16° N
_TALLEST: Final = 430
_CORNERS: Final = 0.8  # px: what simplification may cut off
_INSET: Final = (88, 64)
_IN_A_ROW: Final = 3
_HEAD, _ZOOM_HEAD, _GAP = 40, 18, 10
_PAD: Final = 3
_ZOOM_TALLEST: Final = 330
_SCALES: Final = (1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 12)
_CORNER = re.compile(r"([ML])(\d+) (\d+)")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as the key lists it: code, name and number."""

    code: str
    name: str
    number: int


def plotted(
    code: str, units: Sequence[Named], lands: Mapping[str, Land], *, schematic: MapSheet
) -> Json:
    """A sheet on the wire from lands in degrees (longitude, latitude), by code of the unit.

    Units without a land must be islands of the schematic sheet; they stand in insets, as do those
    that lie far from the rest. The archipelagos' insets of the country are kept.
    """
    near, far = _parted({key: _in_plane(land) for key, land in lands.items()})
    shown, height = _framed(near)
    numbers = {unit.code: unit.number for unit in units}
    drawn = simplified(shown, _CORNERS)
    windows = _crowded(drawn, numbers)
    enlarged = {key for window in windows for key in window.keys}
    spots, _ = places({k: v for k, v in drawn.items() if k not in enlarged}, numbers)
    zooms, below = _zooms(windows, shown, numbers, top=round(height) + 2 * EDGE)
    insets, bottom = _insets(units, far, schematic, drawn=drawn, top=below)
    shapes = [
        {
            "code": unit.code,
            "name": unit.name,
            "number": unit.number,
            "d": outline(drawn[unit.code]),
            "anchor": _whole(spots.get(unit.code)),
        }
        for unit in units
        if unit.code in drawn
    ]
    return {
        "code": code,
        "width": WIDTH,
        "height": bottom,
        "shapes": shapes,
        "insets": insets,
        "zooms": zooms,
        "quality": "own",
    }


def outline(land: Land) -> str:
    """The `d` of an SVG path: whole numbers, steps from corner to corner."""
    return "".join(_steps([(round(x), round(y)) for x, y in ring]) for ring in land)


def _steps(ring: Sequence[tuple[int, int]]) -> str:
    corners = [c for place, c in enumerate(ring) if c != ring[place - 1]]
    if len(corners) < 3:
        return ""
    steps = "".join(f"{x1 - x0: d}{y1 - y0: d}" for (x0, y0), (x1, y1) in pairwise(corners))
    return f"M{corners[0][0]} {corners[0][1]}l{steps.replace(' -', '-').lstrip()}Z"


def _in_plane(land: Land) -> Land:
    return tuple(tuple((lon * _SQUEEZE, -lat) for lon, lat in ring) for ring in land)


def _parted(lands: Mapping[str, Land]) -> tuple[dict[str, Land], dict[str, Land]]:
    """What lies with most of the land, and the units of which nothing does."""
    rings = [(key, ring) for key, land in lands.items() for ring in land]
    boxes = [bounds([ring]) for _, ring in rings]
    groups = clusters(boxes, FAR)
    main = max(groups, key=lambda group: sum(abs(signed_area(rings[i][1])) for i in group))
    near: dict[str, list[Ring]] = {}
    for place in sorted(main):
        near.setdefault(rings[place][0], []).append(rings[place][1])
    far = {key: land for key, land in lands.items() if key not in near}
    return {key: tuple(found) for key, found in near.items()}, far


def _framed(lands: Mapping[str, Land]) -> tuple[dict[str, Land], float]:
    """The lands in drawing units, in the middle of the sheet's width, and how high they are."""
    left, top, right, bottom = bounds(ring for land in lands.values() for ring in land)
    room = WIDTH - 2 * EDGE
    scale = min(room / (right - left), _TALLEST / (bottom - top))
    x = EDGE + (room - (right - left) * scale) / 2
    shown = {
        key: _moved(land, (left, top), scale=scale, to=(x, EDGE)) for key, land in lands.items()
    }
    return shown, (bottom - top) * scale


def _moved(land: Land, origin: Spot, *, scale: float, to: Spot) -> Land:
    return tuple(
        tuple(((x - origin[0]) * scale + to[0], (y - origin[1]) * scale + to[1]) for x, y in ring)
        for ring in land
    )


def _crowded(drawn: Mapping[str, Land], numbers: Mapping[str, int]) -> list[Window]:
    """The parts of a drawing in which numbers would touch, each at the least scale that helps."""
    _, touching = places(drawn, numbers)
    keys = sorted(touching)
    boxes = [bounds(drawn[key]) for key in keys]
    return [
        _window([keys[place] for place in sorted(group)], drawn, numbers)
        for group in (clusters(boxes, 9) if keys else ())
    ]


def _window(keys: Sequence[str], drawn: Mapping[str, Land], numbers: Mapping[str, int]) -> Window:
    left, top, right, bottom = bounds(ring for key in keys for ring in drawn[key])
    box = (left - _PAD, top - _PAD, right + _PAD, bottom + _PAD)
    widest = min((WIDTH - 2 * EDGE) / (box[2] - box[0]), _ZOOM_TALLEST / (box[3] - box[1]))
    scale = widest
    for tried in (one for one in _SCALES if one < widest):
        larger = {key: _moved(drawn[key], (0, 0), scale=tried, to=(0, 0)) for key in keys}
        if not places(larger, numbers)[1]:
            scale = tried
            break
    return Window(box, scale, tuple(keys))


def _zooms(
    windows: Sequence[Window], shown: Mapping[str, Land], numbers: Mapping[str, int], *, top: int
) -> tuple[list[Json], int]:
    """Frames in rows below `top`; one in which numbers touch even so has frames of its own."""
    made: list[Json] = []
    x, row, below = EDGE, top, top
    waiting = [(window, shown) for window in windows]
    while waiting:
        window, lands = waiting.pop(0)
        if x > EDGE and x + window.width > WIDTH - EDGE:
            x, row = EDGE, below
        corner = (x, row + _ZOOM_HEAD)
        exact = _inside(lands, window, corner)
        larger = simplified(exact, _CORNERS)
        mine = {key: larger[key] for key in window.keys if larger.get(key)}
        inner = _crowded(mine, numbers) if window.scale > 1 else []
        waiting += [(one, exact) for one in inner]
        deeper = {key for one in inner for key in one.keys}
        spots, _ = places({k: v for k, v in mine.items() if k not in deeper}, numbers)
        made.append(_zoom(window, corner, larger=larger, spots=spots))
        below = max(below, round(corner[1] + window.height + _GAP))
        x += round(window.width + _GAP)
    return made, below


def _inside(lands: Mapping[str, Land], window: Window, corner: Spot) -> dict[str, Land]:
    left, top, _, _ = window.box
    seen = {
        key: tuple(part for ring in land if (part := clipped(ring, window.box)))
        for key, land in lands.items()
    }
    return {
        key: _moved(land, (left, top), scale=window.scale, to=corner)
        for key, land in seen.items()
        if land
    }


def _zoom(
    window: Window, corner: Spot, *, larger: Mapping[str, Land], spots: Mapping[str, Spot]
) -> Json:
    left, top, right, bottom = window.box
    return {
        "window": [round(part) for part in (left, top, right - left, bottom - top)],
        "frame": [round(part) for part in (*corner, window.width, window.height)],
        "shapes": [
            {"code": key, "d": d, "anchor": _whole(spots.get(key))}
            for key, land in larger.items()
            if (d := outline(land))
        ],
    }


def _insets(
    units: Sequence[Named],
    far: Mapping[str, Land],
    schematic: MapSheet,
    *,
    drawn: Mapping[str, Land],
    top: int,
) -> tuple[list[Json], int]:
    """Boxes for far islands, three in a row, and where the sheet ends."""
    known = {_code(inset): inset for inset in schematic.insets}
    owner = schematic.insets[0].owner if schematic.insets else ""
    kept: list[tuple[Json, MapInset | Land | None]] = [
        ({"code": _code(one), "title": one.title, "owner": one.owner}, one)
        for one in schematic.insets
        if one.number is None
    ]
    kept += [
        (
            {"code": unit.code, "title": unit.name, "owner": owner, "number": unit.number},
            far.get(unit.code) or known.get(unit.code),
        )
        for unit in units
        if unit.code not in drawn
    ]
    made = [row | _boxed(found, place, top) for place, (row, found) in enumerate(kept)]
    n_rows = -(-len(made) // _IN_A_ROW)
    return made, top + n_rows * (_HEAD + _INSET[1]) + (EDGE if made else 0)


def _boxed(found: MapInset | Land | None, place: int, top: int) -> Json:
    """The box in its row, and what is drawn in it."""
    wide, high = _INSET
    row, column = divmod(place, _IN_A_ROW)
    x, y = EDGE + column * (wide + 12), top + _HEAD + row * (_HEAD + high)
    return {"corner": (x, y), "width": wide, "height": high, "d": _islands(found, x, y)}


def _islands(found: MapInset | Land | None, x: int, y: int) -> str:
    """The outline in a box at (x, y): as the schematic sheet has it, by its land, or a dot."""
    if isinstance(found, MapInset):
        dx, dy = x - found.corner.x, y - found.corner.y
        return _CORNER.sub(lambda c: f"{c[1]}{int(c[2]) + dx} {int(c[3]) + dy}", found.d)
    wide, high = _INSET
    if found:
        left, top, right, bottom = bounds(found)
        scale = min((wide - 24) / (right - left), (high - 24) / (bottom - top))
        placed = _moved(found, (left, top), scale=scale, to=(x + 12, y + 12))
        d = outline(simplified({"": placed}, _CORNERS)[""])
        if d:
            return d
    return f"M{x + wide // 2} {y + high // 2 - 3}a3 3 0 1 0 0 6a3 3 0 1 0 0 -6Z"


def _code(inset: MapInset) -> str:
    return split_unit_id(inset.unit_id)[1]


def _whole(spot: Spot | None) -> tuple[int, int] | None:
    return None if spot is None else (round(spot[0]), round(spot[1]))
