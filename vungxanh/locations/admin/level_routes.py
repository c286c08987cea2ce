"""Addresses of area levels; `locations/urls.py` hangs them in."""

from vungxanh.core.access import OPEN, page
from vungxanh.locations.admin import area_levels
from vungxanh.locations.values.area_levels import MAY_SET

ONE = "don-vi/<str:unit_id>/cap-do/"

public_urls = [
    page(
        "don-vi/<str:unit_id>/cap-do-cac-xa/",
        area_levels.area_levels,
        name="locations-area_levels",
        needs=OPEN,
    ),
    page(ONE, area_levels.area_level, name="locations-area_level", needs=OPEN),
]

console_urls = [
    page(
        f"{ONE}<uuid:level_id>/rut/",
        area_levels.withdraw,
        name="locations-area_level_withdraw",
        needs=MAY_SET,
    ),
]
