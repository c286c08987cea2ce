"""Addresses of the room and what each needs, listed beside their pages."""

from vungxanh.checkins import api
from vungxanh.checkins.views import (
    citizen_routes,
    desk_routes,
    door_routes,
    keep_routes,
    poster_routes,
    premises_routes,
    scanning_routes,
)

_ROUTES = (
    citizen_routes,
    poster_routes,
    premises_routes,
    door_routes,
    keep_routes,
    scanning_routes,
    desk_routes,
)
public_urls = [one for routes in _ROUTES for one in routes.public_urls]
console_urls = [one for routes in _ROUTES for one in routes.console_urls]
api_urls = api.api_urls
