"""The peer of declarations as a server loads it, without the product's middleware."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from bench.intake_peer_serving import BY_THREAD


def wsgi() -> WSGIHandler:
    """For a server with threads, which keep their connections."""
    settings.DATABASES["default"] |= BY_THREAD
    django.setup()
    settings.ROOT_URLCONF = "bench.declare_peer"
    settings.MIDDLEWARE = []
    return WSGIHandler()
