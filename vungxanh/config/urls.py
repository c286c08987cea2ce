"""Every URL of the installation, room by room.

A room's `urls.py` lists `public_urls` and `console_urls` (patterns made by `core.access.page`, with
their whole path) and `api_urls` (pairs of a prefix under /api/v1 and a django-ninja router).
"""

from typing import cast

from django.urls import URLPattern, URLResolver, path

from vungxanh.config import health
from vungxanh.config.api import api, openapi_document
from vungxanh.config.processing.urls import console_urls as processing_urls
from vungxanh.config.rooms import listed
from vungxanh.core.access import OPEN, page

Pattern = URLPattern | URLResolver

urlpatterns: list[Pattern] = [
    page("healthz", health.healthz, name="healthz", needs=OPEN),
    page("readyz", health.readyz, name="readyz", needs=OPEN),
    page("metrics", health.metrics, name="metrics", needs=OPEN),
    page("ca.crt", health.own_authority, name="ca", needs=OPEN),
    page("api/v1/openapi.json", openapi_document, name="openapi", needs=OPEN),
    path("api/v1/", api.urls),
    *cast(list[Pattern], listed("urls", "public_urls")),
    *cast(list[Pattern], listed("urls", "console_urls")),
    *processing_urls,
]

handler400 = "vungxanh.config.answers.bad_request"
handler403 = "vungxanh.config.answers.forbidden"
handler404 = "vungxanh.config.answers.missing"
handler500 = "vungxanh.config.answers.broken"
