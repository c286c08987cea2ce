"""Connections of the event loop to the database that Django is set to, in the same role."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.db import connections
from psycopg import AsyncConnection

from vungxanh.core.packed_arrays import register

# What Django gives to its own connections alone.
_OF_DJANGO = {"context", "cursor_factory", "prepare_threshold"}
_CONNECT_SECONDS = 3


def connector(name: str) -> "Callable[[], Awaitable[AsyncConnection[Any]]]":
    """Opens connections that commit each statement by itself, and durably.

    `name` is what the server's list of connections shows.
    """
    said = connections["default"].get_connection_params()
    given = {key: value for key, value in said.items() if key not in _OF_DJANGO}

    async def connect() -> "AsyncConnection[Any]":
        connection = await AsyncConnection.connect(
            **given | {"application_name": name, "connect_timeout": _CONNECT_SECONDS},
            autocommit=True,
            prepare_threshold=0,
        )
        register(connection.adapters)
        await connection.execute("SET synchronous_commit = on")
        return connection

    return connect
