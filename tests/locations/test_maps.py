"""The schematic maps of both trees: complete, inside their sheets, legible."""

import itertools
import re

import pytest

from tests.factories.outlines import Ring, area, extent, holds, outside, rings
from vungxanh.locations.queries import sheets
from vungxanh.locations.values import (
    COUNTRY,
    MapQuality,
    MapSheet,
    Point,
    Side,
    UnitId,
    unit_id,
    units_2021,
    units_2025,
)

SHEETS = sheets()
TODAY = sheets("vn-2025")
COUNTRY_TODAY = UnitId("vn-2025:vn")
EVERY = {**SHEETS, **TODAY}
UNITS = (*units_2021(), *units_2025())
STEPS = r"l(-?\d+[ -]\d+[ -]?)+"
PATH = re.compile(rf"(M\d+ \d+((L\d+ \d+){{2,}}|{STEPS}|(a\d+ \d+ 0 1 0 -?\d+ 0){{2}})Z)+")
every_sheet = pytest.mark.parametrize("sheet", EVERY.values(), ids=lambda sheet: sheet.unit_id)
every_commune_sheet = pytest.mark.parametrize(
    "sheet",
    [sheet for sheet in TODAY.values() if sheet.unit_id != COUNTRY_TODAY],
    ids=lambda sheet: sheet.unit_id,
)


def sheet_of(code: str) -> MapSheet:
    return SHEETS[unit_id("vn-2021", code)]


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
    children = {unit.id for unit in UNITS if unit.parent_id == sheet.unit_id}
    is_country = sheet.unit_id in {COUNTRY, COUNTRY_TODAY}
    framed = set() if is_country else {inset.unit_id for inset in sheet.insets}
    assert len(drawn) == len(set(drawn))
    assert set(drawn) | framed == children
    assert not set(drawn) & framed


@every_sheet
def test_paths_are_whole_numbers_inside_the_sheet(sheet: MapSheet) -> None:
    zoomed = (shape.d for zoom in sheet.zooms for shape in zoom.shapes)
    named = (shape.d for shape in sheet.shapes if shape.anchor)
    for d in (*named, *zoomed, *(inset.d for inset in sheet.insets)):
        assert PATH.fullmatch(d)
        assert outside(sheet, d) == []


@every_sheet
def test_the_point_of_a_label_lies_inside_its_shape(sheet: MapSheet) -> None:
    astray = [unit for unit, d, at in numbered(sheet) if not holds(d, at)]
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
    (wide, high) = extent([shape.d for shape in districts])
    (wide_whole, high_whole) = extent([whole[0].d])
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
    rough = {key for key, sheet in EVERY.items() if sheet.quality is MapQuality.ROUGH}
    old = {f"vn-2021:{code}" for code in ("12", "22", "48", "87", "92")}
    assert rough == old | {"vn-2025:22"}
    assert all("không phải ranh giới chính thức" in sheet.note.vi for sheet in EVERY.values())
    assert all(("gần đúng" in EVERY[key].note.vi) == (key in rough) for key in EVERY)


def test_the_country_of_today_shows_34_provinces_and_both_archipelagos() -> None:
    sheet = TODAY[COUNTRY_TODAY]
    assert len(sheet.shapes) == 34
    assert [(inset.title, inset.owner) for inset in sheet.insets] == [
        ("Hoàng Sa", "Đà Nẵng"),
        ("Trường Sa", "Khánh Hòa"),
    ]


def test_the_provinces_of_today_cover_what_those_of_2021_did() -> None:
    then = sum(area(shape.d) for shape in SHEETS[COUNTRY].shapes)
    now = sum(area(shape.d) for shape in TODAY[COUNTRY_TODAY].shapes)
    assert now == pytest.approx(then, rel=0.005)


def test_gia_lai_of_today_is_gia_lai_and_binh_dinh() -> None:
    then = {shape.unit_id: area(shape.d) for shape in SHEETS[COUNTRY].shapes}
    now = {shape.unit_id: area(shape.d) for shape in TODAY[COUNTRY_TODAY].shapes}
    joined = then[UnitId("vn-2021:52")] + then[UnitId("vn-2021:64")]
    assert now[UnitId("vn-2025:52")] == pytest.approx(joined, rel=0.01)


@pytest.mark.parametrize("sheet", TODAY.values(), ids=lambda sheet: sheet.unit_id)
def test_numbers_follow_the_alphabet_and_stand_once(sheet: MapSheet) -> None:
    keys = {unit.id: (unit.sort_key, unit.id) for unit in units_2025()}
    listed = [(shape.number, keys[shape.unit_id]) for shape in sheet.shapes]
    listed += [(inset.number, keys[inset.unit_id]) for inset in sheet.insets if inset.number]
    assert [number for number, _ in sorted(listed)] == list(range(1, len(listed) + 1))
    assert [key for _, key in sorted(listed)] == sorted(key for _, key in listed)
    named = sorted(unit for unit, _, _ in numbered(sheet))
    assert named == sorted(shape.unit_id for shape in sheet.shapes)


@pytest.mark.parametrize("sheet", TODAY.values(), ids=lambda sheet: sheet.unit_id)
def test_no_two_numbers_touch(sheet: MapSheet) -> None:
    # Figures are 6.4 px wide and 10 px high at the size that numbers are written in.
    numbers = {shape.unit_id: len(str(shape.number)) for shape in sheet.shapes}
    touching = [
        (one, other)
        for (one, _, here), (other, _, there) in itertools.combinations(numbered(sheet), 2)
        if abs(here.y - there.y) < 10
        and abs(here.x - there.x) < 3.2 * (numbers[one] + numbers[other])
    ]
    assert touching == []


@pytest.mark.slow
@every_commune_sheet
def test_the_cells_of_communes_leave_no_gap_and_do_not_overlap(sheet: MapSheet) -> None:
    cells = [shape.d for shape in sheet.shapes if "a" not in shape.d]
    union = filled(cells)
    total = sum(len(filled([d])) for d in cells)
    assert total == pytest.approx(len(union), rel=0.004)
    assert gaps(union) <= 0.002 * len(union)


@pytest.mark.parametrize(
    "sheet",
    [one for one in TODAY.values() if not one.insets],
    ids=lambda sheet: sheet.unit_id,
)
def test_the_cells_of_communes_are_as_large_as_their_province(sheet: MapSheet) -> None:
    whole = next(s for s in TODAY[COUNTRY_TODAY].shapes if s.unit_id == sheet.unit_id)
    cells = [shape.d for shape in sheet.shapes if "a" not in shape.d]
    (wide, high), (wide_whole, high_whole) = extent(cells), extent([whole.d])
    expected = area(whole.d) * max(wide, high) ** 2 / max(wide_whole, high_whole) ** 2
    assert sum(map(area, cells)) == pytest.approx(expected, rel=0.12)


def test_special_zones_far_from_land_stand_in_insets() -> None:
    framed = {inset.title for sheet in TODAY.values() for inset in sheet.insets}
    assert framed == {
        "Hoàng Sa", "Trường Sa", "Côn Đảo", "Phú Quý", "Bạch Long Vĩ", "Thổ Châu"
    }  # fmt: skip


def test_districts_have_no_map_and_an_unknown_tree_none() -> None:
    assert unit_id("vn-2021", "540") not in SHEETS
    assert sheets("vn-1999") == {}


def numbered(sheet: MapSheet) -> list[tuple[UnitId, str, Point]]:
    """Unit, outline and spot of every label and number, on the sheet or in a zoom."""
    here = [(one.unit_id, one.d, one.anchor) for one in sheet.shapes if one.anchor]
    zoomed = [one for zoom in sheet.zooms for one in zoom.shapes]
    return here + [(one.unit_id, one.d, one.anchor) for one in zoomed if one.anchor]


def filled(outlines: list[str]) -> set[tuple[int, int]]:
    """The whole points of a sheet whose middles, half a unit further, lie in an outline."""
    return {point for d in outlines for ring in rings(d) for point in points_in(ring)}


def points_in(ring: Ring) -> set[tuple[int, int]]:
    lines = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    rows = range(min(y for _, y in ring), max(y for _, y in ring))
    return {(x, row) for row in rows for x in row_of(lines, row + 0.5)}


def row_of(lines: list[tuple[tuple[int, int], tuple[int, int]]], y: float) -> set[int]:
    """What lies between the first and second crossing of a row, the third and fourth, and so on."""
    crossings = sorted(
        x0 + (y - y0) * (x1 - x0) / (y1 - y0)
        for (x0, y0), (x1, y1) in lines
        if (y0 > y) != (y1 > y)
    )
    spans = zip(crossings[::2], crossings[1::2], strict=True)
    return {x for begin, end in spans for x in range(round(begin), round(end))}


def gaps(union: set[tuple[int, int]]) -> int:
    """How many points lie outside and have inside points on all four sides."""
    around = {(x + dx, y) for x, y in union for dx in (-1, 1)} - union
    return sum({(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)} <= union for x, y in around)
