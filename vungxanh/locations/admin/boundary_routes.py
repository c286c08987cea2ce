"""Addresses of imported boundaries; `locations/urls.py` hangs them in."""

from vungxanh.core.access import page
from vungxanh.locations.actions.boundaries import MAY_DRAW
from vungxanh.locations.admin import boundaries

ONE = "ranh-gioi/<uuid:import_id>/"

console_urls = [
    page("ranh-gioi/", boundaries.bring, name="locations-boundaries_bring", needs=MAY_DRAW),
    page(ONE, boundaries.preview, name="locations-boundaries", needs=MAY_DRAW),
    page(f"{ONE}nhan/", boundaries.accept, name="locations-boundaries_accept", needs=MAY_DRAW),
    page(f"{ONE}bo/", boundaries.drop, name="locations-boundaries_drop", needs=MAY_DRAW),
    page(f"{ONE}hoan-tac/", boundaries.undo, name="locations-boundaries_undo", needs=MAY_DRAW),
]
