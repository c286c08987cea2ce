"""The schematic maps: complete, inside their sheets, legible."""

import itertools
import re
from collections.abc import Iterator

import pytest

from vungxanh.locations.queries import sheets
from vungxanh.locations.values import (
    COUNTRY,
    MapQuality,
    MapShape,
    MapSheet,
    Point,
    Side,
    unit_id,
    units_2021,
)

SHEETS = sheets()
PATH = re.compile(r"(M\d+ \d+((L\d+ \d+){2,}|(a\d+ \d+ 0 1 0 -?\d+ 0){2})Z)+")
Ring = list[tuple[int, int]]
every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.unit_id)


def sheet_of(code: str) -> MapSheet:
    return SHEETS[unit_id("vn-2021", code)]


def rings(d: str) -> Iterator[Ring]:
    """The corners of each closed line; a disc as the square around it."""
    for line in d.rstrip("Z").split("Z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        if "a" in line:
            x, y, radius = numbers[:3]
            wide = 2 * radius
            yield [
                (x, y - radius),
                (x + wide, y - radius),
                (x + wide, y + radius),
                (x, y + radius),
            ]
        else:
            yield list(zip(numbers[::2], numbers[1::2], strict=True))


def area(d: str) -> float:
    """Holes run the other way round and count against."""
    return abs(sum(signed(ring) for ring in rings(d)))


def signed(ring: Ring) -> float:
    following = [*ring[1:], ring[0]]
    pairs = zip(ring, following, strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def holds(d: str, point: Point) -> bool:
    """Whether a line from the point to the right crosses the outline an odd number of times."""
    crossings = 0
    for ring in rings(d):
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y0 > point.y) != (y1 > point.y):
                crossings += x0 + (point.y - y0) * (x1 - x0) / (y1 - y0) > point.x
    return crossings % 2 == 1


def outside(sheet: MapSheet, d: str) -> list[tuple[int, int]]:
    corners = [corner for ring in rings(d) for corner in ring]
    return [(x, y) for x, y in corners if not (0 <= x <= sheet.width and 0 <= y <= sheet.height)]


def extent(shapes: tuple[MapShape, ...]) -> tuple[int, int]:
    corners = [corner for shape in shapes for ring in rings(shape.d) for corner in ring]
    xs, ys = zip(*corners, strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def test_the_country_shows_63_provinces_and_both_archipelagos() -> None:
    sheet = SHEETS[COUNTRY]
    assert len(sheet.shapes) == 63
    assert [(inset.title, inset.owner) for inset in sheet.insets] == [
        ("Hoàng Sa", "Đà Nẵng"),
        ("Trường Sa", "Khánh Hòa"),
    ]


@every_sheet
def test_every_child_is_drawn_once(sheet: MapSheet) -> None:
    drawn = sorted(shape.unit_id for shape in sheet.shapes)
    children = {unit.id for unit in units_2021() if unit.parent_id == sheet.unit_id}
    framed = {inset.unit_id for inset in sheet.insets} if sheet.unit_id != COUNTRY else set()
    assert len(drawn) == len(set(drawn))
    assert set(drawn) | framed == children
    assert not set(drawn) & framed


@every_sheet
def test_paths_are_whole_numbers_inside_the_sheet(sheet: MapSheet) -> None:
    for d in (*(shape.d for shape in sheet.shapes), *(inset.d for inset in sheet.insets)):
        assert PATH.fullmatch(d)
        assert outside(sheet, d) == []


@every_sheet
def test_the_point_of_a_label_lies_inside_its_shape(sheet: MapSheet) -> None:
    astray = [shape.name for shape in sheet.shapes if not holds(shape.d, shape.anchor)]
    assert astray == []


@every_sheet
def test_islands_lie_inside_the_frame_of_their_inset(sheet: MapSheet) -> None:
    for inset in sheet.insets:
        for x, y in (corner for ring in rings(inset.d) for corner in ring):
            assert inset.corner.x <= x <= inset.corner.x + inset.width <= sheet.width
            assert inset.corner.y <= y <= inset.corner.y + inset.height <= sheet.height


@every_sheet
@pytest.mark.parametrize("side", Side)
def test_labels_of_a_side_do_not_touch_and_fit_the_sheet(sheet: MapSheet, side: Side) -> None:
    mine = [shape for shape in sheet.shapes if shape.label and shape.label.side is side]
    labels = [(shape.label.at, shape.name) for shape in mine if shape.label]
    heights = sorted(at.y for at, _ in labels)
    assert all(lower - upper >= 30 for upper, lower in itertools.pairwise(heights))
    assert all(12 <= y <= sheet.height - 18 for y in heights)
    room = [at.x if side is Side.LEFT else sheet.width - at.x for at, _ in labels]
    assert all(wide >= 7 * len(name) for wide, (_, name) in zip(room, labels, strict=True))


@every_sheet
def test_labels_stand_beside_the_map_and_their_lines_begin_in_the_shape(sheet: MapSheet) -> None:
    for shape in sheet.shapes:
        if shape.label:
            assert shape.label.lead[0] == shape.anchor
            assert abs(shape.label.lead[-1].x - shape.label.at.x) == 4


@pytest.mark.parametrize("code", ["52", "24", "70", "54", "38", "64"])
def test_the_districts_fill_their_province(code: str) -> None:
    districts = sheet_of(code).shapes
    whole = tuple(s for s in SHEETS[COUNTRY].shapes if s.unit_id == f"vn-2021:{code}")
    (wide, high), (wide_whole, high_whole) = extent(districts), extent(whole)
    expected = area(whole[0].d) * (wide / wide_whole) * (high / high_whole)
    assert sum(area(shape.d) for shape in districts) == pytest.approx(expected, rel=0.1)


def test_quy_nhon_takes_its_share_of_binh_dinh() -> None:
    # 286 of 6,066 km² by the province's own figures; the cells are schematic.
    shapes = {shape.name: area(shape.d) for shape in sheet_of("52").shapes}
    assert shapes["Quy Nhơn"] / sum(shapes.values()) == pytest.approx(286 / 6066, rel=0.15)
    assert len(shapes) == 11


def test_namesakes_of_one_province_are_told_apart() -> None:
    names = [shape.name for shape in sheet_of("87").shapes]
    assert {"TP. Cao Lãnh", "H. Cao Lãnh"} < set(names)
    assert len(names) == len(set(names))


def test_rough_sheets_say_so_and_no_sheet_claims_official_boundaries() -> None:
    rough = {key for key, sheet in SHEETS.items() if sheet.quality is MapQuality.ROUGH}
    assert rough == {f"vn-2021:{code}" for code in ("12", "22", "48", "87", "92")}
    assert all("không phải ranh giới chính thức" in sheet.note.vi for sheet in SHEETS.values())
    assert all(("gần đúng" in SHEETS[key].note.vi) == (key in rough) for key in SHEETS)
