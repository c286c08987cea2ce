"""Addresses of the room and what each needs, listed beside their pages."""

from types import ModuleType

from django.urls import URLPattern
from ninja import Router

# A module for each piece: `views/care_routes.py` lists `public_urls` and `console_urls`.
_ROUTES: tuple[ModuleType, ...] = ()
public_urls: list[URLPattern] = [one for routes in _ROUTES for one in routes.public_urls]
console_urls: list[URLPattern] = [one for routes in _ROUTES for one in routes.console_urls]
api_urls: list[tuple[str, Router]] = []
