"""Which PostgreSQL the process talks to, and in which of the five roles.

Embedded: it logs in as its role over the socket; the server maps our system user to the roles.
DATABASE_URL: it logs in as the URL's user, who migrates and so owns the tables; every other
process of that user takes its role as the connection opens. See docs/adr/0008.
"""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from vungxanh.config.variables import secret
from vungxanh.core.postgres import DATABASE, PORT, socket_directory
from vungxanh.refusals import RefusalError, Words

ROLE = "VUNGXANH_ROLE"
URL = "DATABASE_URL"
PASSWORD = "VUNGXANH_DATABASE_PASSWORD"  # noqa: S105 (the name of a variable)
KEEP_SECONDS = 600


class Role(StrEnum):
    """What a process may do in the database."""

    OWNER = "owner"
    WEB = "web"
    INTAKE = "intake"
    WORKER = "worker"
    AUDITOR = "auditor"


class DatabaseUrlError(RefusalError):
    """DATABASE_URL is no address of a PostgreSQL database."""

    def __init__(self) -> None:
        words = Words(
            vi="DATABASE_URL chưa đúng dạng postgresql://người-dùng:mật-khẩu@máy:5432/tên. "
            "Trong mật khẩu, viết / : @ [ ] thành %2F %3A %40 %5B %5D.",
            en="DATABASE_URL does not have the form postgresql://user:password@host:5432/name. "
            "In the password write / : @ [ ] as %2F %3A %40 %5B %5D.",
        )
        super().__init__("config.database_url", words)


def is_embedded(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the installation runs its own PostgreSQL."""
    return not environment.get(URL)


def database(home: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Django's DATABASES entry for this environment."""
    role = Role(environment.get(ROLE) or Role.OWNER)
    entry = embedded(home, role) if is_embedded(environment) else _given(environment, role)
    return entry | {"CONN_MAX_AGE": KEEP_SECONDS, "CONN_HEALTH_CHECKS": True}


def _given(environment: Mapping[str, str], role: Role) -> dict[str, Any]:
    """The URL's database; a password of its own variable or file stands before the URL's."""
    entry = from_url(environment[URL], role)
    password = secret(PASSWORD, environment)
    return entry | {"PASSWORD": password} if password else entry


def embedded(home: Path, role: Role) -> dict[str, Any]:
    """The socket of the embedded server of this data directory."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": f"vungxanh_{role}",
        "HOST": str(socket_directory(home)),
        "PORT": str(PORT),
    }


def from_url(url: str, role: Role) -> dict[str, Any]:
    """A postgresql:// URL as Django's entry; what its query says goes to libpq."""
    parts, port = _parted(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise DatabaseUrlError
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    if role is not Role.OWNER:
        query["options"] = f"{query.get('options', '')} -c role=vungxanh_{role}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": query.pop("port", str(port or "")),
        "OPTIONS": query,
    }


def _parted(url: str) -> tuple[SplitResult, int | None]:
    """The parts and the port; what Python says of a bad address quotes it, password and all."""
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise DatabaseUrlError from None
