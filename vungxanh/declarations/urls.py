"""Addresses of the room and what each needs, listed beside their pages."""

from types import ModuleType

from django.urls import URLPattern

from vungxanh.declarations import api
from vungxanh.declarations.views import (
    card_routes,
    care_routes,
    citizen_routes,
    figures_routes,
    form_versions_routes,
    paper_routes,
    ruling_routes,
)

# A module for each piece: `views/care_routes.py` lists `public_urls` and `console_urls`.
_ROUTES: tuple[ModuleType, ...] = (
    card_routes,
    ruling_routes,
    care_routes,
    figures_routes,
    form_versions_routes,
    paper_routes,
    citizen_routes,
)
public_urls: list[URLPattern] = [one for routes in _ROUTES for one in routes.public_urls]
console_urls: list[URLPattern] = [one for routes in _ROUTES for one in routes.console_urls]
api_urls = api.api_urls
