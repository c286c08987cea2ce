"""Maps as pages hold them: titles, links, sizes, and bands that everybody tells apart."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest
from django.template import Context, Template

from vungxanh.core.drawings.cells import Sheet
from vungxanh.locations.queries.maps import sheets
from vungxanh.locations.values import Colours, MapSheet, Shade, UnitId, drawn_sheet

TOKENS = Path(__file__).resolve().parents[2] / "frontend" / "styles" / "tokens.css"
LEVEL_STYLE = TOKENS.with_name("unit.css")
LARGEST_BYTES = 60_000
EVERY = [*sheets("vn-2021").values(), *sheets("vn-2025").values()]
COUNTRIES = [one for one in EVERY if one.unit_id.endswith(":vn")]
SHEETS = [one for one in sheets("vn-2025").values() if one.unit_id != "vn-2025:vn"]
every_province = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.unit_id)
Colour = tuple[float, ...]
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopes": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    # The same method for tritan vision, severity 1.0.
    "tritanopes": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "who prints in grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
TELLABLE = 9  # CIE 1976 difference; 2.3 is just noticeable side by side


def drawn(sheet: MapSheet, shades: dict[UnitId, Shade]) -> Sheet:
    colours = Colours(lambda unit: f"/dia-ban/{unit}/?den=2021-05-26", shades)
    return drawn_sheet(sheet, colours, sentence="Sơ đồ", note="")


def svg(sheet: MapSheet, shade: Shade) -> str:
    shades = dict.fromkeys(sheet.unit_ids, shade)
    template = Template("{% load vx %}{% cells_map sheet %}")
    return str(template.render(Context({"sheet": drawn(sheet, shades)})))


@every_province
def test_every_commune_is_one_link_with_a_title_and_a_line_of_the_key(sheet: MapSheet) -> None:
    text = svg(sheet, Shade(Decimal("13.60"), 3))
    wanted = sorted(sheet.unit_ids)
    assert (
        sorted(re.findall(r'<a href="/dia-ban/([^/]+)/[^"]*"><title>[^<]+ 13,60', text)) == wanted
    )
    key = drawn(sheet, {}).key
    assert [line.number for line in key] == list(range(1, len(wanted) + 1))


@every_province
@pytest.mark.parametrize("shade", [Shade(Decimal("13.60"), 3), Shade(None, 0, is_missing=True)])
def test_a_map_of_communes_is_small(sheet: MapSheet, shade: Shade) -> None:
    assert len(svg(sheet, shade).encode()) <= LARGEST_BYTES


def test_a_unit_without_a_figure_is_hatched_and_says_so() -> None:
    text = svg(SHEETS[0], Shade(None, 0, is_missing=True))
    assert 'class="vx-area vx-missing"' in text
    assert "chưa có số</title>" in text


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_neighbouring_bands_are_told_apart_by(eyes: str, theme: int) -> None:
    part = TOKENS.read_text(encoding="utf-8").split('[data-bs-theme="dark"]')[theme]
    bands = [found[1] for found in re.finditer(r"--vx-band[1-5]: #([0-9a-f]{6})", part)]
    seen = [lab(through(linear(band), SEEN_BY[eyes])) for band in bands]
    assert len(seen) == 5
    assert min(apart(one, other) for one, other in pairwise(seen)) >= TELLABLE


@pytest.mark.parametrize("eyes", ["everybody", "protanopes", "deuteranopes", "tritanopes"])
def test_levels_are_told_apart_by(eyes: str) -> None:
    style = LEVEL_STYLE.read_text(encoding="utf-8")
    found = re.findall(r"\.vx-levels \.vx-band-[1-4] { fill: #([0-9a-f]{6})", style)
    seen = [lab(through(linear(level), SEEN_BY[eyes])) for level in found]
    assert len(seen) == 4
    assert min(apart(one, other) for one, other in combinations(seen, 2)) >= TELLABLE


@pytest.mark.parametrize("sheet", EVERY, ids=lambda sheet: sheet.unit_id)
def test_letters_of_frames_touch_no_number(sheet: MapSheet) -> None:
    shown = drawn(sheet, {})
    numbers = [(area.x, area.y, len(str(area.number))) for area in shown.named if area.number]
    letters = [zoom.letter_at for zoom in shown.zooms]
    # Figures are 6.4 px wide and 10 px high; a letter is 10 px wide and high.
    touching = [
        (letter, number)
        for letter, number in product(letters, numbers)
        if abs(letter[1] - number[1]) < 10 and abs(letter[0] - number[0]) < 5 + 3.2 * number[2]
    ]
    assert touching == []


@pytest.mark.parametrize("sheet", COUNTRIES, ids=lambda sheet: sheet.unit_id)
def test_every_province_has_a_number_on_the_map_of_its_country(sheet: MapSheet) -> None:
    shown = drawn(sheet, {})
    assert [line.number for line in shown.key] == list(range(1, len(sheet.shapes) + 1))
    assert len(svg(sheet, Shade(Decimal("13.60"), 3)).encode()) <= LARGEST_BYTES


@pytest.mark.parametrize(("unit", "is_open"), [("vn-2021:vn", True), ("vn-2025:52", False)])
def test_a_long_key_waits_behind_its_heading(unit: UnitId, is_open: bool) -> None:
    sheet = next(one for one in EVERY if one.unit_id == unit)
    text = Template("{% load vx %}{% map_key sheet %}").render(Context({"sheet": drawn(sheet, {})}))
    assert ('<details class="vx-map-key" open>' in text) is is_open
    assert text.count("<a href=") == len(sheet.unit_ids) - 2 * is_open  # two archipelagos


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_bands_go_from_one_end_of_lightness_to_the_other(theme: int) -> None:
    part = TOKENS.read_text(encoding="utf-8").split('[data-bs-theme="dark"]')[theme]
    bands = [found[1] for found in re.finditer(r"--vx-band[1-5]: #([0-9a-f]{6})", part)]
    light = [lab(linear(band))[0] for band in bands]
    assert light == sorted(light, reverse=theme == 0)


def linear(text: str) -> Colour:
    """sRGB as six hexadecimal digits, made linear (IEC 61966-2-1)."""
    parts = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def through(colour: Colour, matrix: Sequence[Sequence[float]]) -> Colour:
    rows = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return tuple(min(1.0, max(0.0, part)) for part in rows)


def lab(colour: Colour) -> Colour:
    """CIE 1976 L*a*b* under D65."""
    weights = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    sums = [sum(a * b for a, b in zip(row, colour, strict=True)) for row in weights]
    x, y, z = (root(part / full) for part, full in zip(sums, white, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def root(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116


def apart(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)
