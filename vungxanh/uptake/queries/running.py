"""Statements of `sql`, run as they stand."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rows_of(text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


@lru_cache(maxsize=4096)
def instant(microseconds: int) -> datetime:
    """The moment of microseconds since 1970; many rows share few of them."""
    return _EPOCH + timedelta(microseconds=microseconds)
