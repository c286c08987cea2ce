"""The peers of intake as servers load them, each without the product's middleware.

Connections to the database are kept: by each thread, or in a pool where Django's own ORM calls come
from threads that are new for every request.
"""

from typing import Any, Final

import django
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler

BY_THREAD: Final[dict[str, Any]] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
POOL: Final = {"min_size": 4, "max_size": 32, "timeout": 30}
POOLED: Final[dict[str, Any]] = {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": POOL}}


def wsgi() -> WSGIHandler:
    """For a server with threads."""
    _prepare(BY_THREAD)
    return WSGIHandler()


def asgi() -> ASGIHandler:
    """For a server with an event loop."""
    _prepare(POOLED)
    return ASGIHandler()


def _prepare(connections: dict[str, Any]) -> None:
    settings.DATABASES["default"] |= connections
    django.setup()
    settings.ROOT_URLCONF = "bench.intake_peers"
    settings.MIDDLEWARE = []  # after the start: what is installed looks for its own there
