"""Calls about control points, and about one's own visits."""

from ninja import Router

from vungxanh.checkins.api import doors, points, revoked

api_urls: list[tuple[str, Router]] = [
    ("/points", points.router),
    ("/points", revoked.router),
    ("/points", doors.router),
]
