"""Calls about control points, and about one's own visits."""

from ninja import Router

from vungxanh.checkins.api import doors, keeper, keeper_open, own_visits, points, revoked

api_urls: list[tuple[str, Router]] = [
    ("/points", points.router),
    ("/points", revoked.router),
    ("/points", doors.router),
    ("/devices/me/visits", own_visits.router),
    ("/keeper", keeper.router),
    ("/keeper", keeper_open.router),
]
