"""GeoJSON at the door (RFC 7946): features with what they are called and their rings, checked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vungxanh.locations.values.rings import Land, Ring, Spot, cleaned, crossing, mended, turned
from vungxanh.refusals import RefusalError, Words

LARGEST: Final = 24 * 1024 * 1024
MOST_CORNERS: Final = 600_000
MOST_FEATURES: Final = 2_000
_LONGEST: Final = 1e15
# Vietnam with its seas: longitudes and latitudes.
_WEST, _EAST, _SOUTH, _NORTH = 102.0, 118.0, 6.0, 24.0


class BoundaryError(RefusalError):
    """A file of boundaries that is refused, whole."""


class MissingBoundariesError(BoundaryError):
    """Boundaries that are not there for this viewer."""

    status = 404


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its place in the file from 1, its properties as texts, its rings in degrees.

    `n_mended` small loops were cut off.
    """

    number: int
    properties: Mapping[str, str]
    land: Land
    n_mended: int

    @property
    def label(self) -> str:
        """How a person finds it in the file."""
        return next((text for text in self.properties.values() if text), "")[:40]


def read_features(content: bytes) -> tuple[Feature, ...]:
    """All features of a file, or the refusal that names the first bad one."""
    if len(content) > LARGEST:
        raise _too_large(f"{len(content) // 1_048_576} MB")
    rows = _rows(content)
    features = tuple(_feature(number, row) for number, row in enumerate(rows, start=1))
    n_corners = sum(len(ring) for feature in features for ring in feature.land)
    if n_corners > MOST_CORNERS:
        raise _too_large(f"{n_corners}")
    return features


def _rows(content: bytes) -> list[Any]:
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise BoundaryError(
            "locations.boundaries_not_json",
            Words(
                "Tệp không phải GeoJSON: không đọc được JSON. Xuất lại từ phần mềm bản đồ, "
                "định dạng GeoJSON, mã UTF-8.",
                "The file is not GeoJSON: it is no JSON. Export it again as GeoJSON in UTF-8.",
            ),
            field="file",
        ) from wrong
    rows = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_FEATURES:
        raise BoundaryError(
            "locations.boundaries_not_collection",
            Words(
                f"Tệp cần là một FeatureCollection có từ 1 đến {MOST_FEATURES} hình, mỗi đơn vị "
                "một hình.",
                f"The file must be a FeatureCollection of 1 to {MOST_FEATURES} features, one for "
                "each unit.",
            ),
            field="file",
        )
    return rows


def _feature(number: int, row: Any) -> Feature:
    properties = row.get("properties") if isinstance(row, dict) else None
    said = properties if isinstance(properties, dict) else {}
    texts = {
        str(key): str(value).strip()
        for key, value in said.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    if isinstance(row, dict) and isinstance(row.get("id"), str | int):
        texts.setdefault("id", str(row["id"]).strip())
    bare = Feature(number, texts, (), 0)
    land: list[Ring] = []
    n_mended = 0
    for polygon in _polygons(row, bare):
        rings, n_cut = _polygon(polygon, bare)
        land += rings
        n_mended += n_cut
    return Feature(number, texts, tuple(land), n_mended)


def _polygons(row: Any, bare: Feature) -> list[Any]:
    geometry = row.get("geometry") if isinstance(row, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Polygon" and isinstance(found, list) and found:
        return [found]
    if kind == "MultiPolygon" and isinstance(found, list) and found:
        return found
    raise _bad_geometry(bare)


def _polygon(polygon: Any, bare: Feature) -> tuple[list[Ring], int]:
    if not isinstance(polygon, list) or not polygon:
        raise _bad_geometry(bare)
    rings: list[Ring] = []
    n_cut = 0
    for place, line in enumerate(polygon):
        ring = cleaned(_corners(line, bare))
        if len(ring) < 3:
            if place == 0:
                raise _bad_geometry(bare)
            continue
        whole, n_loops, still = mended(ring)
        if still is not None:
            raise _crossing(bare, still)
        rings.append(turned(whole, is_outer=place == 0))
        n_cut += n_loops
    met = crossing(rings)
    if met is not None:
        raise _crossing(bare, met.at)
    return rings, n_cut


def _corners(line: Any, bare: Feature) -> Iterator[Spot]:
    if not isinstance(line, list):
        raise _bad_geometry(bare)
    for corner in line:
        match corner:
            case [int() | float() as lon, int() | float() as lat, *_]:
                if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
                    raise _outside(bare, lon, lat)
                yield float(lon), float(lat)
            case _:
                raise _bad_geometry(bare)


def _where(feature: Feature) -> tuple[str, str]:
    label = f" “{feature.label}”" if feature.label else ""
    return f"Hình thứ {feature.number}{label}", f"Feature {feature.number}{label}"


def _too_large(size: str) -> BoundaryError:
    return BoundaryError(
        "locations.boundaries_too_large",
        Words(
            f"Tệp quá lớn ({size}): nhiều nhất 24 MB và 600.000 đỉnh. Giản lược hình trong phần "
            "mềm bản đồ, hoặc nộp từng tỉnh.",
            f"The file is too large ({size}): at most 24 MB and 600,000 corners. Simplify it in a "
            "mapping program, or bring one province at a time.",
        ),
        field="file",
    )


def _bad_geometry(feature: Feature) -> BoundaryError:
    vi, en = _where(feature)
    return BoundaryError(
        "locations.boundaries_geometry",
        Words(
            f"{vi} không phải đa giác (Polygon hoặc MultiPolygon có ít nhất ba đỉnh, mỗi đỉnh là "
            "[kinh độ, vĩ độ]). Bỏ điểm, đường và hình rỗng rồi nộp lại.",
            f"{en} is no polygon (a Polygon or MultiPolygon of at least three corners, each "
            "[longitude, latitude]). Take points, lines and empty shapes out and bring it again.",
        ),
        field="file",
    )


def _outside(feature: Feature, lon: float, lat: float) -> BoundaryError:
    vi, en = _where(feature)
    hint_vi, hint_en = "Cần độ WGS 84, kinh độ trước.", "Degrees of WGS 84, longitude first."
    if _WEST <= lat <= _EAST and _SOUTH <= lon <= _NORTH:
        hint_vi, hint_en = "Có lẽ vĩ độ đứng trước kinh độ.", "Latitude seems to stand first."
    elif abs(lon) > 360 or abs(lat) > 360:
        hint_vi = "Có lẽ là mét (VN-2000): chuyển sang độ WGS 84 (EPSG:4326)."
        hint_en = "These seem to be metres (VN-2000): convert to degrees of WGS 84 (EPSG:4326)."
    return BoundaryError(
        "locations.boundaries_outside",
        Words(
            f"{vi} có đỉnh {_short(lon)}, {_short(lat)} ngoài Việt Nam. {hint_vi}",
            f"{en} has the corner {_short(lon)}, {_short(lat)} outside Vietnam. {hint_en}",
        ),
        field="file",
    )


def _short(number: float) -> str:
    """A number of a file as a sentence shows it; JSON knows whole numbers of any length."""
    return f"{number:g}" if not abs(number) > _LONGEST else f"{str(number)[:12]}…"


def _crossing(feature: Feature, spot: Spot) -> BoundaryError:
    vi, en = _where(feature)
    lon, lat = spot
    return BoundaryError(
        "locations.boundaries_crossing",
        Words(
            f"{vi} tự cắt chính nó gần {lon:.5f}, {lat:.5f}. Sửa hình trong phần mềm bản đồ rồi "
            "nộp lại.",
            f"{en} crosses itself near {lon:.5f}, {lat:.5f}. Mend it in a mapping program and "
            "bring it again.",
        ),
        field="file",
    )
