"""Addresses of the locations room."""

from vungxanh.core.access import OPEN, page
from vungxanh.locations import views
from vungxanh.locations.admin import boundary_routes, level_routes, routes
from vungxanh.locations.api import router

public_urls = [
    page("tim/", views.search, name="locations-search", needs=OPEN),
    page("don-vi/<str:unit_id>/", views.unit, name="locations-unit", needs=OPEN),
]
public_urls += [*routes.public_urls, *level_routes.public_urls]
console_urls = [
    *routes.console_urls,
    *level_routes.console_urls,
    *boundary_routes.console_urls,
]
api_urls = [("", router)]
