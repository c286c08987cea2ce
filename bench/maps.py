"""Maps of communes as the page holds them: bytes of the SVG and time of the server.

Every province of today's tree with invented shares, drawn through the page's own template from the
vendored sheets; reported are the largest drawing and the slowest. There is no peer: no other way of
drawing these sheets with links, titles and numbers is installed.
"""

import os
import time
from decimal import Decimal

import django

from bench.harness import Row

LIMIT_KB, LIMIT_MS = 60, 100


def run(full: bool) -> list[Row]:
    """The largest SVG in kB and the slowest drawing in ms, the best of five (two) runs each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    repeat = 5 if full else 2
    measured = {code: _measured(code, repeat) for code in _provinces()}
    largest = max(measured, key=lambda code: measured[code][0])
    slowest = max(measured, key=lambda code: measured[code][1])
    first = _first_read()
    return [
        _row("largest commune map", measured[largest][0], LIMIT_KB, "kB", largest),
        _row("slowest commune map", measured[slowest][1], LIMIT_MS, "ms", slowest),
        _row("reading a tree's maps, once a process", first, LIMIT_MS, "ms", "vn-2025"),
    ]


def _row(name: str, ours: float, limit: float, unit: str, note: str) -> Row:
    return Row(name, ours, None, None, limit, unit, note)


def _provinces() -> list[str]:
    from vungxanh.locations.queries.maps import sheets

    return [unit_id for unit_id in sheets("vn-2025") if not unit_id.endswith(":vn")]


def _measured(unit_id: str, repeat: int) -> tuple[float, float]:
    """Kilobytes and milliseconds of one province's map."""
    taken, drawn = [], ""
    for _ in range(repeat):
        began = time.perf_counter()
        drawn = _drawn(unit_id)
        taken.append((time.perf_counter() - began) * 1000)
    return len(drawn.encode()) / 1000, min(taken)


def _drawn(unit_id: str) -> str:
    from django.template import Context, Template

    from vungxanh.core.drawings.cells import band_of, bands_between
    from vungxanh.locations.queries.maps import sheets
    from vungxanh.locations.values import Colours, Shade, UnitId, drawn_sheet

    sheet = sheets("vn-2025")[UnitId(unit_id)]
    shares = {unit: Decimal(place % 40) for place, unit in enumerate(sheet.unit_ids)}
    bands = bands_between(tuple(map(Decimal, (9, 10, 11, 19))), tuple(shares.values()))
    shades = {unit: Shade(share, band_of(share, bands)) for unit, share in shares.items()}
    colours = Colours(lambda unit: f"/dia-ban/{unit}/?den=2021-05-26", shades)
    drawn = drawn_sheet(sheet, colours, sentence="Sơ đồ", note="")
    template = Template("{% load vx %}{% cells_map sheet %}")
    return str(template.render(Context({"sheet": drawn})))


def _first_read() -> float:
    from vungxanh.locations.queries.maps import sheets

    sheets.cache_clear()
    began = time.perf_counter()
    sheets("vn-2025")
    return (time.perf_counter() - began) * 1000
