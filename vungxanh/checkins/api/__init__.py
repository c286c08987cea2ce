"""Calls about control points."""

from ninja import Router

from vungxanh.checkins.api import points, revoked

api_urls: list[tuple[str, Router]] = [("/points", points.router), ("/points", revoked.router)]
