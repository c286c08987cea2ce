"""Points on the ground: whether they can lie in Vietnam, and which are nearest.

Degrees are WGS 84. Distances are straight lines over a sphere of 6,371.0088 km (the mean radius of
IUGG), never ways by road; they are whole metres, and places equally far keep the order of keys.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import asin, cos, radians, sin, sqrt
from typing import Final

from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

RADIUS_M: Final = 6_371_008.8
_M_PER_DEGREE: Final = RADIUS_M * radians(1)
# Boxes (south, north, west, east) around the mainland with its coastal islands from Thổ Chu to
# Bạch Long Vĩ, around Hoàng Sa and around Trường Sa. Neighbouring land inside a box passes: a box
# finds points that were mistyped, not borders.
_BOXES: Final = (
    (8.2, 23.5, 102.0, 109.6),
    (15.6, 17.3, 110.9, 113.0),
    (6.4, 12.2, 111.2, 117.6),
)
_PAIR = re.compile(
    r"\s*(-?[0-9]{1,3}[.,][0-9]+|-?[0-9]{1,3})\s*[;, ]\s*(-?[0-9]{1,3}(?:[.,][0-9]+)?)\s*"
)


@dataclass(frozen=True, slots=True, order=True)
class GeoPoint:
    """A place on the ground in degrees, north and east."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Something with a point: `key` puts those equally far in one order."""

    key: str
    at: GeoPoint


@dataclass(frozen=True, slots=True)
class Near:
    """Something and how far away it is, in whole metres of a straight line."""

    key: str
    metres: int


def is_in_vietnam(at: GeoPoint) -> bool:
    """Whether a point lies in one of the boxes of the country, its islands included."""
    return any(s <= at.lat <= n and w <= at.lon <= e for s, n, w, e in _BOXES)


def point_of(lat: str, lon: str) -> GeoPoint | None:
    """The point that two texts write, None when both are empty; rounded to five decimals (1 m).

    >>> point_of("13,7758", "109.2233"), point_of("", " ")
    (GeoPoint(lat=13.7758, lon=109.2233), None)
    """
    if not lat.strip() and not lon.strip():
        return None
    if not lat.strip() or not lon.strip():
        raise OrganisationError(
            "locations.point_half",
            Words(
                "Tọa độ mới có một nửa. Ghi cả vĩ độ và kinh độ, hoặc để trống cả hai.",
                "Only half of the point is given. Write latitude and longitude, or neither.",
            ),
            field="lon" if lat.strip() else "lat",
        )
    at = GeoPoint(_degrees(lat, "lat"), _degrees(lon, "lon"))
    if not is_in_vietnam(at):
        raise _outside(at)
    return at


def point_of_pair(text: str) -> tuple[str, str]:
    """Latitude and longitude of one cell, "13.7758, 109.2233"; both empty for an empty cell."""
    if not text.strip():
        return "", ""
    found = _PAIR.fullmatch(text)
    if found is None:
        raise _no_number(text, "lat")
    return found[1], found[2]


def metres_between(one: GeoPoint, other: GeoPoint) -> int:
    """The straight line between two points over the sphere, in whole metres (haversine)."""
    lat_1, lat_2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return round(2 * RADIUS_M * asin(min(1.0, sqrt(chord))))


def nearest(here: GeoPoint, spots: Sequence[Spot], limit: int) -> tuple[Near, ...]:
    """The `limit` nearest, nearest first, then by key; `spots` in any order.

    Walks outward by latitude, which bounds the distance from below, and stops when nothing further
    can be nearer than what is held.
    """
    ordered = sorted(spots, key=lambda spot: spot.at.lat)
    middle = bisect_left(ordered, here.lat, key=lambda spot: spot.at.lat)
    below, above = middle - 1, middle
    held: list[tuple[int, str]] = []
    while below >= 0 or above < len(ordered):
        to_south = here.lat - ordered[below].at.lat if below >= 0 else 360.0
        to_north = ordered[above].at.lat - here.lat if above < len(ordered) else 360.0
        if len(held) >= limit and min(to_south, to_north) * _M_PER_DEGREE > held[-1][0] + 1:
            break
        place = below if to_south <= to_north else above
        below, above = (below - 1, above) if to_south <= to_north else (below, above + 1)
        spot = ordered[place]
        held = nsmallest(limit, [*held, (metres_between(here, spot.at), spot.key)])
    return tuple(Near(key, metres) for metres, key in held)


def _degrees(text: str, field: str) -> float:
    written = text.strip().removesuffix("°").replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        raise _no_number(text, field) from None
    if not -180 <= value <= 180:
        raise _no_number(text, field)
    return round(value, 5)


def _no_number(text: str, field: str) -> OrganisationError:
    return OrganisationError(
        "locations.point_unreadable",
        Words(
            f"Không đọc được tọa độ “{text.strip()[:40]}”. Viết độ thập phân: vĩ độ 13.7758, "
            "kinh độ 109.2233.",
            f"The coordinate “{text.strip()[:40]}” cannot be read. Write decimal degrees: "
            "latitude 13.7758, longitude 109.2233.",
        ),
        field=field,
    )


def _outside(at: GeoPoint) -> OrganisationError:
    is_swapped = is_in_vietnam(GeoPoint(at.lon, at.lat))
    vi = "Có lẽ vĩ độ và kinh độ bị đổi chỗ." if is_swapped else "Kiểm lại vĩ độ và kinh độ."
    en = "Latitude and longitude seem swapped." if is_swapped else "Check latitude and longitude."
    return OrganisationError(
        "locations.point_outside",
        Words(
            f"Điểm {at.lat:.5f}, {at.lon:.5f} không nằm trong Việt Nam, kể cả Hoàng Sa và "
            f"Trường Sa. {vi}",
            f"The point {at.lat:.5f}, {at.lon:.5f} does not lie in Vietnam, Hoàng Sa and "
            f"Trường Sa included. {en}",
        ),
        field="lat",
    )
