"""Which PostgreSQL the process talks to: DATABASE_URL, or the embedded server's socket."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database(home: Path) -> dict[str, Any]:
    """Django's DATABASES entry for this environment."""
    url = os.environ.get("DATABASE_URL")
    return from_url(url) if url else embedded(home)


def from_url(url: str) -> dict[str, Any]:
    """A postgresql:// URL as Django's entry; host may be a socket directory in the query."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


def embedded(home: Path) -> dict[str, Any]:
    """The socket of the embedded server under the data directory."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "vungxanh",
        "USER": "vungxanh_owner",
        "HOST": str(home / "run"),
        "PORT": "5432",
    }
